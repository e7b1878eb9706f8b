import type { AnswerKind } from '#libs/disclosure';
import { unreachable } from '#libs/kernel';
import type { Answer } from '#libs/x12';
import type { Heard } from './heard.js';
import { ofRemittance } from './of-remittance.js';

/** All that an answer says, and codes of what a person must look at in it. */
export interface Reading {
  readonly heard: readonly Heard[];
  readonly doubts: readonly string[];
}

type Claim277 = Extract<Answer, { kind: '277CA' }>['claims'][number];

/** Taken into adjudication. What was only received (A1) or sent on (A0) may still be turned away. */
const TAKEN = 'A2';

/**
 * Totals that are not those of the claims listed mean that some claim is missing, or told of wrongly. A clearinghouse
 * accepts by sending on.
 */
const acknowledged = (
  { action, statuses }: Claim277,
  { imbalances }: Extract<Answer, { kind: '277CA' }>,
  by: NonNullable<Heard['by']>,
): AnswerKind => {
  if (imbalances.length > 0) return 'claim-unbalanced';
  if (action !== 'WQ') return 'claim-rejected';
  return by === 'clearinghouse' || statuses.some(({ category }) => category === TAKEN)
    ? 'claim-accepted'
    : 'claim-received';
};

const ofAcknowledgedClaim = (
  claim: Claim277,
  answer: Extract<Answer, { kind: '277CA' }>,
  by: NonNullable<Heard['by']>,
): Heard => ({
  by,
  about: { kind: 'patient-control', value: claim.patientControlNumber },
  kind: acknowledged(claim, answer, by),
  detail: {
    codes: claim.statuses.map((one) => `${one.category}:${one.status}`),
    ...(claim.payerClaimNumber ? { payerClaimNumber: claim.payerClaimNumber } : {}),
  },
});

/** A batch, or all of its provider, that was turned away without a word of its claims: none of them was taken. */
const ofRefusedBatch = (
  { batchReference, batch, providers }: Extract<Answer, { kind: '277CA' }>,
  by: NonNullable<Heard['by']>,
): readonly Heard[] => {
  const refusals = [batch, ...providers].filter(({ action }) => action === 'U');
  if (refusals.length === 0) return [];
  return [
    {
      about: { kind: 'batch', value: batchReference },
      kind: 'claim-rejected',
      by,
      detail: { codes: refusals.map((one) => `${one.category}:${one.status}`) },
    },
  ];
};

const DUPLICATE_INTERCHANGE = '025';

const isTaken = (code: string): boolean => code === 'A' || code === 'E';

/**
 * A group that is taken or turned away as a whole says it of all its sets. One that is taken in part says it of each set
 * that it lists; those that it leaves out were taken.
 */
const ofGroup = (answer: Extract<Answer, { kind: '999' }>): readonly Heard[] => {
  const { groupControlNumber: value, transactions, code, errors } = answer;
  const about = { kind: 'group', value } as const;
  if (code !== 'P' || transactions.length === 0)
    return [{ about, kind: isTaken(code) ? 'set-accepted' : 'set-rejected', detail: { codes: [code, ...errors] } }];
  return [
    ...transactions.map((set): Heard => ({
      about: { ...about, sets: { only: set.setControlNumber } },
      kind: isTaken(set.code) ? 'set-accepted' : 'set-rejected',
      detail: { codes: [set.code, ...set.errors] },
    })),
    {
      about: { ...about, sets: { except: transactions.map(({ setControlNumber }) => setControlNumber) } },
      kind: 'set-accepted',
      detail: { codes: ['A'] },
    },
  ];
};

/** What one X12 answer says of single transmissions. A group that is taken says it of its sets. */
const saidBy = (answer: Answer): readonly Heard[] => {
  switch (answer.kind) {
    case 'TA1': {
      const kind: AnswerKind =
        answer.code !== 'R'
          ? 'interchange-accepted'
          : answer.note === DUPLICATE_INTERCHANGE
            ? 'interchange-duplicate'
            : 'interchange-rejected';
      return [
        {
          about: { kind: 'interchange', value: answer.interchangeControlNumber },
          kind,
          detail: { codes: [answer.note] },
        },
      ];
    }
    case '999': {
      return ofGroup(answer);
    }
    case '277CA': {
      const by = answer.informationSource.role === 'AY' ? 'clearinghouse' : 'insurer';
      return answer.claims.length === 0
        ? ofRefusedBatch(answer, by)
        : answer.claims.map((claim) => ofAcknowledgedClaim(claim, answer, by));
    }
    case '835':
      return ofRemittance(answer);
    default:
      return unreachable(answer);
  }
};

const isUnbalanced = (answer: Answer): boolean => 'imbalances' in answer && answer.imbalances.length > 0;

/**
 * Reads one X12 answer. In doubt is what does not add up (`x12_unbalanced`), and what speaks of no claim at all
 * (`answer_says_nothing`): a payment without claims, a batch that was taken without a word of what is in it.
 */
export const heardIn = (answer: Answer): Reading => {
  const heard = saidBy(answer);
  return {
    heard,
    doubts: [
      ...(isUnbalanced(answer) ? ['x12_unbalanced'] : []),
      ...(heard.length === 0 ? ['answer_says_nothing'] : []),
    ],
  };
};
