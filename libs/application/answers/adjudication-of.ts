import type { Adjudication } from '#libs/billing';
import type { Cents, PlainDate, PracticeId } from '#libs/kernel';
import type { Answer } from '#libs/x12';
import { lineControlNumber } from '../dispatch/numbers.js';
import type { Keys } from '../ports/keys.js';
import type { AnsweredTransmission } from '../ports/records.js';

type Remittance = Extract<Answer, { kind: '835' }>;
type RemittedClaim = Remittance['claims'][number];
type Adjustments = Adjudication['adjustments'];

/** What a remittance decided on one claim, by the line numbers under which we sent it. */
export interface Remitted {
  readonly adjudicatedOn: PlainDate;
  readonly payerClaimNumber: string;
  readonly paid: Cents;
  readonly adjustments: Adjustments;
  readonly lines: readonly { readonly control: string; readonly paid: Cents; readonly adjustments: Adjustments }[];
}

/** Paid or refused as first, second or third payer. What is forwarded or reversed is no decision to tell the next payer. */
const DECIDED: readonly RemittedClaim['statusCode'][] = ['1', '2', '3', '4'];

/**
 * What a remittance says of a claim, if another payer can be told of it: undefined where its sums do not agree, a line
 * comes back without our number, or the payer decided on another procedure than the one that was billed.
 */
export const remittedIn = (remittance: Remittance, claim: RemittedClaim): Remitted | undefined => {
  if (remittance.imbalances.length > 0 || !DECIDED.includes(claim.statusCode)) return undefined;
  const lines: Remitted['lines'][number][] = [];
  for (const { lineControlNumber: control, submitted, paid, adjustments } of claim.lines) {
    if (control === undefined || submitted !== undefined) return undefined;
    lines.push({ control, paid, adjustments });
  }
  const { payerClaimNumber, paid, adjustments } = claim;
  return { adjudicatedOn: remittance.paymentDate, payerClaimNumber, paid, adjustments, lines };
};

/** The same by the lines of the document that was sent; undefined if it names a line that was not. */
export const adjudicationOf = (
  remitted: Remitted,
  sent: { readonly transmission: AnsweredTransmission; readonly practice: PracticeId; readonly keys: Keys },
): Adjudication | undefined => {
  const { transmission, practice, keys } = sent;
  const patientControl = transmission.interchange?.patientControlNumber;
  if (patientControl === undefined) return undefined;
  const origins = new Map(
    transmission.lineOrigins.map((line, index) => [
      lineControlNumber(keys, { practice, patientControl, line: index + 1 }),
      line,
    ]),
  );
  const { lines, ...whole } = remitted;
  const decided = lines.flatMap(({ control, ...rest }) => {
    const line = origins.get(control);
    return line === undefined ? [] : [{ line, ...rest }];
  });
  return decided.length === lines.length ? { ...whole, lines: decided } : undefined;
};
