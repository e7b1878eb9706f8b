import { createHash } from 'node:crypto';
import { acknowledge } from './acknowledgement-999.js';
import type { Claim } from './claim-reading.js';
import { byProvider, type ClaimVerdict, reportStatus, statusGroup } from './claim-status-277.js';
import type { InsurerProfile } from './insurer-profile.js';
import { reviewInterchange, type ReviewedInterchange } from './interchange-review.js';
import type { LedgerEntry } from './ledger-row.js';
import { type Payment, pay, reverse } from './payment.js';
import { remit, remittanceGroup } from './remittance-835.js';
import { decideReport, type Decision, sessionsRequested } from './report-review.js';
import { type Answering, writeInterchange, writeTa1, type Written, type WrittenGroup } from './x12-writing.js';

export interface Answer {
  readonly mediaType: 'application/edi-x12' | 'application/json';
  readonly body: Buffer;
}

/** What answering needs beside the row: all of it is in the ledger and the profile, so that answers never change. */
export interface AnswerSource {
  readonly profile: InsurerProfile;
  /** Whoever brought it, if that was a clearinghouse. */
  readonly clearinghouse?: { readonly name: string; readonly id: string };
  readonly body: Buffer;
  /** The payment that the insurer made under one of its own claim numbers. */
  readonly earlier: (payerClaimNumber: string) => Payment | undefined;
}

/** At most TA1, 999, two 277CA (of a clearinghouse and of the payer) and 835 answer one interchange. */
const ANSWERS_PER_ROW = 5;
const CONTROL_NUMBERS = 999_999_999;

const x12 = (text: string): Answer => ({ mediaType: 'application/edi-x12', body: Buffer.from(text, 'latin1') });
const json = (value: unknown): Answer => ({
  mediaType: 'application/json',
  body: Buffer.from(JSON.stringify(value), 'utf8'),
});

const answering = (entry: LedgerEntry, index: number, review: ReviewedInterchange): Answering => ({
  header: review.interchange.header,
  delimiters: review.interchange.delimiters,
  control: ((entry.seq * ANSWERS_PER_ROW + index) % CONTROL_NUMBERS) + 1,
  at: Date.parse(entry.at),
});

const verdictsOf = (entry: LedgerEntry, claims: readonly Claim[]): readonly ClaimVerdict[] =>
  claims.map((claim, index) => {
    const { finding, payerClaimNumber } = entry.claims[index] ?? {};
    return {
      claim,
      ...(finding === undefined ? {} : { finding }),
      ...(payerClaimNumber === undefined ? {} : { payerClaimNumber }),
    };
  });

/** A void takes the earlier payment back; a replacement takes it back and pays anew; each keeps line with its claim. */
const paymentsFor = (verdict: ClaimVerdict, entry: LedgerEntry, source: AnswerSource): readonly Payment[] => {
  const { claim, payerClaimNumber } = verdict;
  if (payerClaimNumber === undefined) return [];
  const denied = entry.terms.style === 'deny';
  const anew = pay(claim, payerClaimNumber, { denied, paidPercent: entry.terms.paidPercent });
  const earlier = claim.original === undefined ? undefined : source.earlier(claim.original);
  const back = earlier === undefined ? [] : [reverse(earlier)];
  return claim.frequency === '8' ? back : [...back, anew];
};

/** Numbers one kind of answer within a row: `S7-1`, `S7-2`. */
const tracer = (entry: LedgerEntry, kind: 'S' | 'C'): (() => string) => {
  let number = 0;
  return () => `${kind}${entry.seq}-${++number}`;
};

