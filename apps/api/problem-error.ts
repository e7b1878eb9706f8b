import { type IssueView, type ProblemCode } from '#libs/contracts';
import { fixFor } from '#libs/billing';
import type { Issue } from '#libs/kernel';

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
    this.issues = issueViews(more.issues ?? []);
    this.retryAfterSeconds = more.retryAfterSeconds;
  }
}

/** An issue as it goes over the wire, with what to do about it where billing knows. */
const issueViews = (issues: readonly Issue[]): IssueView[] =>
  issues.slice(0, 1_000).map(({ code, path, severity, rule }) => {
    const fix = fixFor(code);
    return {
      code: code.slice(0, 120),
      path: path.slice(0, 300),
      severity,
      ...(rule === undefined ? {} : { rule }),
      ...(fix === undefined ? {} : { fix }),
    };
  });
