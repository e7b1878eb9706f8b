/** What a command has to say, and whether all is well: false ends with exit code 1. */
export interface Said {
  readonly lines: readonly string[];
  readonly isWell: boolean;
}