const claimAnswers = (entry: LedgerEntry, source: AnswerSource): readonly Answer[] => {
  const reviewed = reviewInterchange(source.body, source.profile.receiverId);
  if (!reviewed.ok) return [];
  const review = reviewed.value;
  const { name, payerId } = source.profile;
  const head = { payer: { name, payerId }, at: Date.parse(entry.at) };
  if (entry.outcome === 'same-interchange') return [x12(writeTa1(answering(entry, 0, review), '025'))];
  if (review.note !== '000') return [x12(writeTa1(answering(entry, 0, review), review.note))];
  const answers: Answer[] = [];
  if (review.interchange.header.wantsAcknowledgement) answers.push(x12(writeTa1(answering(entry, 0, review), '000')));
  answers.push(x12(writeInterchange(answering(entry, 1, review), acknowledge(review.groups))));

  if (source.clearinghouse !== undefined) {
    const { clearinghouse } = source;
    const forwarded = review.groups.flatMap(({ group, sets }) => {
      const reports = sets.flatMap(({ batch }) =>
        batch === undefined
          ? []
          : [
              reportStatus(
                { ...head, clearinghouse, trace: `F${entry.seq}` },
                batch,
                batch.claims.map((claim) => ({ claim })),
              ),
            ],
      );
      return reports.length > 0 ? [statusGroup(group, reports)] : [];
    });
    answers.push(x12(writeInterchange(answering(entry, 4, review), forwarded)));
  }

  const [statusTrace, chequeNumber] = [tracer(entry, 'S'), tracer(entry, 'C')];
  const verdicts = new Map(verdictsOf(entry, review.claims).map((verdict) => [verdict.claim, verdict]));
  const statuses: WrittenGroup[] = [];
  const remittances: WrittenGroup[] = [];
  for (const { group, sets } of review.groups) {
    const reports: (readonly Written[])[] = [];
    const payments: Payment[] = [];
    for (const { batch } of sets) {
      if (batch === undefined) continue;
      const own = batch.claims.flatMap((claim) => verdicts.get(claim) ?? []);
      reports.push(reportStatus({ ...head, trace: statusTrace() }, batch, own));
      payments.push(...own.flatMap((verdict) => paymentsFor(verdict, entry, source)));
    }
    if (reports.length > 0) statuses.push(statusGroup(group, reports));
    const cheques = byProvider(payments).map((own) => remit({ ...head, trace: chequeNumber() }, own));
    if (cheques.length > 0) remittances.push(remittanceGroup(group, cheques));
  }
  if (statuses.length > 0) answers.push(x12(writeInterchange(answering(entry, 2, review), statuses)));
  if (remittances.length > 0) answers.push(x12(writeInterchange(answering(entry, 3, review), remittances)));
  return answers;
};

const decisionOf = (entry: LedgerEntry): Decision => {
  switch (entry.terms.style) {
    case 'deny':
      return 'denied';
    case 'over-ask':
      return 'pended';
    case 'pay':
    case 'nonsense':
    case 'none':
      return entry.terms.decision;
  }
};

const reportAnswer = (entry: LedgerEntry, source: AnswerSource): Answer =>
  json(
    decideReport({
      reference: entry.reference ?? '',
      decision: decisionOf(entry),
      missing: entry.terms.missing,
      sessions: sessionsRequested(source.body),
      at: Date.parse(entry.at),
      authorizationNumber: `AUTH${String(entry.seq).padStart(8, '0')}`,
    }),
  );

/** All answers to one arrival, in the order in which an insurer gives them. The same row gives the same bytes. */
export const answersTo = (entry: LedgerEntry, source: AnswerSource): readonly Answer[] => {
  if (entry.terms.style === 'none') return [];
  if (entry.outcome !== 'taken' && entry.outcome !== 'same-interchange') return [];
  if (entry.terms.style === 'nonsense') return [x12('<html><body><h1>It works!</h1></body></html>')];
  switch (entry.path) {
    case 'claims':
      return claimAnswers(entry, source);
    case 'treatment-reports':
      return [reportAnswer(entry, source)];
    case 'statements':
      return [json({ kind: 'statement-received', reference: entry.reference ?? '' })];
  }
};

/** Names an answer for ever, and says nothing about what is in it. */
export const answerId = (entry: LedgerEntry, index: number): string =>
  createHash('sha256').update(`${entry.insurer}|${entry.receipt}|${index}`).digest('hex').slice(0, 24);
