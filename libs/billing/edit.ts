import type { Issue } from '#libs/kernel';

/**
 * One check of a document, small enough to be read, named, explained and tested by itself. It finds places (JSON
 * pointers, RFC 6901); it never repeats what stands there.
 */
export interface Edit<Subject> {
  /** Stable code of the issue. */
  readonly id: string;
  readonly severity: Issue['severity'];
  /** Bounds or allowed words: a fact about the rule. */
  readonly rule?: string;
  /** What the person at the desk does about it. */
  readonly fix: string;
  readonly find: (subject: Subject) => readonly string[];
}

export const runEdits = <Subject>(edits: readonly Edit<Subject>[], subject: Subject): readonly Issue[] =>
  edits.flatMap(({ id, severity, rule, find }) =>
    find(subject).map((path): Issue =>
      rule === undefined ? { code: id, path, severity } : { code: id, path, severity, rule },
    ),
  );

/** The one path, if something is wrong there. */
export const at = (path: string, wrong: boolean): readonly string[] => (wrong ? [path] : []);

/** The paths of the list members that are wrong. */
export const among = <Item>(
  path: string,
  items: readonly Item[],
  wrong: (item: Item, index: number) => boolean,
): readonly string[] => items.flatMap((item, index) => (wrong(item, index) ? [`${path}/${index}`] : []));

/** Whether an equal member stands earlier in the list. */
export const repeats = (items: readonly string[], index: number): boolean => items.indexOf(items[index] ?? '') < index;
