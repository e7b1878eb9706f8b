import { failed, issue, ok, type Result } from '#libs/kernel';
import type { InterchangeHeader } from './interchange.js';
import { readInterchangeHeader } from './interchange-header.js';

export interface ReadLimits {
  readonly bytes: number;
  readonly segments: number;
}

export const READ_LIMITS: ReadLimits = { bytes: 8 * 1024 * 1024, segments: 200_000 };

/** One ISA to its IEA, cut at its own terminator; the ISA is `segments[0]`. Nothing here has been interpreted. */
export interface RawInterchange {
  readonly header: InterchangeHeader;
  readonly segments: readonly string[];
}

const LINE_BREAK = /[\r\n]/g;
// eslint-disable-next-line no-control-regex
const CONTROL_CHARACTER = /[\u0000-\u001f]/;
const NAME = /^[A-Z][A-Z0-9]{1,2}$/;
/** Segments whose data is counted in bytes may contain delimiters; no splitting parser can read them. */
const BINARY = new Set(['BIN', 'BDS']);

/**
 * Cuts a file into its interchanges, each with its own delimiters. Refuses what would otherwise be read as something
 * else: bytes outside printable ASCII (their high bit may be a delimiter to another reader), a byte order mark, an
 * unfinished or unterminated interchange, binary and empty segments, text between interchanges. Line breaks outside
 * values are conventional and are dropped.
 */
export const splitFile = (bytes: Uint8Array, limits: ReadLimits = READ_LIMITS): Result<readonly RawInterchange[]> => {
  if (bytes.length > limits.bytes) return failed(issue('x12_too_large', '', `at most ${limits.bytes} bytes`));
  if (!isAscii(bytes)) return failed(issue('x12_character_not_ascii', ''));
  const file = new TextDecoder('latin1').decode(bytes);
  const interchanges: RawInterchange[] = [];
  let count = 0;
  let at = skipLineBreaks(file, 0);
  while (at < file.length) {
    const located = readInterchangeHeader(file, at);
    if (!located.ok) return located;
    const cut = cutSegments(file, located.value, limits.segments - count);
    if (!cut.ok) return cut;
    count += cut.value.segments.length;
    interchanges.push({ header: located.value.header, segments: cut.value.segments });
    at = skipLineBreaks(file, cut.value.end);
  }
  return interchanges.length === 0 ? failed(issue('x12_empty', '')) : ok(interchanges);
};

const isAscii = (bytes: Uint8Array): boolean => {
  for (const byte of bytes) if (byte > 0x7e) return false;
  return true;
};

const skipLineBreaks = (file: string, from: number): number => {
  let at = from;
  while (file.charAt(at) === '\r' || file.charAt(at) === '\n') at += 1;
  return at;
};

const cutSegments = (
  file: string,
  start: { readonly header: InterchangeHeader; readonly text: string; readonly end: number },
  room: number,
): Result<{ segments: readonly string[]; end: number }> => {
  const { element, segment: terminator } = start.header.delimiters;
  const segments = [start.text];
  for (let at = start.end; ;) {
    const next = file.indexOf(terminator, at);
    if (next < 0) return failed(issue('x12_truncated', 'IEA'));
    const segment = withoutLineBreaks(file.slice(at, next));
    const name = segment.split(element, 1)[0] ?? '';
    at = next + 1;
    const refusal = refuse(segment, name, start.header);
    if (refusal !== undefined) return failed(issue(refusal, `ISA/${segments.length + 1}`));
    segments.push(segment);
    if (segments.length > room) return failed(issue('x12_too_many_segments', ''));
    if (name === 'IEA') return ok({ segments, end: at });
  }
};

const withoutLineBreaks = (text: string): string =>
  text.includes('\n') || text.includes('\r') ? text.replace(LINE_BREAK, '') : text;

const refuse = (segment: string, name: string, header: InterchangeHeader): string | undefined => {
  if (segment === '') return 'x12_segment_empty';
  if (!NAME.test(name)) return 'x12_segment_name';
  if (BINARY.has(name)) return 'x12_binary_segment';
  if (name === 'ISA') return 'x12_interchange_not_closed';
  return hasControlCharacter(segment, header) ? 'x12_control_character' : undefined;
};

const hasControlCharacter = (segment: string, header: InterchangeHeader): boolean => {
  if (!CONTROL_CHARACTER.test(segment)) return false;
  const { element, repetition, component } = header.delimiters;
  for (const character of segment) {
    if (character >= ' ') continue;
    if (character !== element && character !== repetition && character !== component) return true;
  }
  return false;
};
