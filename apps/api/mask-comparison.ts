import { maySeeValue, type Viewer } from '#libs/access';
import type { FieldId, Value } from '#libs/catalogue';
import type { Comparison, ComparisonRow } from '#libs/contracts';
import type { ComparedCells, UncoveredComparison } from './use-cases/comparison.js';
import type { Unmasked } from './use-cases/asked.js';

type Cell = NonNullable<ComparisonRow['before']>;
type Side = ComparedCells['before'];

const isSame = (one: Value, other: Value): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Whether two values that somebody may not see are the same is a word about both. */
const changeOf = (
  { before, after }: Pick<ComparedCells, 'before' | 'after'>,
  sees: (field: FieldId) => boolean,
): ComparisonRow['change'] => {
  if (before === undefined) return 'added';
  if (after === undefined) return 'removed';
  if (!sees(before.as) || !sees(after.as)) return 'hidden';
  return before.as === after.as && isSame(before.value, after.value) ? 'same' : 'changed';
};

const cellOf = (side: NonNullable<Side>, sees: (field: FieldId) => boolean): Cell => {
  const { value, as } = side;
  return sees(as) ? { masked: false, value: typeof value === 'object' ? [...value] : value } : { masked: true };
};

const maskRow = (row: ComparedCells, sees: (field: FieldId) => boolean): ComparisonRow => {
  const { before, after, locus, label, category } = row;
  return {
    ...{ locus, label, category },
    change: changeOf(row, sees),
    ...(before === undefined ? {} : { before: cellOf(before, sees) }),
    ...(after === undefined ? {} : { after: cellOf(after, sees) }),
  };
};

/** A comparison as somebody may see it: every row, and the values of their columns of the matrix. */
export const maskComparison = ({ view, treating }: Unmasked<UncoveredComparison>, viewer: Viewer): Comparison => {
  const sees = (field: FieldId): boolean => maySeeValue(viewer, field, { treating, revealed: false });
  const rows = view.rows.map((row) => maskRow(row, sees));
  const counts = { same: 0, added: 0, removed: 0, changed: 0, hidden: 0 };
  for (const { change } of rows) counts[change] += 1;
  return { ...view, rows, counts };
};
