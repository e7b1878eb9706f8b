/** What the console takes from the browser: the time, random keys. Everything else is given it. */

/** Milliseconds since 1970. */
export const nowMs = (): number => Date.now();

/** A key that nobody used before. */
export const newKey = (): string => crypto.randomUUID();

/** SHA-256 in hex, as evidence is named by it. */
export const sha256 = async (bytes: Uint8Array<ArrayBuffer>): Promise<string> =>
  [...new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');

/** Base64 (RFC 4648 §4), piece by piece: a call takes only so many arguments. */
export const base64 = (bytes: Uint8Array): string => {
  let text = '';
  for (let from = 0; from < bytes.length; from += 8_192)
    text += String.fromCharCode(...bytes.subarray(from, from + 8_192));
  return btoa(text);
};
