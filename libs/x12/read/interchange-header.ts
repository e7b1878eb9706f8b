import { failed, issue, ok, type Result } from '#libs/kernel';
import { isInterchangeDate, isTime } from '../envelope/date.js';
import { areUsable, type Delimiters } from '../envelope/delimiters.js';
import type { InterchangeHeader } from './interchange.js';

/** An ISA is 105 characters and its terminator (X12.5); every element has a fixed place. */
const LENGTH = 105;
const VERSION = '00501';
const SEPARATOR_AT = [3, 6, 17, 20, 31, 34, 50, 53, 69, 76, 81, 83, 89, 99, 101, 103];
const QUALIFIERS = new Set(['01', '14', '20', '27', '28', '29', '30', '33', 'ZZ']);

export interface LocatedHeader {
  readonly header: InterchangeHeader;
  /** The ISA without its terminator and without line breaks. */
  readonly text: string;
  /** Where the first segment after it begins in the file. */
  readonly end: number;
}

/**
 * Reads the ISA that begins at `start`. Records wrapped at a fixed width put line breaks inside it, so those are passed
 * over before the offsets mean anything; only an unbroken ISA can have CR or LF as its terminator.
 */
export const readInterchangeHeader = (file: string, start: number): Result<LocatedHeader> => {
  const unwrapped = unwrap(file, start);
  if (unwrapped === undefined) return failed(issue('x12_header_truncated', 'ISA'));
  const { text, end, segment } = unwrapped;
  if (!text.startsWith('ISA')) return failed(issue('x12_not_an_interchange', 'ISA'));
  const delimiters: Delimiters = {
    element: text.charAt(3),
    repetition: text.charAt(82),
    component: text.charAt(104),
    segment,
  };
  if (text.slice(84, 89) !== VERSION) return failed(issue('x12_version_unsupported', 'ISA12', VERSION));
  if (!areUsable(delimiters)) return failed(issue('x12_delimiters_unusable', 'ISA'));
  if (!isAligned(text, delimiters.element)) return failed(issue('x12_header_misaligned', 'ISA'));
  if (text.includes(segment)) return failed(issue('x12_header_misaligned', 'ISA'));
  return checkElements(text, delimiters, end);
};

/** The element separator stands in its places, and in no others. */
const isAligned = (text: string, element: string): boolean => {
  if (!SEPARATOR_AT.every((at) => text.charAt(at) === element)) return false;
  return text.split(element).length - 1 === SEPARATOR_AT.length;
};

const unwrap = (file: string, start: number): { text: string; segment: string; end: number } | undefined => {
  const plain = file.slice(start, start + LENGTH);
  if (plain.length === LENGTH && !/[\r\n]/.test(plain)) {
    const at = start + LENGTH;
    return at < file.length ? { text: plain, segment: file.charAt(at), end: at + 1 } : undefined;
  }
  let text = '';
  for (let at = start; at < file.length; at += 1) {
    const character = file.charAt(at);
    if (character === '\r' || character === '\n') continue;
    if (text.length === LENGTH) return { text, segment: character, end: at + 1 };
    text += character;
  }
  return undefined;
};

const checkElements = (text: string, delimiters: Delimiters, end: number): Result<LocatedHeader> => {
  const at = (from: number, to: number): string => text.slice(from, to);
  const rules: readonly [boolean, string, string][] = [
    [/^0[03]$/.test(at(4, 6)), 'ISA01', 'x12_code_unknown'],
    [/^0[01]$/.test(at(18, 20)), 'ISA03', 'x12_code_unknown'],
    [QUALIFIERS.has(at(32, 34)), 'ISA05', 'x12_code_unknown'],
    [at(35, 50).trim() !== '', 'ISA06', 'x12_required_missing'],
    [QUALIFIERS.has(at(51, 53)), 'ISA07', 'x12_code_unknown'],
    [at(54, 69).trim() !== '', 'ISA08', 'x12_required_missing'],
    [isInterchangeDate(at(70, 76)), 'ISA09', 'x12_not_a_date'],
    [isTime(at(77, 81)), 'ISA10', 'x12_not_a_time'],
    [/^\d{9}$/.test(at(90, 99)), 'ISA13', 'x12_not_a_number'],
    [/^[01]$/.test(at(100, 101)), 'ISA14', 'x12_code_unknown'],
    [/^[PT]$/.test(at(102, 103)), 'ISA15', 'x12_code_unknown'],
  ];
  const issues = rules.filter(([holds]) => !holds).map(([, path, code]) => issue(code, path));
  if (issues.length > 0) return failed(...issues);
  return ok({
    text,
    end,
    header: {
      sender: { qualifier: at(32, 34), id: at(35, 50).trimEnd() },
      receiver: { qualifier: at(51, 53), id: at(54, 69).trimEnd() },
      date: at(70, 76),
      time: at(77, 81),
      controlNumber: at(90, 99),
      acknowledgementRequested: at(100, 101) === '1',
      usage: at(102, 103) === 'P' ? 'production' : 'test',
      delimiters,
    },
  });
};
