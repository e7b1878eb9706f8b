import { type FieldId, fieldOf, type Value } from '#libs/catalogue';
import { printable } from './printable.js';

/** Whether a value can be printed with the standard fonts: an identifier exactly, anything else in near letters. */
export const canPrint = (field: FieldId, value: Value): boolean => {
  const texts = typeof value === 'object' ? value : typeof value === 'string' ? [value] : [];
  return texts.every((text) => {
    const found = printable(text);
    return found !== undefined && !(found.substituted && fieldOf(field).kind === 'coded');
  });
};
