import type { Dashboard } from '#libs/contracts';

export type Span = { readonly unit: 'seconds' | 'minutes' | 'hours' | 'dayCount'; readonly count: number };

/** Seconds as somebody says them. */
export const spanOf = (seconds: number): Span => {
  if (seconds < 120) return { unit: 'seconds', count: seconds };
  if (seconds < 7_200) return { unit: 'minutes', count: Math.round(seconds / 60) };
  return seconds < 172_800
    ? { unit: 'hours', count: Math.round(seconds / 3_600) }
    : { unit: 'dayCount', count: Math.round(seconds / 86_400) };
};

/** Whole percent; undefined of nothing. */
export const percentOf = (part: number, whole: number): number | undefined =>
  whole === 0 ? undefined : Math.round((100 * part) / whole);

/** Withheld of all that documents had, in whole percent, the largest first. */
export const sharesOf = ({
  rows,
}: Dashboard['withheld']): readonly { readonly name: string; readonly share: number }[] =>
  rows
    .map(({ insurer, goes, changed, withheld }) => ({
      name: insurer.name,
      share: percentOf(withheld, goes + changed + withheld) ?? 0,
    }))
    .sort((one, other) => other.share - one.share);
