import type { Issue } from './issue.js';

/** What can fail as expected is a value. `issues` is never empty. */
export type Result<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly issues: readonly Issue[] };

export const ok = <T>(value: T): Result<T> => ({ ok: true, value });

export const failed = <T>(...issues: readonly Issue[]): Result<T> => ({ ok: false, issues });
