import type { FormatId } from '#libs/catalogue';
import { nextStep } from '#libs/disclosure';
import {
  type ClientId,
  type DisclosureId,
  type DocumentId,
  failed,
  type InsurerId,
  issue,
  type Issue,
  ok,
  type Result,
} from '#libs/kernel';
import type { Authority, Ruleset } from '#libs/release';
import { type Corrected, submittedCorrections } from '../corrections/submitted-corrections.js';
import { type Dossier, loadDossiers } from '../dossier/dossier.js';
import { ledgerOf } from '../judgement/describe-decision.js';
import { judge } from '../judgement/judge.js';
import { emptyAuthority, placementOf } from '../judgement/standing.js';
import { storedDecision } from '../judgement/store-decision.js';
import type { DisclosureRecord, DocumentRecord, LaneRecord, StoredDecision } from '../ports/records.js';
import type { Services } from '../ports/services.js';
import type { Transaction } from '../ports/store.js';
import { rulesetOf } from '../rules/rule-book.js';
import { checkSubmission, type Found, optionsFor } from './check-submission.js';
import { purposeOf, serviceIndexes } from './edit-document.js';
import { listedFactsOf } from './listed-facts.js';
import { type Intake, remember, replays } from './kept-answers.js';
import type { Accepted, Submission } from './submission.js';

/** The answer to a submission without a key. */
const ACCEPTED_STATUS = 202;

interface Ready {
  readonly index: number;
  readonly dossier: Dossier;
  readonly format: FormatId;
  readonly document: DocumentRecord;
  readonly services: readonly string[];
  readonly warnings: readonly Issue[];
  readonly corrected?: Corrected;
}

const toAdd = ({ document, services, corrected }: Ready) => ({
  document,
  services,
  ...(corrected === undefined ? {} : { shares: corrected.shares }),
});

/** Of requests under one key that came in one breath the first is worked off; the others are told to ask again. */
const sameBreath = (submissions: readonly Submission[]): ReadonlyMap<number, Result<Intake>> => {
  const first = new Map<string, number>();
  return new Map(
    submissions.flatMap(({ idempotency }, index) => {
      if (idempotency === undefined) return [];
      const name = JSON.stringify([idempotency.principal, idempotency.route, idempotency.key]);
      if (!first.has(name)) first.set(name, index);
      return first.get(name) === index ? [] : [[index, failed(issue('idempotency_in_progress', 'Idempotency-Key'))]];
    }),
  );
};

/**
 * Accepts many documents of one practice in one transaction: idempotency, edits, duplicate services, the decision of the
 * moment, document, disclosure, outbox and ledger. One that is refused does not touch its neighbours.
 */
export const acceptDocuments = async (
  services: Services,
  transaction: Transaction,
  submissions: readonly Submission[],
): Promise<readonly Result<Intake>[]> => {
  const [replayed, dossiers] = await Promise.all([
    replays(transaction, submissions),
    loadDossiers(
      transaction,
      submissions.map(({ content }) => content),
    ),
  ]);
  const results = new Map<number, Result<Intake>>([...sameBreath(submissions), ...replayed]);
  const open = submissions.flatMap((submission, index) => (results.has(index) ? [] : [{ submission, index }]));
  const corrected = await submittedCorrections(transaction, open);
  const ready: Ready[] = [];
  open.forEach(({ submission, index }) => {
    const prepared = prepare(services, {
      ...{ submission, index, dossier: dossiers[index], now: transaction.now },
      corrected: corrected.get(index),
    });
    if (prepared.ok) ready.push(prepared.value);
    else results.set(index, prepared);
  });
  const [added, standing] = await Promise.all([
    transaction.documents.add(ready.filter(({ corrected: claim }) => claim?.document === undefined).map(toAdd)),
    standingOf(services, transaction, ready),
  ]);
  const duplicates = new Set(added);
  for (const one of ready)
    if (duplicates.has(one.document.id)) results.set(one.index, failed(issue('duplicate_service', '/lines')));
  const fresh = ready.filter((one) => !duplicates.has(one.document.id));
  const disclosed = disclose(services, transaction, { fresh, submissions, standing });
  for (const [index, accepted] of disclosed.accepted)
    results.set(
      index,
      ok({ kind: 'new', accepted, status: submissions[index]?.idempotency?.status ?? ACCEPTED_STATUS }),
    );
  await Promise.all([
    transaction.disclosures.add(disclosed.records),
    transaction.disclosures.saveDecisions(disclosed.decisions),
    remember(transaction, submissions, results),
  ]);
  return submissions.map((_submission, index) => results.get(index) ?? failed(issue('not_accepted', '')));
};

