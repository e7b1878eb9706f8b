import { Problem } from '#libs/client';
import { failed, issue, type Issue, ok, type Result } from '#libs/kernel';

/** What was given for an answer and was none, in the words of the command line; every other code is the gateway's own. */
const OURS: Readonly<Record<string, string>> = {
  unreachable: 'api.unreachable',
  unreadable_answer: 'api.unreadable-answer',
};

/** What to do, and in brackets by which rule. */
const hintOf = (fix: string | undefined, rule: string | undefined): string | undefined =>
  fix === undefined || rule === undefined ? (fix ?? rule) : `${fix} (${rule})`;

const issuesOf = ({ code, issues, address }: Problem): readonly Issue[] =>
  issues.length === 0
    ? [issue(OURS[code] ?? code, address ?? '')]
    : issues.map(({ code: told, path, fix, rule }) => issue(told, path, hintOf(fix, rule)));

/** The answer of the gateway, or why there is none: codes and paths of its problem, `api.unreachable`, `api.unreadable-answer`. */
export const answered = async <Answer>(asked: Promise<Answer>): Promise<Result<Answer>> => {
  try {
    return ok(await asked);
  } catch (error) {
    if (error instanceof Problem) return failed(...issuesOf(error));
    throw error;
  }
};
