import { ok, type Result } from '#libs/kernel';
import type { Delimiters } from '../envelope/delimiters.js';
import type { Element, Segment } from './interchange.js';
import type { RawInterchange } from './split-file.js';

/**
 * Cuts segments at their delimiters into what `parseSegments` makes of them, eight times as fast and without a second
 * opinion: for text that this lib has just written itself. A property holds the two together.
 */
export const cutElements = (raw: RawInterchange): Result<readonly Segment[]> => {
  const { delimiters } = raw.header;
  let sinceSet = 0;
  let inSet = false;
  return ok(
    raw.segments.map((text, index): Segment => {
      const [name = '', ...values] = text.split(delimiters.element);
      inSet ||= name === 'ST';
      sinceSet = name === 'ST' ? 1 : sinceSet + 1;
      const position = inSet ? sinceSet : index + 1;
      if (name === 'SE') inSet = false;
      const elements = name === 'ISA' ? values.map(trimmed) : values.map((value) => elementOf(value, delimiters));
      const padded = values.some((value) => value !== value.trim());
      return { name, position, elements, padded };
    }),
  );
};

const trimmed = (value: string): string => value.trim();

const elementOf = (value: string, { component, repetition }: Delimiters): Element =>
  value.includes(component) || value.includes(repetition)
    ? value.split(repetition).map((text) => text.split(component).map(trimmed))
    : value.trim();
