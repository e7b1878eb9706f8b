import type { DeliveryState } from './states.js';

/**
 * One thing that came back, as a closed word. The list of them is append-only, in order of arrival. What is `unbalanced`
 * (277CA, 835) names a claim of ours and does not add up: nothing that it says is taken over. `claim-received`: an insurer has a claim
 * (277CA A0, A1) and does not say yet that it will decide on it (A2, `claim-accepted`).
 */
export const ANSWER_KINDS = [
  'interchange-accepted',
  'interchange-rejected',
  'interchange-duplicate',
  'set-accepted',
  'set-rejected',
  'claim-received',
  'claim-accepted',
  'claim-rejected',
  'claim-unbalanced',
  'paid',
  'partly-paid',
  'denied',
  'reversed',
  'forwarded',
  'remittance-unbalanced',
  'report-approved',
  'report-modified',
  'report-pended',
  'report-denied',
  'statement-received',
  'unreadable',
] as const;

export type AnswerKind = (typeof ANSWER_KINDS)[number];

export const SHOWN_STATUSES = [
  'accepted',
  'rejected',
  'pended',
  'approved',
  'partly paid',
  'paid',
  'denied',
  'reversed',
  'voided',
] as const;

export type ShownStatus = DeliveryState | (typeof SHOWN_STATUSES)[number];

const RANK: Readonly<Record<AnswerKind, number>> = {
  unreadable: 0,
  'interchange-duplicate': 0,
  'interchange-accepted': 1,
  'set-accepted': 2,
  'interchange-rejected': 3,
  'set-rejected': 3,
  'claim-received': 4,
  'statement-received': 5,
  'claim-accepted': 5,
  'claim-rejected': 5,
  'claim-unbalanced': 5,
  forwarded: 5,
  'report-pended': 5,
  'report-approved': 6,
  'report-modified': 6,
  'report-denied': 6,
  // Above what came before the money, and below every remittance that adds up.
  'remittance-unbalanced': 6,
  paid: 7,
  'partly-paid': 7,
  denied: 7,
  reversed: 7,
};

const SHOWN: Readonly<Partial<Record<AnswerKind, ShownStatus>>> = {
  'interchange-rejected': 'rejected',
  'set-rejected': 'rejected',
  'claim-rejected': 'rejected',
  'claim-accepted': 'accepted',
  'statement-received': 'accepted',
  forwarded: 'pended',
  'claim-unbalanced': 'pended',
  'remittance-unbalanced': 'pended',
  'report-pended': 'pended',
  'report-approved': 'approved',
  'report-modified': 'approved',
  'report-denied': 'denied',
  paid: 'paid',
  'partly-paid': 'partly paid',
  denied: 'denied',
  reversed: 'reversed',
};

/** What one answer makes people see; nothing where it says too little. */
export const shownAs = (kind: AnswerKind): ShownStatus | undefined => SHOWN[kind];

/** The answer of the deepest layer that has spoken, and among equals the last. What shows is deeper than what does not. */
export const decidingAnswer = (answers: readonly AnswerKind[]): AnswerKind | undefined =>
  answers.reduce<AnswerKind | undefined>(
    (best, answer) => (best === undefined || RANK[answer] >= RANK[best] ? answer : best),
    undefined,
  );

/**
 * What people see: the answer of the deepest layer that has spoken, and among equals the last. An early acceptance never
 * covers a later layer's refusal, whatever the order in which they came in.
 */
export const shownStatus = (state: DeliveryState, answers: readonly AnswerKind[]): ShownStatus => {
  if (state !== 'sent' && state !== 'received') return state;
  const deciding = decidingAnswer(answers);
  return deciding === undefined ? state : (SHOWN[deciding] ?? state);
};

/**
 * What a list of answers tells of the insurer. That a clearinghouse took a claim is not that the insurer did, so it is
 * left out; that it turned a claim away keeps it from the insurer, until the insurer itself says otherwise.
 */
export const kindsOf = (
  answers: readonly { readonly kind: AnswerKind; readonly layer?: 'clearinghouse' }[],
): readonly AnswerKind[] =>
  answers.flatMap(({ kind, layer }) => {
    if (layer === undefined) return [kind];
    if (kind === 'claim-rejected') return ['set-rejected'];
    return kind === 'claim-accepted' ? [] : [kind];
  });
