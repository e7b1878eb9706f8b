/** What the console takes from the browser: the time, random keys. Everything else is given it. */

/** Milliseconds since 1970. */
export const nowMs = (): number => Date.now();

/** Today here, `YYYY-MM-DD`. */
export const today = (): string => {
  const now = new Date(nowMs());
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
};

/** A key that nobody used before. */
export const newKey = (): string => crypto.randomUUID();
