import type { AnswerKind } from '#libs/disclosure';
import { unreachable } from '#libs/kernel';
import type { Answer } from '#libs/x12';
import type { AnswerDetail } from '../ports/records.js';
import { type Remitted, remittedIn } from './adjudication-of.js';

/** What an answer is about, and what it says: one entry for each claim, set or interchange that it names. */
export interface Heard {
  readonly about: {
    readonly kind: 'interchange' | 'group' | 'patient-control' | 'batch' | 'reference';
    readonly value: string;
    /** Of a group: one of its sets, or all but those that are told by themselves. */
    readonly sets?: { readonly only: string } | { readonly except: readonly string[] };
  };
  readonly kind: AnswerKind;
  /** Who says it, where the answer itself tells: whoever sends it on need not be who says it. */
  readonly by?: 'insurer' | 'clearinghouse';
  readonly detail: AnswerDetail;
  /** From a remittance: all that a next payer must be told of. */
  readonly remitted?: Remitted;
}

/** All that an answer says, and codes of what a person must look at in it. */
export interface Reading {
  readonly heard: readonly Heard[];
  readonly doubts: readonly string[];
}

type Claim835 = Extract<Answer, { kind: '835' }>['claims'][number];
type Claim277 = Extract<Answer, { kind: '277CA' }>['claims'][number];

const adjustmentsOf = (claim: Claim835): Claim835['adjustments'] => [
  ...claim.adjustments,
  ...claim.lines.flatMap((line) => line.adjustments),
];

/** Deductible, coinsurance and copayment: the claim is settled, and the client bears it. */
const isClientsShare = ({ group, reason }: Claim835['adjustments'][number]): boolean =>
  group === 'PR' && ['1', '2', '3'].includes(reason);

/** Beyond what the contract allows, or kept back by law from every payment. */
const isAgreed = ({ group, reason }: Claim835['adjustments'][number]): boolean =>
  group === 'CO' && ['45', '253'].includes(reason);

/** Nothing was paid because the client's share was all of what is allowed. */
const isAllClients = (claim: Claim835): boolean => {
  const adjustments = adjustmentsOf(claim);
  return adjustments.some(isClientsShare) && adjustments.every((one) => isClientsShare(one) || isAgreed(one));
};

const remitted = (claim: Claim835): AnswerKind => {
  switch (claim.statusCode) {
    case '1':
    case '2':
    case '3':
    case '19':
    case '20':
    case '21':
      if (claim.paid <= 0) return claim.paid === 0 && isAllClients(claim) ? 'paid' : 'denied';
      return claim.paid < claim.charge ? 'partly-paid' : 'paid';
    case '4':
      return 'denied';
    case '23':
      return 'forwarded';
    case '22':
      return 'reversed';
    case '25':
      return 'forwarded';
    default:
      return unreachable(claim.statusCode);
  }
};

/** What a payer before this one did with the charge (CARC 23), told by one that came second. */
const isOfPriorPayer = ({ group, reason }: Claim835['adjustments'][number]): boolean =>
  group === 'OA' && reason === '23';

/** Paid as agreed is paid: what contract, client and a payer before this one bear is no refusal. */
const settled = (claim: Claim835): AnswerKind => {
  const kind = remitted(claim);
  if (kind !== 'partly-paid') return kind;
  return adjustmentsOf(claim).every((one) => isAgreed(one) || one.group === 'PR' || isOfPriorPayer(one))
    ? 'paid'
    : 'partly-paid';
};

/** What the payer itself sent on to the next one, whatever it paid (CLP02 19 to 21: as 1 to 3, and forwarded). */
const FORWARDED: readonly Claim835['statusCode'][] = ['19', '20', '21'];

const amountsOf = (answer: Extract<Answer, { kind: '835' }>, claim: Claim835): AnswerDetail => ({
  payerClaimNumber: claim.payerClaimNumber,
  charge: claim.charge,
  paid: claim.paid,
  traceNumber: answer.trace,
  codes: adjustmentsOf(claim).map((one) => `${one.group}-${one.reason}`),
  ...(claim.patientResponsibility === undefined ? {} : { clientShare: claim.patientResponsibility }),
});

/** A remittance of which any sum does not agree settles no claim: which of its amounts is wrong it does not say. */
const ofRemittance = (answer: Extract<Answer, { kind: '835' }>): readonly Heard[] =>
  answer.claims.flatMap((claim): readonly Heard[] => {
    const about = { kind: 'patient-control', value: claim.patientControlNumber } as const;
    const detail = amountsOf(answer, claim);
    const by = 'insurer';
    if (answer.imbalances.length > 0) return [{ about, kind: 'remittance-unbalanced', by, detail }];
    const told = remittedIn(answer, claim);
    const decided: Heard = { about, kind: settled(claim), by, detail, ...(told ? { remitted: told } : {}) };
    // After what it paid, so that this is its last word on who tells the next payer.
    return FORWARDED.includes(claim.statusCode)
      ? [decided, { about, kind: 'forwarded', by, detail: { traceNumber: answer.trace } }]
      : [decided];
  });

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
