import type { BulkActed, BulkRehearsed, Problem } from '#libs/contracts';
import type { Result } from '#libs/kernel';
import type { ProblemError } from './problem-error.js';
import { problemOf } from './problem-status.js';
import { problemBody } from './send-problem.js';
import type { ActionDone, Standing } from './use-cases/bulk-actions.js';

interface ActionRow {
  readonly index: number;
  readonly id: string;
  /** Refused before anything was asked of the application. */
  readonly problem?: ProblemError;
}

type Refused = Extract<BulkActed['results'][number], { outcome: 'refused' }>;

/** Every row in its place. Issues point to the row; what they say of the action points to the action. */
const resultsOf = <T, Good>(
  rows: readonly ActionRow[],
  answers: readonly Result<T>[],
  told: { readonly correlation: string; readonly good: (value: T) => Good },
): (({ index: number; id: string } & Good) | Refused)[] => {
  const open = [...answers];
  return rows.map(({ index, id, problem }) => {
    const refusal = (because: ProblemError): Refused => {
      const body: Problem = problemBody(because, told.correlation);
      return { index, id, outcome: 'refused', problem: body };
    };
    if (problem !== undefined) return refusal(problem);
    const answer = open.shift();
    if (answer === undefined) throw new Error('a row of a batch has no answer');
    if (answer.ok) return { index, id, ...told.good(answer.value) };
    return refusal(
      problemOf(answer.issues.map((one) => (one.path === '' ? { ...one, path: `/items/${index}` } : one))),
    );
  });
};

const GOING: readonly Standing['state'][] = ['ready', 'sealed', 'sending', 'sent', 'received', 'unknown'];
const WAITING: readonly Standing['state'][] = ['drafted', 'held', 'blocked'];

const summaryOf = (standings: readonly Standing[], refused: number): BulkActed['summary'] => {
  const ready = standings.filter(({ state }) => GOING.includes(state)).length;
  const waiting = standings.filter(({ state }) => WAITING.includes(state));
  const curers = { client: 0, chart: 0, office: 0, practice: 0, nobody: 0 };
  for (const { curer } of waiting) if (curer !== undefined) curers[curer] += 1;
  return {
    done: standings.length,
    ready,
    waiting: waiting.length,
    revoked: waiting.filter(({ cause }) => cause === 'revoked').length,
    closed: standings.length - ready - waiting.length,
    refused,
    curers,
  };
};

export const actedBody = (
  rows: readonly ActionRow[],
  answers: readonly Result<ActionDone>[],
  correlation: string,
): BulkActed => {
  const results = resultsOf(rows, answers, {
    correlation,
    good: (value) => ({ outcome: 'done' as const, ...value }),
  });
  const done = results.flatMap((one) => (one.outcome === 'done' ? [one] : []));
  return { summary: summaryOf(done, rows.length - done.length), results };
};

export const rehearsedBody = (
  rows: readonly ActionRow[],
  answers: readonly Result<Standing>[],
  correlation: string,
): BulkRehearsed => {
  const results = resultsOf(rows, answers, {
    correlation,
    good: (value) => ({ outcome: 'would' as const, ...value }),
  });
  const sound = results.flatMap((one) => (one.outcome === 'would' ? [one] : []));
  return { summary: summaryOf(sound, rows.length - sound.length), results };
};
