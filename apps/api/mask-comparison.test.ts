import { describe, expect, it } from 'vitest';
import type { ClinicianId } from '#libs/kernel';
import type { ComparedCells } from './use-cases/comparison.js';
import { maskComparison } from './mask-comparison.js';

const own = '11111111-1111-4111-8111-111111111111' as ClinicianId;
const side = {
  disclosure: own,
  format: 'treatment-report',
  outcome: 'send',
  createdAt: '2026-03-01T00:00:00Z',
} as const;

const compared = (rows: readonly Omit<ComparedCells, 'label' | 'category'>[]) => ({
  view: { now: side, rows: rows.map((row) => ({ ...row, label: 'A', category: 'b' })) },
  treating: [own],
});

const narrative = (value: string) => ({ value, as: 'reason.continuing' }) as const;
const charge = (value: number) => ({ value, as: 'fee.charge' }) as const;

const ROWS: Parameters<typeof compared>[0] = [
  { locus: { field: 'fee.charge', occurrence: 'L1' }, before: charge(1), after: charge(1) },
  { locus: { field: 'fee.charge', occurrence: 'L2' }, before: charge(1), after: charge(2) },
  { locus: { field: 'reason.continuing' }, before: narrative('CANARY-1'), after: narrative('CANARY-2') },
  { locus: { field: 'prognosis.text' }, after: { value: 'CANARY-3', as: 'prognosis.text' } },
  { locus: { field: 'fee.charge', occurrence: 'L3' }, before: charge(1) },
];

describe('a comparison', () => {
  it('shows its clinician each change', () => {
    const seen = maskComparison(compared(ROWS), { roles: ['clinician'], clinician: own });
    expect(seen.rows.map(({ change }) => change)).toEqual(['same', 'changed', 'changed', 'added', 'removed']);
    expect(seen.counts).toEqual({ same: 1, changed: 2, added: 1, removed: 1, hidden: 0 });
    expect(seen.rows[2]?.after).toEqual({ masked: false, value: 'CANARY-2' });
  });

  it('tells billing neither clinical values nor whether they are the same', () => {
    const seen = maskComparison(compared(ROWS), { roles: ['billing'] });
    expect(seen.rows.map(({ change }) => change)).toEqual(['same', 'changed', 'hidden', 'added', 'removed']);
    expect(JSON.stringify(seen)).not.toContain('CANARY');
  });

  it('is the same for billing whatever the clinical values are', () => {
    const of = (one: string, other: string) =>
      maskComparison(
        compared([{ locus: { field: 'reason.continuing' }, before: narrative(one), after: narrative(other) }]),
        { roles: ['billing'] },
      );
    expect(of('a', 'a')).toEqual(of('a', 'quite another'));
  });

  it('says that a value goes as a lesser form', () => {
    const rows = [
      {
        locus: { field: 'client.birthDate' } as const,
        before: { value: '1991-09-30', as: 'client.birthDate' } as const,
        after: { value: 34, as: 'client.age' } as const,
      },
    ];
    expect(maskComparison(compared(rows), { roles: ['billing'] }).rows[0]?.change).toBe('changed');
  });
});
