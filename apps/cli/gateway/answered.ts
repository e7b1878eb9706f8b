import { Problem } from '#libs/client';
import { failed, issue, type Issue, ok, type Result } from '#libs/kernel';

/** What was given for an answer and was none, in the words of the command line; every other code is the gateway's own. */
const OURS: Readonly<Record<string, string>> = {
  unreachable: 'api.unreachable',
  unreadable_answer: 'api.unreadable-answer',
};

const issuesOf = ({ code, issues, address }: Problem): readonly Issue[] =>
  issues.length === 0
    ? [issue(OURS[code] ?? code, address ?? '')]
    : issues.map((one) => issue(one.code, one.path, one.fix ?? one.rule));

/** The answer of the gateway, or why there is none: codes and paths of its problem, `api.unreachable`, `api.unreadable-answer`. */
export const answered = async <Answer>(asked: Promise<Answer>): Promise<Result<Answer>> => {
  try {
    return ok(await asked);
  } catch (error) {
    if (error instanceof Problem) return failed(...issuesOf(error));
    throw error;
  }
};
