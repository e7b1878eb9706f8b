import { failed, issue, ok, type Result } from '#libs/kernel';
import { type FormattedSegment, X12parser } from 'x12-parser';
import type { Delimiters } from '../envelope/delimiters.js';
import type { Element, Segment } from './interchange.js';
import type { RawInterchange } from './split-file.js';

const CHUNK = 64 * 1024;
const HEADER = 106;

/**
 * The parser of the npm package as a plain function: it is given decoded text and its output is taken where it would
 * enter the stream, so that reading needs no event loop and no queue can grow.
 */
class DirectParser extends X12parser {
  constructor(private readonly receive: (segment: FormattedSegment) => void) {
    super('latin1');
  }

  override push(segment: FormattedSegment | null): boolean {
    if (segment !== null) this.receive(segment);
    return true;
  }

  /** The first piece always holds the whole ISA, from which the delimiters are taken. */
  parse(text: string, chunk: number): void {
    const first = Math.max(chunk, HEADER);
    this.processChunk(text.slice(0, first));
    for (let at = first; at < text.length; at += chunk) this.processChunk(text.slice(at, at + chunk));
    this._flush(() => undefined);
  }
}

/**
 * Hands one interchange to x12-parser and checks what comes back against what was cut: written out again it must be the
 * same text but for padding. The parser numbers components from the second one and never splits repetitions; both are put
 * right here. Values are trimmed, as X12 takes trailing spaces to be padding.
 *
 * `chunk` is how many characters the parser is given at a time; the result does not depend on it.
 */
export const parseSegments = (raw: RawInterchange, chunk = CHUNK): Result<readonly Segment[]> => {
  const { delimiters } = raw.header;
  const segments: Segment[] = [];
  let astray: number | undefined;
  let sinceSet = 0;
  let inSet = false;
  const parser = new DirectParser((formatted) => {
    const { name } = formatted;
    const text = raw.segments[segments.length];
    inSet ||= name === 'ST';
    sinceSet = name === 'ST' ? 1 : sinceSet + 1;
    const elements = elementsOf(formatted, delimiters);
    const written = writeOut(name, elements, delimiters);
    const padded = written !== text;
    if (padded && withoutSpaces(written) !== withoutSpaces(text ?? '')) astray ??= segments.length + 1;
    segments.push({ name, position: inSet ? sinceSet : segments.length + 1, elements, padded });
    if (name === 'SE') inSet = false;
  });
  parser.parse(`${raw.segments.join(delimiters.segment)}${delimiters.segment}`, chunk);
  if (segments.length !== raw.segments.length) astray ??= segments.length;
  return astray === undefined ? ok(segments) : failed(issue('x12_parser_disagrees', `ISA/${astray}`));
};

const elementsOf = (formatted: FormattedSegment, delimiters: Delimiters): readonly Element[] => {
  const elements: Element[] = [];
  for (let number = 1; ; number += 1) {
    const value = formatted[number];
    if (value === undefined) return elements;
    const isComposite = formatted[`${number}-1`] !== undefined;
    const isSimple = formatted.name === 'ISA' || !(isComposite || value.includes(delimiters.repetition));
    elements.push(isSimple ? value : repetitionsIn(formatted, number, delimiters));
  }
};

const repetitionsIn = (formatted: FormattedSegment, number: number, delimiters: Delimiters): Element => {
  const parts = [formatted[number] ?? ''];
  for (let next = 1; ; next += 1) {
    const part = formatted[`${number}-${next}`];
    if (part === undefined) break;
    parts.push(part);
  }
  const repetitions = parts.join(delimiters.component).split(delimiters.repetition);
  return repetitions.map((text) => text.split(delimiters.component).map((value) => value.trim()));
};

const writeOut = (name: string, elements: readonly Element[], delimiters: Delimiters): string => {
  const texts = elements.map((element) =>
    typeof element === 'string'
      ? element
      : element.map((repetition) => repetition.join(delimiters.component)).join(delimiters.repetition),
  );
  return [name, ...texts].join(delimiters.element);
};

const withoutSpaces = (text: string): string => text.replaceAll(' ', '');
