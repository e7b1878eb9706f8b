/** How long to wait before attempt `attempts + 1`, in milliseconds: doubling, capped, spread over its upper half by the item's own id. */
export const backoff = (
  attempts: number,
  bounds: { readonly baseMs: number; readonly capMs: number },
  seed: string,
): number => {
  const whole = Math.min(bounds.capMs, bounds.baseMs * 2 ** Math.min(attempts, 20));
  let spread = 0;
  for (const character of seed) spread = (spread * 31 + character.charCodeAt(0)) % 1_000;
  return Math.round(whole / 2 + (whole / 2) * (spread / 1_000));
};
