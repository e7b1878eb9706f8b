import { joinRenderings, type Rendered, type RenderedTogether } from '#libs/disclosure';
import { failed, issue, ok, type Result } from '#libs/kernel';
import { revalidate837P } from './validate-837p.js';

/** ISA is 106 characters long; the fourth and the last of them delimit (X12.5). */
const ELEMENT = 3;
const SEGMENT = 105;

const trailerOf = (text: string, count: number): string | undefined => {
  const [element, segment] = [text.charAt(ELEMENT), text.charAt(SEGMENT)];
  const at = text.lastIndexOf(`${segment}GE${element}`) + 1;
  const [, ...rest] = text.slice(at).split(element);
  return at === 0 ? undefined : ['GE', String(count), ...rest.slice(1)].join(element);
};

/** The transaction set of an interchange that holds one. */
const setIn = (text: string): { readonly from: number; readonly to: number } | undefined => {
  const [element, segment] = [text.charAt(ELEMENT), text.charAt(SEGMENT)];
  const from = text.indexOf(`${segment}ST${element}`) + 1;
  const to = text.lastIndexOf(`${segment}GE${element}`) + 1;
  return from === 0 || to <= from ? undefined : { from, to };
};

/**
 * Claims that were rendered as interchanges of their own, under one interchange number and one group number, as one
 * interchange with a transaction set for each: what is wrong with one of them is said of its set, and takes no other along.
 * `x12_not_joinable`, and what the guide says of the whole.
 */
export const join837P = (rendered: readonly Rendered<'x12-837p'>[]): Result<RenderedTogether<'x12-837p'>> => {
  const texts = rendered.map(({ bytes }) => Buffer.from(bytes).toString('latin1'));
  const parts = texts.flatMap((text) => setIn(text) ?? []);
  const tail = trailerOf(texts[0] ?? '', texts.length);
  if (tail === undefined || parts.length !== texts.length) return failed(issue('x12_not_joinable', 'GE'));
  const joined = joinRenderings(rendered, { parts, tail: Buffer.from(tail, 'latin1') });
  const issues = revalidate837P(joined.bytes);
  return issues.length > 0 ? failed(...issues) : ok(joined);
};
