/**
 * Freezes a value of plain data through and through. What is remembered about papers and rules must not outlive a
 * change to them, so whoever tries to change them after a decision gets an error instead of a stale answer.
 */
export const freezeThrough = <Value>(value: Value): Value => {
  if (typeof value !== 'object' || value === null) return value;
  // A list of words is the longest thing in a paper, and has no parts to look through.
  for (const part of Array.isArray(value) ? (value as readonly unknown[]) : Object.values(value))
    if (typeof part === 'object') freezeThrough(part);
  return Object.freeze(value);
};
