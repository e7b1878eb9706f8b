import { expect, it } from 'vitest';
import type { ReleaseView } from '#libs/contracts';
import { scopeOf } from './scope.js';

const release = (change: Partial<ReleaseView>): ReleaseView => ({
  ...{ id: 'r1', client: 'c', revision: 1, status: 'in-force', missing: [], warnings: [], signatures: [] },
  createdAt: '2026-01-01T00:00:00Z',
  terms: {
    ...{ recipient: { kind: 'party', id: 'i1', class: 'insurer' }, purposes: ['HPAYMT'], grants: [], statements: [] },
    ...{ blanket: false, parentConsentedToTreatment: 'unknown' },
  },
  granted: [
    { field: 'client.name.first', clientWords: 'your first name' },
    { field: 'client.name.last', clientWords: 'your last name' },
    { field: 'session.date', clientWords: 'the dates' },
  ],
  ...change,
});

const known = {
  categoryOf: (field: string): string => (field.startsWith('session') ? 'session' : 'administrative'),
  purposesOf: ({ terms }: ReleaseView) => terms.purposes,
};

it('says which release grants what to whom, by groups, of those in force', () => {
  const second = release({ id: 'r2', revision: 2, granted: [{ field: 'session.date', clientWords: 'the dates' }] });
  const { columns, rows } = scopeOf([release({}), second, release({ id: 'r3', status: 'revoked' })], known);
  expect(columns.map(({ key }) => key)).toEqual(['i1 HPAYMT']);
  expect(
    rows.map(({ category, cells }) => [
      category,
      cells.get('i1 HPAYMT')?.map((one) => [one.release, one.fields.length]),
    ]),
  ).toEqual([
    ['administrative', [['r1', 2]]],
    [
      'session',
      [
        ['r1', 1],
        ['r2', 1],
      ],
    ],
  ]);
});

it('is empty without a release in force', () => {
  expect(scopeOf([release({ status: 'draft' })], known)).toEqual({ columns: [], rows: [] });
});
