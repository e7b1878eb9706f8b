import { describe, expect, it } from 'vitest';
import type { DisclosureDetail } from '#libs/contracts';
import { correctionsOf } from './corrections.js';

const AT = '2026-03-02T10:00:00.000Z';

const detail = (change: Partial<DisclosureDetail>): DisclosureDetail => ({
  ...{
    id: 'd',
    document: 'o',
    client: { id: 'c', code: 'C-1', name: 'Ada Invented' },
    insurer: { id: 'i', name: 'H' },
  },
  ...{ format: 'x12-837p', purpose: 'HPAYMT', state: 'held', status: 'held', nextStep: 'Wait.' },
  ...{ createdAt: AT, updatedAt: AT, version: 1, options: { useMarkers: false, excludedLines: [] }, attempts: 0 },
  ...{ answers: [], timeline: [] },
  ...change,
});

const numbered = [
  { id: 'a', kind: 'claim-accepted', receivedAt: AT, layer: 'insurer', payerClaimNumber: 'P1' },
] as const;

describe('what may be done about a submission', () => {
  it.each([
    ['held', 'held', [], ['amend', 'cancel']],
    ['ready', 'ready', [], ['cancel']],
    ['sending', 'sending', [], []],
    ['sent', 'sent', [], []],
    ['received', 'rejected', [], ['resubmit']],
    ['received', 'accepted', numbered, ['replace', 'void']],
    ['superseded', 'superseded', numbered, []],
  ] as const)('in state %s, shown as %s', (state, status, answers, offered) => {
    expect(correctionsOf(detail({ state, status, answers: [...answers] }), () => true)).toEqual(offered);
  });

  it.each([
    ['void', '8', 'voided', []],
    ['void', '8', 'rejected', ['void-again']],
    ['resubmission', '8', 'voided', []],
    ['resubmission', '8', 'rejected', ['void-again']],
    ['resubmission', '1', 'accepted', ['replace', 'void']],
    ['replacement', '7', 'rejected', ['resubmit']],
  ] as const)('of a %s with frequency %s, shown as %s', (kind, frequency, status, offered) => {
    const correction = { kind, frequency, of: 'e' };
    const answered = detail({ state: 'received', status, correction, answers: [...numbered] });
    expect(correctionsOf(answered, () => true)).toEqual(offered);
  });

  it('is nothing that a role may not do', () => {
    expect(correctionsOf(detail({}), (action) => action === 'disclosures.cancel')).toEqual(['cancel']);
    expect(correctionsOf(detail({}), () => false)).toEqual([]);
  });

  it('leaves a report to whoever attests it', () => {
    expect(correctionsOf(detail({ format: 'treatment-report' }), () => true)).toEqual(['cancel']);
  });
});
