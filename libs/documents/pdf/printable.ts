/** Characters of WinAnsiEncoding (ISO 32000-1, annex D) that are not in Latin-1. */
const BEYOND_LATIN_1 = '€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ';

const isWinAnsi = (character: string): boolean =>
  /^[ -~\u00a0-\u00ac\u00ae-\u00ff]$/.test(character) || BEYOND_LATIN_1.includes(character);

/** Letters and signs that do not come apart into a base and marks. */
const INSTEAD: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ł: 'l',
    Ł: 'L',
    đ: 'd',
    Đ: 'D',
    ħ: 'h',
    Ħ: 'H',
    ı: 'i',
    ŋ: 'ng',
    Ŋ: 'Ng',
    ŧ: 't',
    Ŧ: 'T',
    ſ: 's',
    ẞ: 'SS',
    ʼ: '’',
    ʻ: '‘',
    ʹ: '’',
    '′': "'",
    '″': '"',
    '‐': '-',
    '‑': '-',
    '‒': '-',
    '−': '-',
    '―': '—',
    '≤': '<=',
    '≥': '>=',
    '\t': ' ',
  }),
);

/** Marks of layout that print nothing: soft hyphen, zero width, direction. */
const INVISIBLE = /^[\u00ad\u200b-\u200f\u2060\u202a-\u202e\u2066-\u2069\ufeff]$/;

const SPACE = /^[\u2000-\u200a\u202f\u205f\u3000]$/;

export interface Printable {
  readonly text: string;
  /** A character was replaced by its nearest or left out because it prints nothing. */
  readonly substituted: boolean;
}

const print = (character: string): string | undefined => {
  if (isWinAnsi(character) || character === '\n') return character;
  if (INVISIBLE.test(character)) return '';
  if (SPACE.test(character)) return ' ';
  const instead = INSTEAD.get(character);
  if (instead !== undefined) return instead;
  const base = character.normalize('NFKD').replace(/\p{M}/gu, '');
  const letters = Array.from(base);
  return letters.length > 0 && letters.every(isWinAnsi) ? base : undefined;
};

/**
 * A text in the characters that the standard fonts of a PDF have. Undefined when a character has no near equivalent: a
 * name is never printed as question marks.
 */
export const printable = (text: string): Printable | undefined => {
  const composed = text.normalize('NFC').replace(/\r\n?/g, '\n');
  let made = '';
  for (const character of composed) {
    const printed = print(character);
    if (printed === undefined) return undefined;
    made += printed;
  }
  return { text: made, substituted: made !== composed };
};
