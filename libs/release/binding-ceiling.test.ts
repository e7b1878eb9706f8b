import { describe, expect, it } from 'vitest';
import { CEILINGS, DC, NJ, NJ_READING, ruleset } from '../../test/support/config-data.js';
import { authority, invoiceBag, release, request } from '../../test/support/release-fixtures.js';
import { bindingCeilings, whatCeilingsSay } from './binding-ceiling.js';
import { type Ceiling, decide, type ReadingChoice } from './index.js';

const PSYCHOLOGIST = [{ jurisdiction: 'US-NJ', profession: 'psychologist' }];

const decided = (choices: readonly ReadingChoice[], ceilings: readonly Ceiling[] = CEILINGS) =>
  decide(request(invoiceBag(), { clinicians: PSYCHOLOGIST }), authority([release()]), ruleset(choices, ceilings));

const whose = (choices: readonly ReadingChoice[]): readonly string[] => [
  ...new Set(decided(choices).gaps.map(({ cause, curer }) => `${cause} ${curer}`)),
];

describe('the choice of a reading', () => {
  it('is for the ceiling that it names and for no other', () => {
    const other: ReadingChoice = { ...NJ_READING, ceiling: DC };
    expect(decided([NJ_READING]).outcome).toBe('send');
    expect(whose([other])).toEqual([`ceiling:${NJ} practice`]);
    expect(decided([other, NJ_READING]).outcome).toBe('send');
  });

  it('is open for each of several ceilings by itself', () => {
    const capital = { jurisdiction: 'US-DC', profession: 'social-worker' };
    const asked = request(invoiceBag(), { clinicians: [...PSYCHOLOGIST, capital] });
    const open = (choices: readonly ReadingChoice[]): readonly string[] => [
      ...new Set(
        decide(asked, authority([release()]), ruleset(choices))
          .gaps.filter(({ cause }) => cause.startsWith('ceiling:'))
          .map(({ cause, curer }) => `${cause} ${curer}`),
      ),
    ];
    expect(open([])).toEqual([`ceiling:${DC} practice`]);
    expect(open([{ ceiling: DC, choice: 'literal', revision: 'c' }])).toEqual([`ceiling:${DC} nobody`]);
    // What nobody can lift is named before what the practice can.
    expect(open([{ ceiling: NJ, choice: 'literal', revision: 'c' }])).toEqual([`ceiling:${NJ} nobody`]);
  });

  it('counts once: two for one ceiling are none', () => {
    expect(whose([NJ_READING, { ...NJ_READING, revision: 'choice-2' }])).toEqual([`ceiling:${NJ} practice`]);
  });

  it('is for the version that was signed', () => {
    const choice = { reading: 'nj-transaction-is-administrative', version: '0' };
    expect(whose([{ ...NJ_READING, choice }])).toEqual([`ceiling:${NJ} nobody`]);
    expect(whose([{ ...NJ_READING, choice: { ...choice, reading: 'another', version: '1' } }])).toEqual([
      `ceiling:${NJ} nobody`,
    ]);
  });

  it('is open only where a reading is offered for the format', () => {
    const silent = CEILINGS.map((one) => (one.id === NJ ? { ...one, readings: [] } : one));
    const gaps = decided([], silent).gaps.filter(({ cause }) => cause === `ceiling:${NJ}`);
    expect(gaps.map(({ curer }) => curer)).toContain('nobody');
    expect(gaps.map(({ curer }) => curer)).not.toContain('practice');
  });
});

describe('a ceiling', () => {
  const setting = {
    ...request(invoiceBag(), { clinicians: PSYCHOLOGIST }),
    recipient: { id: 'r', class: 'insurer' as const },
  };
  const bound = (change: Partial<Ceiling>) =>
    bindingCeilings(
      setting,
      ruleset(
        [NJ_READING],
        CEILINGS.filter(({ id }) => id === NJ).map((one) => ({ ...one, ...change })),
      ),
    );

  it('binds client information: not the practice, the payer or the envelope', () => {
    const nothing = bound({ fields: [], readings: [] });
    expect(nothing).toHaveLength(1);
    expect(whatCeilingsSay(nothing, 'provider.npi', undefined)).toEqual({ allowed: [], blocked: [] });
    expect(whatCeilingsSay(nothing, 'client.sex', undefined).blocked).toMatchObject([{ code: `ceiling:${NJ}` }]);
  });

  it('is read in no way that reaches free text, whatever its data say', () => {
    const fields = [
      { field: 'claim.note' as const, argument: 'a wrong one' },
      { field: 'client.sex' as const, argument: 'an element that the transaction requires' },
    ];
    const [reading] = CEILINGS.find(({ id }) => id === NJ)?.readings ?? [];
    if (reading === undefined) throw new Error('no reading');
    const read = bound({ fields: [], readings: [{ ...reading, fields }] });
    expect(whatCeilingsSay(read, 'client.sex', undefined).allowed).toMatchObject([{ code: `reading:${reading.id}` }]);
    expect(whatCeilingsSay(read, 'claim.note', undefined).blocked).toMatchObject([{ code: `ceiling:${NJ}` }]);
  });

  it.each([
    ['format', { format: 'statement' as const }],
    ['purpose', { purpose: 'COVAUTH' as const }],
  ])('has no reading for another %s, whatever its data say', (_name, change) => {
    const [reading] = CEILINGS.find(({ id }) => id === NJ)?.readings ?? [];
    if (reading === undefined) throw new Error('no reading');
    expect(bound({ readings: [{ ...reading, ...change }] })[0]).not.toHaveProperty('reading');
  });
});
