import { maySeeValue, type Sight, type Viewer } from '#libs/access';
import type { FieldId } from '#libs/catalogue';
import type { DisclosureRow } from '#libs/contracts';
import type { Unmasked } from './use-cases/asked.js';

const MASK = { masked: true } as const;

/** The columns of a row as a reader may see them. A masked source is shown as one even where nothing stood there. */
const maskRow = (row: DisclosureRow, sees: (field: FieldId) => boolean): DisclosureRow => {
  const { locus, label, category, effect, form, marker, reasons } = row;
  const source = sees(locus.field) ? row.source : MASK;
  const outgoing = row.outgoing === undefined || sees(form ?? locus.field) ? row.outgoing : MASK;
  return {
    locus,
    label,
    ...(category === undefined ? {} : { category }),
    effect,
    ...(source === undefined ? {} : { source }),
    ...(outgoing === undefined ? {} : { outgoing }),
    ...(form === undefined ? {} : { form }),
    marker,
    reasons,
  };
};

/** A preview or explanation as somebody may see it: every row and reason, and the values of their columns of the matrix. */
export const maskView = <View extends { rows: DisclosureRow[] }>(
  { view, treating }: Unmasked<View>,
  viewer: Viewer,
  { revealed }: Pick<Sight, 'revealed'> = { revealed: false },
): View => ({
  ...view,
  rows: view.rows.map((row) => maskRow(row, (field) => maySeeValue(viewer, field, { treating, revealed }))),
});
