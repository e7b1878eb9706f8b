import type { Delimiters } from './delimiters.js';

/** `accent`: a letter written with its plain ones; `delimiter`: a separator made a space; `symbol`: anything else. */
export type SubstitutionKind = 'accent' | 'delimiter' | 'symbol';

export interface Transliteration {
  readonly text: string;
  readonly kinds: readonly SubstitutionKind[];
}

/** Clearinghouses refuse these in any value, whatever the delimiters of the file are. */
const RESERVED = '*:^~>|`';
const TEXT = /^[A-Z0-9 !"&'()+,\-./;?=%@[\]_{}\\<#$]$/;
const PLAIN: Readonly<Record<string, string>> = {
  ß: 'SS',
  ẞ: 'SS',
  æ: 'AE',
  Æ: 'AE',
  œ: 'OE',
  Œ: 'OE',
  ø: 'O',
  Ø: 'O',
  ł: 'L',
  Ł: 'L',
  đ: 'D',
  Đ: 'D',
  ð: 'D',
  Ð: 'D',
  þ: 'TH',
  Þ: 'TH',
  ħ: 'H',
  Ħ: 'H',
  ı: 'I',
  ŋ: 'N',
  Ŋ: 'N',
  ŧ: 'T',
  Ŧ: 'T',
};
const PUNCTUATION: Readonly<Record<string, string>> = {
  '\u2018': "'",
  '\u2019': "'",
  '\u02bc': "'",
  '\u02bb': "'",
  '\u201c': '"',
  '\u201d': '"',
  '\u2010': '-',
  '\u2011': '-',
  '\u2012': '-',
  '\u2013': '-',
  '\u2014': '-',
};

/**
 * A name or address in the letters of X12: upper case, accents dropped, separators and symbols made a space, spaces
 * joined. `undefined` when a letter or digit has no such form, for then it would be another name, or when nothing is left.
 */
export const transliterate = (text: string, delimiters: Delimiters): Transliteration | undefined => {
  const separators = separatorsOf(delimiters);
  const kinds = new Set<SubstitutionKind>();
  let written = '';
  for (const character of text.normalize('NFC')) {
    const plain = character <= '~' ? character.toUpperCase() : plainOf(character, kinds);
    if (plain === undefined) return undefined;
    for (const letter of plain) written += letterOf(letter, separators, kinds);
  }
  const joined = written.replace(/ {2,}/g, ' ').trim();
  return joined === '' ? undefined : { text: joined, kinds: [...kinds] };
};

const plainOf = (character: string, kinds: Set<SubstitutionKind>): string | undefined => {
  const letter = PLAIN[character];
  if (letter !== undefined) {
    kinds.add('accent');
    return letter;
  }
  if (/\p{M}/u.test(character)) {
    kinds.add('accent');
    return '';
  }
  const decomposed = character.normalize('NFKD').replace(/\p{M}/gu, '').replace('\u2044', '/');
  if (/^[\x20-\x7e]+$/.test(decomposed)) {
    kinds.add(/\p{L}/u.test(character) ? 'accent' : 'symbol');
    return decomposed.toUpperCase();
  }
  if (/[\p{L}\p{N}]/u.test(character)) return undefined;
  kinds.add('symbol');
  return PUNCTUATION[character] ?? (/\p{Cf}/u.test(character) ? '' : ' ');
};

const separatorsOf = ({ element, repetition, component, segment }: Delimiters): string =>
  RESERVED + element + repetition + component + segment;

const letterOf = (letter: string, separators: string, kinds: Set<SubstitutionKind>): string => {
  if (separators.includes(letter)) {
    kinds.add('delimiter');
    return ' ';
  }
  if (TEXT.test(letter)) return letter;
  kinds.add('symbol');
  return ' ';
};

/** Identifiers are never changed: what is wrong with one, as an issue code. */
export const identifierProblem = (text: string, delimiters: Delimiters): string | undefined => {
  const separators = separatorsOf(delimiters);
  for (const character of text) if (separators.includes(character)) return 'x12_delimiter_in_identifier';
  return /^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/.test(text) ? undefined : 'x12_character_in_identifier';
};
