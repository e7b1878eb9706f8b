import { ADJUSTMENT_GROUPS, type Adjustment } from '#libs/catalogue';
import { isCents, parsePlainDate } from '#libs/kernel';
import { among, at, type Edit, runEdits } from './edit.js';
import type { ServiceLine } from './invoice.js';
import type { Adjudication } from './prior-payer.js';
import { isIdentifier } from './text-shapes.js';

export interface AdjudicationUnderEdit {
  readonly lines: readonly ServiceLine[];
  readonly adjudication: Adjudication;
}

/** A loop of an 837P has room for five segments, each of one group with six reasons (CAS). */
const MOST_SEGMENTS = 5;
const REASONS_IN_SEGMENT = 6;

const GROUPS: readonly string[] = ADJUSTMENT_GROUPS;

const isAdjustment = ({ group, reason, amount }: Adjustment): boolean =>
  GROUPS.includes(group) && /^[A-Z0-9]{1,5}$/.test(reason) && isCents(amount) && amount !== 0;

const fits = (adjustments: readonly Adjustment[]): boolean =>
  GROUPS.reduce(
    (sum, group) => sum + Math.ceil(adjustments.filter((one) => one.group === group).length / REASONS_IN_SEGMENT),
    0,
  ) <= MOST_SEGMENTS;

const sum = (amounts: readonly { readonly amount: number }[]): number =>
  amounts.reduce((total, { amount }) => total + amount, 0);

const isAmount = (paid: number): boolean => isCents(paid) && paid >= 0;

/** Every list of adjustments, by its path. */
const listsOf = ({ adjudication }: AdjudicationUnderEdit): readonly (readonly [string, readonly Adjustment[]])[] => [
  ['/adjustments', adjudication.adjustments],
  ...adjudication.lines.map(({ adjustments }, index) => [`/lines/${index}/adjustments`, adjustments] as const),
];

/** What holds for a payer’s decision before another payer can be told of it. Paths are below the decision. */
export const ADJUDICATION_EDITS: readonly Edit<AdjudicationUnderEdit>[] = [
  {
    id: 'adjudicated_on_not_a_date',
    severity: 'error',
    fix: 'Enter the date of the other insurer’s payment or refusal.',
    find: ({ adjudication }) => at('/adjudicatedOn', parsePlainDate(adjudication.adjudicatedOn) === undefined),
  },
  {
    id: 'adjudicated_before_service',
    severity: 'error',
    fix: 'Correct the date of the other insurer’s decision: it decided after the services.',
    find: ({ lines, adjudication }) =>
      at(
        '/adjudicatedOn',
        lines.some(({ date }) => date > adjudication.adjudicatedOn),
      ),
  },
  {
    id: 'payer_claim_number_shape',
    severity: 'error',
    rule: '1 to 50 characters, none of * : ^ ~ > \\ ` |',
    fix: 'Copy the other insurer’s claim number exactly as it wrote it.',
    find: ({ adjudication: { payerClaimNumber: number } }) =>
      at('/payerClaimNumber', number !== undefined && !isIdentifier(number, 50)),
  },
  {
    id: 'adjudicated_lines_differ',
    severity: 'error',
    rule: 'each line of the invoice, once',
    fix: 'Say for each line of the invoice what the other insurer decided on it.',
    find: ({ lines, adjudication }) => {
      const decided = adjudication.lines.map(({ line }) => line);
      return at(
        '/lines',
        decided.length !== lines.length || lines.some(({ id }) => decided.filter((one) => one === id).length !== 1),
      );
    },
  },
  {
    id: 'adjustment_shape',
    severity: 'error',
    rule: `${ADJUSTMENT_GROUPS.join(', ')}; reason of one to five capital letters or digits; an amount other than nothing`,
    fix: 'Copy group, reason and amount of the adjustment from the remittance.',
    find: (subject) => listsOf(subject).flatMap(([path, list]) => among(path, list, (one) => !isAdjustment(one))),
  },
  {
    id: 'adjustments_too_many',
    severity: 'error',
    rule: `${MOST_SEGMENTS} segments of one group and ${REASONS_IN_SEGMENT} reasons`,
    fix: 'Send this claim on paper: no electronic claim has room for so many adjustments.',
    find: (subject) => listsOf(subject).flatMap(([path, list]) => at(path, !fits(list))),
  },
  {
    id: 'other_payer_paid_out_of_range',
    severity: 'error',
    rule: 'cents, not less than nothing',
    fix: 'Enter what the other insurer paid as a positive amount.',
    find: ({ adjudication: { paid, lines } }) => [
      ...at('/paid', !isAmount(paid)),
      ...lines.flatMap((line, index) => at(`/lines/${index}/paid`, !isAmount(line.paid))),
    ],
  },
  {
    id: 'adjudicated_line_unbalanced',
    severity: 'error',
    rule: 'charge = paid + adjustments',
    fix: 'Compare the line with the remittance: what was not paid must be accounted for by adjustments.',
    find: ({ lines, adjudication }) =>
      among('/lines', adjudication.lines, ({ line, paid, adjustments }) => {
        const billed = lines.find(({ id }) => id === line);
        return billed !== undefined && billed.charge !== paid + sum(adjustments);
      }),
  },
  {
    id: 'adjudication_unbalanced',
    severity: 'error',
    rule: 'paid = sum of the lines − adjustments of the claim',
    fix: 'Compare the total with the remittance.',
    find: ({ adjudication: { paid, adjustments, lines } }) =>
      at('/paid', paid !== lines.reduce((total, line) => total + line.paid, 0) - sum(adjustments)),
  },
];

/** Nothing is wrong with what a payer decided on these lines: it is complete and it adds up. */
export const isSound = (lines: readonly ServiceLine[], adjudication: Adjudication): boolean =>
  runEdits(ADJUDICATION_EDITS, { lines, adjudication }).length === 0;
