const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
] as const;

/** The largest whole unit of a span in milliseconds: `3 d`, `2 h`, `0 s`. */
export const ageOf = (milliseconds: number): string => {
  const [unit, size] = UNITS.find(([, one]) => milliseconds >= one) ?? UNITS[UNITS.length - 1] ?? ['s', 1_000];
  return `${Math.max(0, Math.floor(milliseconds / size))} ${unit}`;
};
