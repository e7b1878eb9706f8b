import { describe, expect, it } from 'vitest';
import type { Explanation } from '#libs/contracts';
import { meets, outcomeOf, whyOf } from './outcome.js';

const reason = (code: string, sentence: string) => ({ code, sentence, source: 'release:1', revision: '1' });

const explanation = (more: Partial<Explanation> = {}): Pick<Explanation, 'rows' | 'gaps' | 'counts'> => ({
  rows: [],
  gaps: [],
  counts: { goes: 9, changed: 0, withheld: 0, missing: 0, gaps: 0 },
  ...more,
});

describe('what is expected', () => {
  it('is met by the status, and by cause and curer where they are named', () => {
    expect(meets({ status: 'held', cause: 'expired', curer: 'client' }, { status: 'held' })).toBe(true);
    expect(
      meets(
        { status: 'held', cause: 'expired', curer: 'client' },
        { status: 'held', cause: 'expired', curer: 'client' },
      ),
    ).toBe(true);
    expect(meets({ status: 'held', cause: 'revoked', curer: 'client' }, { status: 'held', cause: 'expired' })).toBe(
      false,
    );
    expect(meets({ status: 'held', cause: 'expired', curer: 'client' }, { status: 'held', curer: 'practice' })).toBe(
      false,
    );
    expect(meets({ status: 'paid' }, { status: 'held' })).toBe(false);
  });
});

describe('the outcome', () => {
  it('counts what went only where something went', () => {
    const counts = { goes: 9, changed: 2, withheld: 3, missing: 0, gaps: 0 };
    expect(outcomeOf({ status: 'paid' }, { counts })).toBe('paid: 9 go, 2 changed, 3 withheld');
    expect(outcomeOf({ status: 'held' }, { counts })).toBe('held');
  });
});

describe('the reason', () => {
  const nextStep = 'Ask the client.';

  it('of a hold is the sentence of the gap that holds it', () => {
    const gaps: Explanation['gaps'] = [
      { code: 'missing', cause: 'missing', curer: 'office', sentence: 'It is not there.', reasons: [], choices: [] },
      {
        code: 'revoked',
        cause: 'revoked',
        curer: 'client',
        sentence: 'The client has revoked the release.',
        reasons: [],
        choices: [],
      },
    ];
    expect(whyOf({ status: 'held', cause: 'revoked', nextStep }, explanation({ gaps }))).toBe(
      'The client has revoked the release.',
    );
    expect(whyOf({ status: 'parked', cause: 'outcome_unknown', nextStep }, explanation({ gaps }))).toBe(nextStep);
  });

  it('of what went is first what changed, with the ground against the field itself', () => {
    const rows: Explanation['rows'] = [
      {
        locus: { field: 'client.birthDate' },
        label: 'Birth date',
        effect: 'changed',
        form: 'client.age',
        marker: false,
        reasons: [reason('granted', 'The release grants it.'), reason('ceiling:us-nj', 'The law does not let it go.')],
      },
    ];
    expect(whyOf({ status: 'approved', nextStep }, explanation({ rows }))).toBe(
      'client.birthDate goes as client.age. The law does not let it go.',
    );
  });

  it('never speaks of what the insurer did not ask for', () => {
    const rows: Explanation['rows'] = [
      {
        locus: { field: 'client.phone' },
        label: 'Telephone',
        effect: 'withheld',
        marker: false,
        reasons: [reason('not_asked', 'The form does not ask for it.')],
      },
      {
        locus: { field: 'diagnosis.primary', occurrence: 'D1' },
        label: 'Diagnosis',
        effect: 'withheld',
        marker: false,
        reasons: [reason('field_not_granted', 'The release does not grant it.')],
      },
    ];
    expect(whyOf({ status: 'accepted', nextStep }, explanation({ rows }))).toBe(
      'diagnosis.primary stays. The release does not grant it.',
    );
    expect(whyOf({ status: 'accepted', nextStep }, explanation({ rows: rows.slice(0, 1) }))).toBe(nextStep);
  });

  it('of what stays names a restriction before a field that the release leaves out', () => {
    const rows: Explanation['rows'] = [
      {
        locus: { field: 'client.birthDate' },
        label: 'Birth date',
        effect: 'withheld',
        marker: false,
        reasons: [reason('field_not_granted', 'The release does not grant it.')],
      },
      {
        locus: { field: 'session.date', occurrence: 'L2' },
        label: 'Date of session',
        effect: 'withheld',
        marker: false,
        reasons: [
          reason('line_excluded', 'The line does not go.'),
          reason('restricted_522', 'The client paid in full.'),
        ],
      },
    ];
    expect(whyOf({ status: 'accepted', nextStep }, explanation({ rows }))).toBe(
      'session.date stays. The client paid in full.',
    );
  });
});
