import { fixFor } from '#libs/billing';
import { type IssueView, sentenceOf } from '#libs/contracts';
import type { Issue } from '#libs/kernel';

/** An issue as it goes over the wire, with the one sentence that its code has. Carries codes, paths and rules only. */
export const toIssueView = ({ code, path, severity, rule }: Issue): IssueView => {
  const fix = fixFor(code) ?? sentenceOf(code);
  return {
    code: code.slice(0, 120),
    path: path.slice(0, 300),
    severity,
    ...(rule === undefined ? {} : { rule: rule.slice(0, 2_000) }),
    ...(fix === undefined ? {} : { fix }),
  };
};
