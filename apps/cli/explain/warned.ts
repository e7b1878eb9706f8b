import type { Accepted } from '#libs/contracts';

/** What the person at the desk should know of what was taken in all the same. */
export const warned = (warnings: Accepted['warnings']): readonly string[] =>
  warnings.map(({ code, path, fix }) => `  Warning ${code} ${path}${fix === undefined ? '' : ` · ${fix}`}`);
