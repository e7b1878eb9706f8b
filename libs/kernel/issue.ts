/**
 * Something that is wrong with an input: a stable code and the path of the place, and never the datum itself.
 * `path` is a JSON pointer (RFC 6901), a catalogue id or an X12 position such as `2010BA/NM109`.
 */
export interface Issue {
  readonly code: string;
  readonly path: string;
  readonly severity: 'error' | 'warning';
  /** Bounds, allowed codes and the like: facts about the rule, never about the value. */
  readonly rule?: string;
}

export const issue = (code: string, path: string, rule?: string): Issue =>
  rule === undefined ? { code, path, severity: 'error' } : { code, path, severity: 'error', rule };

export const warning = (code: string, path: string): Issue => ({ code, path, severity: 'warning' });
