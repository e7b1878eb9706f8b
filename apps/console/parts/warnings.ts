import type { Preview } from '#libs/contracts';

/** What is to be looked at, said once, with the lines of the document that it is about, counted from 1. */
export const warningsOf = (
  warnings: Preview['warnings'],
): readonly { readonly text: string; readonly lines: readonly number[] }[] => {
  const found = new Map<string, number[]>();
  for (const { code, path, fix, rule } of warnings) {
    const text = fix ?? rule ?? code;
    const line = /^\/lines\/(\d+)/.exec(path)?.[1];
    found.set(text, [...(found.get(text) ?? []), ...(line === undefined ? [] : [Number(line) + 1])]);
  }
  return [...found].map(([text, lines]) => ({ text, lines }));
};
