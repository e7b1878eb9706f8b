import type { IssueView, ProblemCode } from '#libs/contracts';
import type { Issue } from '#libs/kernel';
import { toIssueView } from './issue-view.js';

/** Ends a request with a problem. Carries codes and paths only. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly issues: readonly IssueView[];
  readonly retryAfterSeconds: number | undefined;

  constructor(
    readonly code: ProblemCode,
    more: { readonly issues?: readonly Issue[]; readonly retryAfterSeconds?: number } = {},
  ) {
    super(code);
    this.issues = (more.issues ?? []).slice(0, 1_000).map(toIssueView);
    this.retryAfterSeconds = more.retryAfterSeconds;
  }
}
