/** A first click sorts upwards, a second downwards, a third not at all; with shift beside what is sorted already. */
export const nextSorting = (by: readonly string[], name: string, beside: boolean): readonly string[] => {
  const stands = by.find((one) => one === name || one === `-${name}`);
  const next = stands === undefined ? [name] : stands === name ? [`-${name}`] : [];
  if (!beside) return next;
  // Beside others a column keeps its rank while it is turned round.
  return stands === undefined ? [...by, ...next] : by.flatMap((one) => (one === stands ? next : [one]));
};

export type SortOrder = 'ascending' | 'descending' | 'none';

/** How a column is sorted, and as which of several, from 1. */
export const sortOf = (by: readonly string[], name: string): { readonly order: SortOrder; readonly rank: number } => {
  const index = by.findIndex((one) => one === name || one === `-${name}`);
  if (index < 0) return { order: 'none', rank: 0 };
  return { order: by[index] === name ? 'ascending' : 'descending', rank: index + 1 };
};
