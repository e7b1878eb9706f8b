/** What a command has to say, and whether all is well: false ends with exit code 1. */
export interface Said {
  readonly lines: readonly string[];
  readonly isWell: boolean;
  /** The same for a program, shown instead with `--json`. */
  readonly data?: unknown;
}

/** All is well. */
export const said = (lines: readonly string[], data?: unknown): Said => ({ lines, isWell: true, data });
