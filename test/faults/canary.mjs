/** Values that must never be seen, and the ways in which they may be written. */
import { randomBytes } from 'node:crypto';

const LETTERS = 'bcdfghjkmnpqrstvwxz';

const letters = (count) => [...randomBytes(count)].map((byte) => LETTERS[byte % LETTERS.length]).join('');

/** Base64 of the canary at each offset in a group of three bytes, without the characters that its neighbours decide. */
const base64Forms = (text) =>
  [0, 1, 2].map((offset) => {
    const encoded = Buffer.from('\0'.repeat(offset) + text).toString('base64');
    return encoded.slice(offset === 0 ? 0 : offset + 1, Math.floor(((offset + text.length) * 8) / 6));
  });

const formsOf = (canary) =>
  [canary, canary.toUpperCase(), `${canary[0].toUpperCase()}${canary.slice(1)}`].flatMap((text) => [
    text,
    ...base64Forms(text),
    Buffer.from(text).toString('hex'),
    Buffer.from(text).toString('hex').toUpperCase(),
    [...text].reverse().join(''),
    Buffer.from(text, 'utf16le').toString('latin1'),
  ]);

/** Makes canaries, finds them in whatever is shown to it, and remembers where. They share a stem, which is what is looked for. */
export class CanaryScanner {
  constructor() {
    this.stem = `q${letters(13)}`;
    this.forms = formsOf(this.stem);
    this.hits = [];
    this.scanned = 0;
  }

  /** Twenty letters that stand nowhere else. */
  next() {
    return this.stem + letters(6);
  }

  /** `artefact`: a string or bytes. Gives whether something was found. */
  scan(where, artefact) {
    const text = typeof artefact === 'string' ? artefact : artefact.toString('latin1');
    this.scanned += text.length;
    const found = this.forms.some((form) => text.includes(form));
    if (found) this.hits.push(where);
    return found;
  }
}