const prepare = (
  services: Services,
  from: Found & { readonly submission: Submission; readonly index: number },
): Result<Ready> => {
  const { submission, index, now } = from;
  const checked = checkSubmission(from);
  if (!checked.ok) return checked;
  const { dossier, format, warnings, corrected } = checked.value;
  if (corrected?.document !== undefined)
    return ok({ index, dossier, format, document: corrected.document, services: [], warnings, corrected });
  const document: DocumentRecord = {
    id: services.ids.uuid() as DocumentId,
    client: dossier.client.id,
    content: submission.content,
    createdBy: submission.context.actor,
    createdAt: now,
  };
  const indexes = serviceIndexes(dossier, services.keys);
  return ok({ index, dossier, format, document, services: indexes, warnings, ...(corrected ? { corrected } : {}) });
};

/** What documents are decided by at this moment. */
interface Standing {
  readonly authorities: ReadonlyMap<ClientId, Authority>;
  readonly ruleset: Ruleset;
  readonly lanes: ReadonlyMap<InsurerId, LaneRecord>;
  readonly now: number;
}

const standingOf = async (services: Services, transaction: Transaction, ready: readonly Ready[]): Promise<Standing> => {
  const clients = [...new Set(ready.map((one) => one.dossier.client.id))];
  // Held `FOR SHARE` before it is read: a release signed meanwhile waits, and then finds what is held here.
  const [, authorities, choices, lanes, now] = await Promise.all([
    transaction.authority.lockShared(clients),
    transaction.authority.read(clients),
    transaction.practice.choices(),
    transaction.lanes.ofInsurers([...new Set(ready.map((one) => one.dossier.insurer.id))]),
    transaction.clock(),
  ]);
  return { authorities, ruleset: rulesetOf(services.book, choices), lanes, now };
};

interface Disclosures {
  readonly accepted: readonly (readonly [number, Accepted])[];
  readonly records: readonly DisclosureRecord[];
  readonly decisions: readonly StoredDecision[];
}

const disclose = (
  services: Services,
  transaction: Transaction,
  work: {
    readonly fresh: readonly Ready[];
    readonly submissions: readonly Submission[];
    readonly standing: Standing;
  },
): Disclosures => {
  const { fresh, submissions } = work;
  const { authorities, ruleset, lanes, now } = work.standing;
  const records: DisclosureRecord[] = [];
  const decisions: StoredDecision[] = [];
  const accepted = fresh.map((one): readonly [number, Accepted] => {
    const { dossier, format, document, index, warnings, corrected } = one;
    const target = { purpose: purposeOf(format), format, options: optionsFor(corrected) };
    const authority = authorities.get(dossier.client.id) ?? emptyAuthority(dossier.client.id);
    const judged = judge(dossier, target, { authority, ruleset, now });
    const placement = placementOf(judged.decision);
    const id = services.ids.uuid() as DisclosureId;
    const lane = dossier.lane ?? lanes.get(dossier.insurer.id)?.id;
    if (lane === undefined) throw new Error('an insurer has no lane');
    records.push({
      id,
      document: document.id,
      client: dossier.client.id,
      insurer: dossier.insurer.id,
      lane,
      ...target,
      ...placement,
      attempts: 0,
      dueAt: now,
      createdAt: now,
      updatedAt: now,
      version: 1,
      listed: listedFactsOf(document.content, dossier.insurer),
      ...(corrected === undefined ? {} : { correction: corrected.correction }),
    });
    // Of what is ready nothing is kept yet: INTENT decides anew, and that decision is the one that counts.
    if (placement.state !== 'ready')
      decisions.push(storedDecision(judged, authority, { id: services.ids.uuid(), disclosure: id, takenAt: now }));
    const parties = { client: dossier.client.id, disclosure: id, insurer: dossier.insurer.id };
    const actor = submissions[index]?.context.actor ?? 'worker';
    transaction.ledger.record({ kind: 'accepted', actor, ...parties, subject: document.id, codes: [format] });
    if (corrected !== undefined)
      transaction.ledger.record({
        ...{ kind: 'correction-submitted', actor, ...parties, disclosure: corrected.record.id },
        ...{ subject: id, codes: [corrected.correction.kind] },
      });
    if (placement.state !== 'ready')
      transaction.ledger.record({ kind: placement.state, actor: 'sluice', ...parties, ...ledgerOf(judged.decision) });
    const { cause, curer } = placement;
    const step = nextStep({ status: placement.state, ...(curer ? { curer } : {}), ...(cause ? { cause } : {}) });
    return [
      index,
      {
        document: document.id,
        disclosure: id,
        insurer: dossier.insurer.id,
        format,
        purpose: target.purpose,
        status: placement.state,
        ...(cause ? { cause } : {}),
        ...(curer ? { curer } : {}),
        nextStep: step,
        warnings,
      },
    ];
  });
  return { accepted, records, decisions };
};
