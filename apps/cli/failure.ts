import { issue, type Issue } from '#libs/kernel';

/** One line for one issue: its code, where, and what would be right. */
export const linesOf = (issues: readonly Issue[]): readonly string[] =>
  issues.map(({ code, path, rule }) =>
    [`sluice: ${code}`, path, rule === undefined ? '' : `(${rule})`].filter((part) => part !== '').join(' '),
  );

const codeIn = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && /^[\w.:-]{1,80}$/.test(error.code)
    ? error.code
    : undefined;

/** What should not have happened, by its code or its class: a message may quote what nobody should read. */
export const issueOf = (error: unknown): Issue =>
  issue(codeIn(error) ?? 'cli.unexpected', error instanceof Error ? error.name : '');
