import { decide } from '#libs/release';
import { decidingAnswer, kindsOf, nextStep, shownStatus, type ShownStatus } from '#libs/disclosure';
import { type DisclosureId, failed, type Issue, issue, ok, type Result } from '#libs/kernel';
import { treatingIn } from '../clients/reach.js';
import { type Dossier, dossierOf, loadAccepted, offeredBy } from '../dossier/dossier.js';
import { editDocument } from '../intake/edit-document.js';
import { disclose, judge } from '../judgement/judge.js';
import { emptyAuthority } from '../judgement/standing.js';
import { storedDecision } from '../judgement/store-decision.js';
import {
  type AnswerRecord,
  type DisclosureRecord,
  isVoid,
  type StoredDecision,
  type TransmissionRecord,
} from '../ports/records.js';
import type { Services } from '../ports/services.js';
import type { Page, DisclosureFilter, PageRequest, PracticeContext, Transaction } from '../ports/store.js';
import { rulesetOf } from '../rules/rule-book.js';
import { basisOf, type DecisionBasis } from './decision-basis.js';
import { type DisclosureView, type ToPractice, viewOf } from './disclosure-view.js';

/** A disclosure as lists show it: ids, codes, states. */
export interface DisclosureSummary extends DisclosureRecord {
  readonly status: ShownStatus;
  readonly nextStep: string;
  readonly answers: readonly AnswerRecord[];
}

export interface DisclosureExplanation {
  readonly summary: DisclosureSummary;
  readonly shown: ToPractice<DisclosureView>;
  readonly basis: DecisionBasis;
  /** What the edits find: now in what waits, and as of that decision in what went. */
  readonly warnings: readonly Issue[];
  readonly decidedAt: number;
  /** The stored decision, taken again from its stored inputs, says the same. */
  readonly replays: boolean;
  readonly transmission?: {
    readonly digest: string;
    readonly contentDigest: string;
    readonly attempts: number;
    readonly reference: string;
    readonly mediaType: string;
    readonly interchangeControlNumber?: string;
    readonly patientControlNumber?: string;
  };
}

export const summaryOf = (record: DisclosureRecord, answers: readonly AnswerRecord[]): DisclosureSummary => {
  const kinds = kindsOf(answers);
  const answered = shownStatus(record.state, kinds);
  const answer = decidingAnswer(kinds);
  const status = isVoid(record) && answered === 'accepted' ? 'voided' : answered;
  const { cause, curer } = record;
  return {
    ...record,
    status,
    answers,
    nextStep: nextStep({
      status,
      ...(cause ? { cause } : {}),
      ...(curer ? { curer } : {}),
      ...(answer ? { answer } : {}),
    }),
  };
};

export const listDisclosures = (
  services: Services,
  context: PracticeContext,
  request: { readonly filter: DisclosureFilter; readonly page: PageRequest },
): Promise<Page<DisclosureSummary>> =>
  services.store.inPractice(context, async (transaction) => {
    const page = await transaction.disclosures.page(request.filter, request.page);
    const answers = await transaction.answers.of(page.rows.map((one) => one.id));
    return { ...page, rows: page.rows.map((one) => summaryOf(one, answers.get(one.id) ?? [])) };
  });

const latest = (decisions: readonly StoredDecision[]): StoredDecision | undefined =>
  [...decisions].sort((one, other) => one.takenAt - other.takenAt).at(-1);

const transmissionView = (transmission: TransmissionRecord) => {
  const { digest, contentDigest, attempts, reference, mediaType, interchange } = transmission;
  const numbers = interchange
    ? {
        interchangeControlNumber: interchange.interchangeControlNumber,
        patientControlNumber: interchange.patientControlNumber,
      }
    : {};
  return { digest, contentDigest, attempts, reference, mediaType, ...numbers };
};

const replays = async (services: Services, transaction: Transaction, stored: StoredDecision): Promise<boolean> => {
  const current = rulesetOf(services.book, await transaction.practice.choices());
  if (current.digest !== stored.decision.rulesetDigest) return false;
  const again = decide(stored.request, stored.authority, current);
  return JSON.stringify(again) === JSON.stringify(stored.decision);
};

/** What is ready and has not been decided for sending yet is explained as INTENT would decide at this moment. */
const decidedNow = async (
  services: Services,
  transaction: Transaction,
  about: { readonly record: DisclosureRecord; readonly dossier: Dossier },
): Promise<StoredDecision> => {
  const { record, dossier } = about;
  const { client, id: disclosure } = record;
  const authority = (await transaction.authority.read([client])).get(client) ?? emptyAuthority(client);
  const ruleset = rulesetOf(services.book, await transaction.practice.choices());
  const judged = judge(dossier, record, { authority, ruleset, now: transaction.now });
  return storedDecision(judged, authority, { id: services.ids.uuid(), disclosure, takenAt: transaction.now });
};

/** With the client as recorded when it was decided on: what went is told as it went. */
const asOf = async (transaction: Transaction, dossier: Dossier, revision: number): Promise<Dossier> => {
  const { client } = dossier;
  if (client.revision === revision) return dossier;
  const identity = await transaction.clients.identityAt(client.id, revision);
  return identity === undefined ? dossier : { ...dossier, client: { ...client, identity, revision } };
};

/** Why a disclosure is where it is: the last decision about it, field by field, with the values for those who may see them. */
export const explainDisclosureIn = async (
  services: Services,
  transaction: Transaction,
  id: DisclosureId,
): Promise<Result<DisclosureExplanation>> => {
  const record = (await transaction.disclosures.byIds([id])).get(id);
  if (record === undefined) return failed(issue('not_found', ''));
  const document = (await transaction.documents.byIds([record.document])).get(record.document);
  if (document === undefined) return failed(issue('not_found', ''));
  const present = dossierOf((await loadAccepted(transaction, [{ document, lane: record.lane }]))[0]);
  const stored =
    latest(await transaction.disclosures.decisions(id)) ??
    (await decidedNow(services, transaction, { record, dossier: present }));
  const transmission = (await transaction.transmissions.ofDisclosures([id])).get(id);
  const dossier = transmission ? await asOf(transaction, present, stored.clientRevision) : present;
  const key = (await transaction.clients.keys([record.client])).get(record.client);
  const offered = offeredBy(dossier);
  const judged = { bag: offered.bag, request: stored.request, decision: stored.decision, about: offered.aboutDates[0] };
  const disclosed =
    key && stored.decision.outcome === 'send' ? disclose(judged, record.format, key.digestSalt) : undefined;
  const answers = (await transaction.answers.of([id])).get(id) ?? [];
  const treating = await treatingIn(transaction, document.content);
  const { options, state, correction } = record;
  const standing = { options, state, ...(correction ? { correction } : {}) };
  return ok({
    summary: summaryOf(record, answers),
    shown: viewOf(stored.decision, offered.bag, disclosed?.ok ? disclosed.value : undefined),
    basis: basisOf({ dossier, judged, authority: stored.authority, ...standing, treating }),
    warnings: editDocument(dossier, transmission ? stored.takenAt : transaction.now),
    decidedAt: stored.takenAt,
    replays: await replays(services, transaction, stored),
    ...(transmission ? { transmission: transmissionView(transmission) } : {}),
  });
};

export const explainDisclosure = (
  services: Services,
  context: PracticeContext,
  id: DisclosureId,
): Promise<Result<DisclosureExplanation>> =>
  services.store.inPractice(context, (transaction) => explainDisclosureIn(services, transaction, id));
