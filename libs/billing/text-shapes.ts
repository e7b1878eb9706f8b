/**
 * Identifiers go out as they are or not at all, so they keep to what every format can carry: printable ASCII without the
 * delimiters of X12 and of the clearinghouses, no space at either end.
 */
export const isIdentifier = (text: string, longest: number): boolean =>
  text.length <= longest && /^[!-~](?:[ -~]*[!-~])?$/.test(text) && !/[*:^~>\\`|]/.test(text);

const CONTROL = /\p{Cc}|\p{Cs}|\p{Co}/u;

/** One line of text: something in it, no control characters, no line break. */
export const isLine = (text: string, longest: number): boolean =>
  text.trim() !== '' && Array.from(text).length <= longest && !CONTROL.test(text);

/** Text that may have several lines. */
export const isProse = (text: string, longest: number): boolean =>
  text.trim() !== '' && Array.from(text).length <= longest && !CONTROL.test(text.replace(/\r?\n/g, ' '));
