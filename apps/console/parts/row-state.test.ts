import { describe, expect, it } from 'vitest';
import type { DisclosureRow } from '#libs/contracts';
import { type Gap, onlyDifferences, placesOfReason, type Reason, sectionsOf, type Shown } from './row-state.js';

const reason = (code: string, source = 'format:x12-837p'): Reason => ({
  code,
  sentence: 'Because.',
  source,
  revision: '3',
});

const row = (field: string, effect: DisclosureRow['effect'], code: string, occurrence?: string): DisclosureRow => ({
  locus: { field, ...(occurrence === undefined ? {} : { occurrence }) } as DisclosureRow['locus'],
  label: field,
  category: 'fees',
  effect,
  marker: false,
  reasons: [reason(code)],
});

const gap = (field: string, cause: string, occurrences?: string[]): Gap => ({
  locus: { field } as NonNullable<Gap['locus']>,
  ...(occurrences === undefined ? {} : { occurrences }),
  ...{ label: field, code: `transport_requires:${field}`, cause, curer: 'client' as const, sentence: 'It is needed.' },
  ...{ reasons: [], choices: [] },
});

const shown = (rows: DisclosureRow[], gaps: Gap[] = []): Shown => ({
  ...{ format: 'x12-837p', purpose: 'HPAYMT', insurer: { id: 'i', name: 'Harbor' }, outcome: 'hold', rows, gaps },
  counts: { goes: 0, changed: 0, withheld: 0, missing: 0, gaps: gaps.length },
  ...{ enclosures: [], releases: [], rulesetDigest: 'd', nextStep: 'Wait.', choices: [], warnings: [] },
});

const statesOf = (view: Shown): Record<string, string> => {
  const entries = sectionsOf(view).flatMap((section) => section.entries);
  const states = Object.fromEntries(entries.map(({ key, state }) => [key, state]));
  // Each place stands there once.
  expect(Object.keys(states)).toHaveLength(entries.length);
  return states;
};

describe('the state of a row', () => {
  it.each([
    ['field_not_granted', 'not-in-release'],
    ['expired', 'not-in-release'],
    ['service_date_out_of_scope', 'not-in-release'],
    ['ceiling:us-nj-45-14b-32', 'law'],
    ['value_shape:us-nj-45-14b-32', 'law'],
    ['special_category:substanceUse', 'law'],
    ['never_by_release', 'law'],
    ['restricted_522', 'restricted'],
    ['clinician_limit', 'restricted'],
    ['not_asked', 'not-needed'],
    ['not_needed', 'not-needed'],
    ['not_writable', 'not-writable'],
  ])('withheld for %s is %s', (code, state) => {
    expect(statesOf(shown([row('a.b', 'withheld', code)]))).toEqual({ 'a.b@': state });
  });

  it('is what it says of what goes and what is changed', () => {
    expect(statesOf(shown([row('a.b', 'goes', 'granted'), row('a.c', 'changed', 'granted')]))).toEqual({
      'a.b@': 'goes',
      'a.c@': 'changed',
    });
  });

  it('is blocked where the format requires what is withheld, at every line of the gap', () => {
    const rows = [row('a.b', 'withheld', 'field_not_granted', 'L1'), row('a.b', 'withheld', 'field_not_granted', 'L2')];
    expect(statesOf(shown(rows, [gap('a.b', 'field_not_granted', ['L1', 'L2'])]))).toEqual({
      'a.b@L1': 'blocked',
      'a.b@L2': 'blocked',
    });
  });

  it('shows what the chart lacks, of which there is no ruling', () => {
    const view = shown([row('a.b', 'goes', 'granted')], [gap('a.c', 'missing')]);
    expect(statesOf(view)).toEqual({ 'a.b@': 'goes', 'a.c@': 'missing' });
  });
});

describe('only differences', () => {
  it('leaves out what goes as it is, and sections of which nothing is left', () => {
    const other = { ...row('c.d', 'goes', 'granted'), category: 'session' };
    const sections = sectionsOf(shown([row('a.b', 'goes', 'granted'), row('a.c', 'changed', 'granted'), other]));
    expect(onlyDifferences(sections).map(({ name, entries }) => [name, entries.length])).toEqual([['fees', 1]]);
  });
});

describe('where a reason can be read', () => {
  it('leads to each release of a family, to the law, and to the form of the insurer', () => {
    const two = { ...reason('granted', 'release:r1 release:r2'), revision: '2 5' };
    expect(placesOfReason(two, 'i')).toEqual([
      { kind: 'release', name: '2', href: '/releases/r1' },
      { kind: 'release', name: '5', href: '/releases/r2' },
    ]);
    expect(placesOfReason(reason('ceiling:nj', 'ceiling:nj'), 'i')[0]?.href).toBe('/readings');
    expect(placesOfReason(reason('not_asked'), 'i')).toEqual([{ kind: 'format', name: '3', href: '/insurers/i' }]);
    expect(placesOfReason(reason('cob', 'authority'), 'i')).toEqual([]);
  });
});
