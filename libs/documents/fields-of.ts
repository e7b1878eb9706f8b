import { type FieldId, fieldOf, type FormatId, formatOf } from '#libs/catalogue';
import type { Disclosed, DisclosedField } from '#libs/disclosure';

const number = (field: DisclosedField): number => Number(field.locus.occurrence?.slice(1) ?? 0);

/** What is told in one place of a format: values in the order of their numbers, or that it is withheld, or nothing. */
export interface Place {
  readonly field: FieldId;
  readonly position: string;
  readonly values: readonly DisclosedField[];
  readonly marked: boolean;
}

/** The places of a format in its order, less those at which nothing stands. */
export const placesOf = (disclosed: Disclosed<FormatId>): readonly Place[] =>
  formatOf(disclosed.format)
    .fields.map(({ field, position }): Place => ({
      field,
      position,
      values: disclosed.fields
        .filter(({ locus }) => locus.field === field)
        .sort((left, right) => number(left) - number(right)),
      marked: disclosed.markers.includes(field),
    }))
    .filter(({ values, marked }) => values.length > 0 || marked);

/** Whether a place is told on each line; one that is only marked stands with the fields of the whole document. */
export const isOnLines = ({ field, values }: Place): boolean => fieldOf(field).scope === 'line' && values.length > 0;
