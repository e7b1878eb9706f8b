import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FieldBag, type FieldId, fieldOf, generalisationsOf, type Locus, locusKey } from '#libs/catalogue';
import { decide, effectiveFormat } from '#libs/release';
import { aValue, aWorld, RUNS, type World } from '../../test/support/release-arbitraries.js';
import { type Disclosed, project } from './index.js';

const SALT = new Uint8Array(32).fill(7);

const disclose = (world: World, bag: FieldBag): Disclosed<World['request']['format']> | undefined => {
  const { request } = world;
  const made = project(bag, decide(request, world.authority, world.ruleset), {
    format: request.format,
    formatRevision: effectiveFormat(request.format, request.form).revision,
    salt: SALT,
    ...(request.aboutDates[0] ? { about: request.aboutDates[0] } : {}),
  });
  return made.ok ? made.value : undefined;
};

const contents = (disclosed: Disclosed<World['request']['format']>): string =>
  JSON.stringify(disclosed.fields.map((field) => [locusKey(field.locus), field.form, field.value]).sort());

/** Loci whose value no ruling sends, not even in a lesser form or as the sibling or base of something that goes. */
const withheld = (world: World): readonly Locus[] => {
  const { rulings } = decide(world.request, world.authority, world.ruleset);
  const used = new Set<string>();
  for (const ruling of rulings) {
    if (ruling.effect === 'withhold') continue;
    used.add(locusKey(ruling.locus));
    if (ruling.form) used.add(locusKey({ ...ruling.locus, field: ruling.form }));
    const { aggregate } = fieldOf(ruling.locus.field);
    if (aggregate)
      for (const line of ruling.over ?? []) used.add(locusKey({ field: aggregate.of as FieldId, occurrence: line }));
  }
  return [...world.bag.entries()].map(({ locus }) => locus).filter((locus) => !used.has(locusKey(locus)));
};

describe('laws of the house', () => {
  it('law 1: what is not decided to be sent cannot be projected', () => {
    fc.assert(
      fc.property(aWorld(), (world) => {
        const { outcome } = decide(world.request, world.authority, world.ruleset);
        expect(disclose(world, world.bag) !== undefined).toBe(outcome === 'send');
      }),
      { numRuns: RUNS },
    );
  });

  it('law 2, containment: every value comes from a locus that the decision sends, in the form in which it sends it', () => {
    fc.assert(
      fc.property(aWorld(), (world) => {
        const disclosed = disclose(world, world.bag);
        if (disclosed === undefined) return;
        const { rulings } = decide(world.request, world.authority, world.ruleset);
        for (const field of disclosed.fields) {
          const allowed = rulings.filter(
            (one) =>
              one.effect !== 'withhold' &&
              one.locus.field === field.locus.field &&
              (one.form ?? one.locus.field) === field.form,
          );
          expect(allowed.length).toBeGreaterThan(0);
          const sources = allowed.map((one) => world.bag.get(one.locus)).filter((value) => value !== undefined);
          const aggregate = fieldOf(field.locus.field).aggregate !== undefined;
          if (field.form === field.locus.field && !aggregate && field.locus.field !== 'diagnosis.pointer') {
            expect(sources.map((value) => JSON.stringify(value))).toContain(JSON.stringify(field.value));
          }
          if (field.form !== field.locus.field) expect(generalisationsOf(field.locus.field)).toContain(field.form);
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('law 3, non-interference: changing or removing what is withheld changes nothing that goes, nor its digest', () => {
    fc.assert(
      fc.property(aWorld(), fc.infiniteStream(fc.nat()), fc.gen(), (world, numbers, gen) => {
        const before = disclose(world, world.bag);
        if (before === undefined) return;
        const staying = new Set(withheld(world).map(locusKey));
        const changed = new FieldBag();
        for (const { locus, value } of world.bag.entries()) {
          if (!staying.has(locusKey(locus))) changed.set(locus, value);
          else if ((numbers.next().value ?? 0) % 3 !== 0) changed.set(locus, gen(aValue, locus.field));
        }
        // The same rulings: what a changed code reveals would be another decision, and another property.
        const after = project(changed, decide(world.request, world.authority, world.ruleset), {
          format: world.request.format,
          formatRevision: effectiveFormat(world.request.format, world.request.form).revision,
          salt: SALT,
          ...(world.request.aboutDates[0] ? { about: world.request.aboutDates[0] } : {}),
        });
        expect(after.ok && contents(after.value)).toBe(contents(before));
        expect(after.ok && after.value.contentDigest).toBe(before.contentDigest);
      }),
      { numRuns: RUNS },
    );
  });

  it('lines and diagnoses are numbered without holes, and totals are of what goes', () => {
    fc.assert(
      fc.property(aWorld(true), (world) => {
        const disclosed = disclose(world, world.bag);
        if (disclosed === undefined) return;
        expect(disclosed.lines).toEqual(disclosed.lines.map((_line, index) => `L${index + 1}`));
        expect(disclosed.diagnoses).toEqual(disclosed.diagnoses.map((_one, index) => `D${index + 1}`));
        const total = disclosed.get('fee.total')?.value;
        const charges = disclosed.lines.map((line) => disclosed.get('fee.charge', line)?.value);
        if (total !== undefined && charges.every((charge) => typeof charge === 'number')) {
          expect(total).toBe(charges.reduce((sum, charge) => sum + charge, 0));
        }
      }),
      { numRuns: RUNS },
    );
  });
});
