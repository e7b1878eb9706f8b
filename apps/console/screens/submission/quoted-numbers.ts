import type { DisclosureDetail } from '#libs/contracts';

type Answer = DisclosureDetail['answers'][number];

export interface QuotedNumbers {
  /** Ours, as the insurer was told it. */
  readonly ours: string | undefined;
  readonly clearinghouse: string | undefined;
  /** The insurer's own; it knows the claim by no other. */
  readonly payer: string | undefined;
  readonly interchange: string | undefined;
  /** Which one to say first on the phone. */
  readonly quote: 'payer' | 'ours' | undefined;
}

const lastOf = (answers: readonly Answer[], layer: Answer['layer']): string | undefined =>
  answers.flatMap((answer) => (answer.layer === layer ? (answer.payerClaimNumber ?? []) : [])).at(-1);

/** Three numbers that are easily taken for each other, and which of them to quote. */
export const quotedNumbers = ({
  answers,
  transmission,
}: Pick<DisclosureDetail, 'answers' | 'transmission'>): QuotedNumbers => {
  const payer = lastOf(answers, 'insurer');
  const ours = transmission?.patientControlNumber ?? transmission?.reference;
  return {
    ...{ ours, payer, clearinghouse: lastOf(answers, 'clearinghouse') },
    interchange: transmission?.interchangeControlNumber,
    quote: payer !== undefined ? 'payer' : ours !== undefined ? 'ours' : undefined,
  };
};
