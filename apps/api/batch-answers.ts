import type { Accepted, BulkSubmitted, BulkValidated, Problem, Validated } from '#libs/contracts';
import type { Result } from '#libs/kernel';
import type { ProblemError } from './problem-error.js';
import { problemOf } from './problem-status.js';
import { type BatchItem, inItem } from './read-batch.js';
import { problemBody } from './send-problem.js';
import type { Created } from './use-cases/asked.js';

type Place = Pick<BatchItem, 'index' | 'key'>;
type Refused = Extract<BulkSubmitted['results'][number], { outcome: 'refused' }>;

const placeOf = ({ index, key }: Place): { index: number; key?: string } => ({
  index,
  ...(key === undefined ? {} : { key }),
});

/** Every item in its place: what it came to, or the problem that the single route would have given. */
const resultsOf = <T, Good>(
  items: readonly BatchItem[],
  answers: ReadonlyMap<number, Result<T>>,
  told: { readonly correlation: string; readonly good: (place: Place, value: T) => Good },
): (Good | Refused)[] => {
  const refusal = (item: Place, problem: ProblemError): Refused => {
    const body: Problem = problemBody(problem, told.correlation);
    return { ...placeOf(item), outcome: 'refused', problem: body };
  };
  return items.map((item) => {
    if ('problem' in item) return refusal(item, item.problem);
    const answer = answers.get(item.index);
    if (answer === undefined) throw new Error('an item of a batch has no answer');
    return answer.ok
      ? told.good(placeOf(item), answer.value)
      : refusal(item, problemOf(answer.issues.map((issue) => inItem(item.index, issue))));
  });
};

const refusedIn = (results: readonly { readonly outcome: string }[]): number =>
  results.filter(({ outcome }) => outcome === 'refused').length;

const isWaiting = ({ disclosures }: Accepted): boolean =>
  disclosures.some(({ state }) => state === 'held' || state === 'blocked');

export const submittedBody = (
  items: readonly BatchItem[],
  answers: ReadonlyMap<number, Result<Created<Accepted>>>,
  correlation: string,
): BulkSubmitted => {
  const results = resultsOf(items, answers, {
    correlation,
    good: (place, { body, replayed }) => ({ ...place, outcome: 'accepted' as const, replayed, accepted: body }),
  });
  const accepted = results.flatMap((one) => (one.outcome === 'accepted' ? [one.accepted] : []));
  const waiting = accepted.filter(isWaiting).length;
  return { summary: { ready: accepted.length - waiting, waiting, refused: refusedIn(results) }, results };
};

export const validatedBody = (
  items: readonly BatchItem[],
  answers: ReadonlyMap<number, Result<Validated>>,
  correlation: string,
): BulkValidated => {
  const results = resultsOf(items, answers, {
    correlation,
    good: (place, validated) => ({ ...place, outcome: 'valid' as const, validated }),
  });
  const valid = results.flatMap((one) => (one.outcome === 'valid' ? [one.validated] : []));
  const ready = valid.filter(({ outcome }) => outcome === 'send').length;
  const curers = { client: 0, chart: 0, office: 0, practice: 0, nobody: 0 };
  for (const { gaps } of valid) for (const curer of new Set(gaps.map((gap) => gap.curer))) curers[curer] += 1;
  return { summary: { ready, waiting: valid.length - ready, refused: refusedIn(results), curers }, results };
};
