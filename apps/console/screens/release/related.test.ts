import { expect, it } from 'vitest';
import type { ReleaseView } from '#libs/contracts';
import { ambiguousWith, relatable } from './related.js';

const release = (id: string, change: Partial<ReleaseView> = {}): ReleaseView => ({
  ...{ id, client: 'c', revision: 1, status: 'in-force', missing: [], warnings: [], signatures: [], granted: [] },
  createdAt: '2026-01-01T00:00:00Z',
  terms: {
    ...{ recipient: { kind: 'party', id: 'i1', class: 'insurer' }, purposes: ['HPAYMT'], grants: [], statements: [] },
    ...{ blanket: false, parentConsentedToTreatment: 'unknown' },
  },
  ...change,
});

const purposesOf = ({ terms }: ReleaseView) => terms.purposes;

it('finds two papers in force for one recipient and purpose, unless somebody has said how they go together', () => {
  const one = release('1');
  const other = release('2');
  const elsewhere = release('3', { terms: { ...one.terms, recipient: { kind: 'party', id: 'i2', class: 'insurer' } } });
  const report = release('4', { terms: { ...one.terms, purposes: ['COVAUTH'] } });
  const all = [one, other, elsewhere, report, release('5', { status: 'expired' }), release('6', { addsTo: '1' })];
  expect(ambiguousWith(one, all, purposesOf).map(({ id }) => id)).toEqual(['2']);
  expect(relatable(one, all).map(({ id }) => id)).toEqual(['2', '4']);
  expect(ambiguousWith(release('7', { status: 'draft' }), all, purposesOf)).toEqual([]);
});
