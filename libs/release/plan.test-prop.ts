import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FORMATS, PURPOSES } from '#libs/catalogue';
import type { PlainDate } from '#libs/kernel';
import { aWorld, RUNS, type World, ZONES } from '../../test/support/release-arbitraries.js';
import { day, NOW, OTHER_CLIENT, OTHER_INSURER } from '../../test/support/release-fixtures.js';
import { type Authority, decide, type DisclosureRequest, type Ruleset } from './index.js';

const DAY = 86_400_000;

/** Where papers of these worlds begin and end, and the instants beside. */
const anInstant = fc
  .tuple(
    fc.constantFrom(NOW, NOW - 5_000, NOW + 5_000, NOW - 12 * 3_600_000, Date.parse('2027-01-01T00:00:00Z')),
    fc.constantFrom(-200 * DAY, -DAY, -1, 0, 0, 1, DAY, 200 * DAY),
  )
  .map(([at, aside]) => at + aside);

const aDate: fc.Arbitrary<PlainDate> = fc.constantFrom(
  ...[
    '2025-12-19',
    '2025-12-20',
    '2025-12-21',
    '2026-03-02',
    '2026-05-04',
    '2026-05-05',
    '2026-05-11',
    '2026-06-14',
  ].map(day),
);

/** Everything that a request can say about itself, one thing at a time. */
const aChange: fc.Arbitrary<Partial<DisclosureRequest>> = fc.oneof(
  fc.record({ now: anInstant }),
  fc.tuple(aDate, aDate, aDate).map(([one, two, three]) => ({
    serviceDates: new Map([
      ['L1', one],
      ['L2', two],
      ['L3', three],
    ]),
  })),
  fc.array(aDate, { maxLength: 2 }).map((aboutDates) => ({ aboutDates })),
  fc.constantFrom(...FORMATS).map((format) => ({ format })),
  fc.constantFrom(...PURPOSES).map((purpose) => ({ purpose })),
  fc.constantFrom(...ZONES).map((timeZone) => ({ timeZone })),
  fc.constantFrom<Partial<DisclosureRequest>>(
    { client: OTHER_CLIENT },
    { recipient: { id: OTHER_INSURER, class: 'insurer' } },
    { recipient: { id: OTHER_INSURER, class: 'physician' } },
    { clinicians: [{ jurisdiction: 'US-DC', profession: 'counselor' }] },
    {
      clinicians: [
        { jurisdiction: 'US-NJ', profession: 'psychologist' },
        { jurisdiction: 'unknown', profession: 'unknown' },
      ],
    },
    { funding: 'self-insured', fundingEvidence: true },
    { funding: 'self-insured', fundingEvidence: false },
    { part2Program: true },
    { excludedLines: ['L2'] },
    { useMarkers: true },
    { form: { id: 'other', version: '1', markers: true, fields: [{ field: 'risk.suicide', usage: 'required' }] } },
  ),
);

/** The same papers and rules as new objects, about which nothing can be known. */
const unread = (world: World): { readonly authority: Authority; readonly ruleset: Ruleset } => ({
  authority: structuredClone(world.authority),
  ruleset: {
    ...world.ruleset,
    ceilings: structuredClone(world.ruleset.ceilings),
    choices: structuredClone(world.ruleset.choices),
  },
});

describe('what is remembered about papers and rules', () => {
  it('never shows: after any other questions, a decision is what it is on papers read for the first time', () => {
    fc.assert(
      fc.property(
        aWorld(),
        fc.array(fc.array(aChange, { maxLength: 3 }), { minLength: 2, maxLength: 12 }),
        (world, series) => {
          for (const changes of series) {
            const asked = changes.reduce<DisclosureRequest>(
              (request, change) => ({ ...request, ...change }),
              world.request,
            );
            const fresh = unread(world);
            expect(JSON.stringify(decide(asked, world.authority, world.ruleset))).toBe(
              JSON.stringify(decide(asked, fresh.authority, fresh.ruleset)),
            );
          }
        },
      ),
      { numRuns: Math.ceil(RUNS / 5) },
    );
  });

  it('until the moment that a decision names, it stays what it is', () => {
    fc.assert(
      fc.property(aWorld(), fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), (world, share) => {
        const { request, authority, ruleset } = world;
        const decision = decide(request, authority, ruleset);
        if (decision.releases.length === 0) return;
        expect(decision.validUntil).toBeGreaterThan(request.now);
        const span = Math.min(decision.validUntil, request.now + 2_000 * DAY) - request.now;
        for (const now of [request.now + Math.floor(share * span), request.now + span - 1])
          expect(decide({ ...request, now }, structuredClone(authority), ruleset)).toEqual(decision);
      }),
      { numRuns: RUNS },
    );
  });

  it('offers in any order get the same rulings', () => {
    fc.assert(
      fc.property(aWorld(), fc.infiniteStream(fc.nat()), (world, numbers) => {
        const { request } = world;
        const order = new Map(request.offers.map((offer) => [offer, numbers.next().value ?? 0]));
        const offers = [...request.offers].sort((one, other) => (order.get(one) ?? 0) - (order.get(other) ?? 0));
        const sorted = (asked: DisclosureRequest): readonly string[] =>
          decide(asked, world.authority, world.ruleset)
            .rulings.map((ruling) => JSON.stringify(ruling))
            .sort();
        expect(sorted({ ...request, offers })).toEqual(sorted(request));
      }),
      { numRuns: Math.ceil(RUNS / 5) },
    );
  });
});
