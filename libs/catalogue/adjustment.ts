import { type Cents, isCents } from '#libs/kernel';

/** Who bears what a payer did not pay: contract, other, payer’s own initiative, patient (claim adjustment group codes). */
export const ADJUSTMENT_GROUPS = ['CO', 'OA', 'PI', 'PR'] as const;

/** One reason (CARC) for which a payer paid less, or with a negative amount more, than was charged. */
export interface Adjustment {
  readonly group: (typeof ADJUSTMENT_GROUPS)[number];
  readonly reason: string;
  readonly amount: Cents;
}

const WRITTEN = /^(CO|OA|PI|PR) ([A-Z0-9]{1,5}) (-?[1-9]\d{0,9})$/;

/** As it stands in a list of the bag: `PR 3 2000`, the amount in cents. */
export const writeAdjustment = ({ group, reason, amount }: Adjustment): string => `${group} ${reason} ${amount}`;

/** Reads an entry of such a list; undefined for anything else, so that nothing is guessed at. */
export const readAdjustment = (entry: string): Adjustment | undefined => {
  const [, written, reason, digits] = WRITTEN.exec(entry) ?? [];
  const group = ADJUSTMENT_GROUPS.find((one) => one === written);
  const amount = Number(digits);
  return group === undefined || reason === undefined || !isCents(amount) ? undefined : { group, reason, amount };
};
