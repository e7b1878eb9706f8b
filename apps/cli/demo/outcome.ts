import type { DisclosureDetail, Explanation } from '#libs/contracts';
import type { Expectation } from './demo-schema.js';

/** Where one disclosure stands, as a row of the table shows it. */
export interface Row {
  readonly what: string;
  readonly insurer: string;
  readonly format: string;
  readonly outcome: string;
  readonly why: string;
  readonly asExpected: boolean;
}

type Standing = Pick<DisclosureDetail, 'status' | 'cause' | 'curer'>;

/** Whether a disclosure stands where it was expected. */
export const meets = (found: Standing, expected: Expectation): boolean =>
  found.status === expected.status &&
  (expected.cause === undefined || found.cause === expected.cause) &&
  (expected.curer === undefined || found.curer === expected.curer);

const WAITING: ReadonlySet<string> = new Set(['held', 'blocked', 'parked', 'unknown', 'cancelled']);

const counted = ({ goes, changed, withheld }: Explanation['counts']): string =>
  [
    `${goes} go`,
    ...(changed > 0 ? [`${changed} changed`] : []),
    ...(withheld > 0 ? [`${withheld} withheld`] : []),
  ].join(', ');

export const outcomeOf = (
  standing: Pick<Standing, 'status'>,
  explanation: Pick<Explanation, 'counts'> | undefined,
): string =>
  explanation === undefined || WAITING.has(standing.status)
    ? standing.status
    : `${standing.status}: ${counted(explanation.counts)}`;

const isAgainst = ({ code }: { readonly code: string }): boolean =>
  !/^(granted|within_ceiling:|reading:|not_asked)/.test(code);

/** What a person asked for speaks before what a paper leaves out. */
const isRestriction = ({ code }: { readonly code: string }): boolean =>
  ['restricted_522', 'client_restriction', 'clinician_limit'].includes(code);

/** The first thing that somebody would ask about: why it waits, else what changed, else what stayed. */
export const whyOf = (
  standing: Standing & Pick<DisclosureDetail, 'nextStep'>,
  explanation: Pick<Explanation, 'rows' | 'gaps'> | undefined,
): string => {
  const { cause } = standing;
  if (explanation === undefined || WAITING.has(standing.status)) {
    return explanation?.gaps.find((gap) => gap.cause === cause)?.sentence ?? standing.nextStep;
  }
  const changed = explanation.rows.find((row) => row.effect === 'changed');
  if (changed !== undefined)
    return `${changed.locus.field} goes as ${changed.form ?? 'less'}. ${changed.reasons.find(isAgainst)?.sentence ?? ''}`.trim();
  const stays = explanation.rows.filter((row) => row.effect === 'withheld' && row.reasons.some(isAgainst));
  const kept = stays.find((row) => row.reasons.some(isRestriction)) ?? stays[0];
  if (kept !== undefined) {
    return `${kept.locus.field} stays. ${(kept.reasons.find(isRestriction) ?? kept.reasons.find(isAgainst))?.sentence ?? ''}`.trim();
  }
  return (
    explanation.rows
      .find((row) => row.reasons.some(({ code }) => code.startsWith('reading:')))
      ?.reasons.find(({ code }) => code.startsWith('reading:'))?.sentence ?? standing.nextStep
  );
};
