import type { Claim, ServiceLine } from './claim-reading.js';
import { firstDecision } from './prior-finding.js';

/** CAS: group, reason, cents. */
export interface Adjustment {
  readonly group: 'CO' | 'OA' | 'PR';
  readonly reason: string;
  readonly amount: number;
}

export interface PaidLine {
  readonly line: ServiceLine;
  readonly charge: number;
  readonly paid: number;
  readonly adjustments: readonly Adjustment[];
}

/** One CLP of a remittance, all amounts in cents. Charge less paid is the sum of the adjustments, line by line. */
export interface Payment {
  readonly claim: Claim;
  readonly payerClaimNumber: string;
  /** CLP02: 1 paid as primary, 2 as secondary, 4 denied, 22 reversal of an earlier payment. */
  readonly status: '1' | '2' | '4' | '22';
  readonly paid: number;
  readonly patientShare: number;
  readonly lines: readonly PaidLine[];
}

/** A contractual write-off takes half of what is not paid, rounded down; the client owes the rest. */
const payLine = (line: ServiceLine, percent: number): PaidLine => {
  const paid = Math.round((line.charge * percent) / 100);
  const rest = line.charge - paid;
  const contractual = Math.floor(rest / 2);
  const adjustments: Adjustment[] = [
    { group: 'CO', reason: '45', amount: contractual },
    { group: 'PR', reason: '3', amount: rest - contractual },
  ];
  return { line, charge: line.charge, paid, adjustments: adjustments.filter((one) => one.amount !== 0) };
};

/** Whoever comes second pays of what the first left to the client; all that the first did is no matter of its own (OA 23). */
const payRest = (line: ServiceLine, left: number, percent: number): PaidLine => {
  const paid = Math.round((left * percent) / 100);
  const adjustments: Adjustment[] = [
    { group: 'OA', reason: '23', amount: line.charge - left },
    { group: 'PR', reason: '3', amount: left - paid },
  ];
  return { line, charge: line.charge, paid, adjustments: adjustments.filter((one) => one.amount !== 0) };
};

const denyLine = (line: ServiceLine): PaidLine => ({
  line,
  charge: line.charge,
  paid: 0,
  adjustments: line.charge === 0 ? [] : [{ group: 'CO', reason: '197', amount: line.charge }],
});

const total = (
  lines: readonly PaidLine[],
  status: Payment['status'],
): Pick<Payment, 'paid' | 'patientShare' | 'lines' | 'status'> => ({
  status,
  lines,
  paid: lines.reduce((sum, line) => sum + line.paid, 0),
  patientShare: lines
    .flatMap((line) => line.adjustments)
    .filter((one) => one.group === 'PR')
    .reduce((sum, one) => sum + one.amount, 0),
});

export interface PaymentTerms {
  readonly denied: boolean;
  /** Whole per cent of the charge. */
  readonly paidPercent: number;
}

export const pay = (claim: Claim, payerClaimNumber: string, terms: PaymentTerms): Payment => ({
  claim,
  payerClaimNumber,
  ...(terms.denied
    ? total(claim.lines.map(denyLine), '4')
    : claim.rank === 'P'
      ? total(
          claim.lines.map((line) => payLine(line, terms.paidPercent)),
          '1',
        )
      : total(
          claim.lines.map((line) => payRest(line, firstDecision(claim, line)?.left ?? 0, terms.paidPercent)),
          '2',
        )),
});

/** Takes back an earlier payment: the same amounts with the other sign. */
export const reverse = (payment: Payment): Payment => ({
  ...payment,
  ...total(
    payment.lines.map((line) => ({
      ...line,
      charge: -line.charge,
      paid: -line.paid,
      adjustments: line.adjustments.map((one) => ({ ...one, amount: -one.amount })),
    })),
    '22',
  ),
});
