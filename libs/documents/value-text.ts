import { type FieldId, fieldOf, type Value } from '#libs/catalogue';
import type { DisclosedField } from '#libs/disclosure';
import { centsOf, formatAmount } from '#libs/kernel';

const DIAGNOSES: readonly FieldId[] = [
  'diagnosis.primary',
  'diagnosis.secondary',
  'diagnosis.medical',
  'sud.diagnosis',
];

/** ICD-10-CM as people write it: the dot after the third character. */
const dotted = (code: string): string =>
  /^[A-Z]\d[0-9A-Z]{2,5}$/.test(code) ? `${code.slice(0, 3)}.${code.slice(3)}` : code;

/** What a money value is in a document that machines read: `150.00`, a text, so that nobody makes a float of it. */
export const machineValue = ({ form, value }: DisclosedField): Value =>
  fieldOf(form).kind === 'money' && typeof value === 'number' ? formatAmount(centsOf(value)) : value;

/** `12345.00` → `12,345.00`. */
const grouped = (amount: string): string => amount.replace(/\d(?=(\d{3})+\.)/g, '$&,');

/** A value in the words in which people read it. Dates stay `YYYY-MM-DD`, which reads alike on both sides of a border. */
export const valueText = (field: DisclosedField): string => {
  const { form } = field;
  const value = machineValue(field);
  switch (typeof value) {
    case 'boolean':
      return value ? 'Yes' : 'No';
    case 'number':
      return String(value);
    case 'string':
      if (fieldOf(form).kind === 'money') return grouped(value);
      return DIAGNOSES.includes(form) ? dotted(value) : value;
    default:
      return fieldOf(form).kind === 'name' ? value.toReversed().join(' ') : value.join('; ');
  }
};

/** The unit in which a count is meant, where its label does not say it. */
export const unitOf = (form: FieldId): string | undefined => {
  if (form === 'prognosis.estimatedDuration') return 'weeks at least';
  if (form === 'session.durationMin') return 'minutes';
  return undefined;
};
