import type { FormatId, Occurrence } from '#libs/catalogue';
import { type DisclosureId, failed, issue, ok, type ReleaseId, type Result, unreachable } from '#libs/kernel';
import { supersedeCorrected } from '../corrections/supersede-corrected.js';
import { placementOf } from '../judgement/standing.js';
import { judge } from '../judgement/judge.js';
import { type DisclosureOptions, type DisclosureRecord, isVoid } from '../ports/records.js';
import type { Services } from '../ports/services.js';
import type { PracticeContext, Transaction } from '../ports/store.js';
import { dossierOf, loadAccepted } from '../dossier/dossier.js';
import { emptyAuthority } from '../judgement/standing.js';
import { rulesetOf } from '../rules/rule-book.js';
import { allOrNothing } from '../idempotency/once.js';
import { purposeOf } from '../intake/edit-document.js';
import { storedDecision } from '../judgement/store-decision.js';
import { draftReleaseIn } from '../releases/draft-release.js';
import { amendmentFor } from './amendment.js';
import { billNoMore, billWithout } from './billed-services.js';
import { reconsider } from './reconsider.js';

/** What a person may do about a hold. Amending a release or a chart has its own calls; keeping it held needs none. */
export type Choice =
  /** Send with “withheld by client authorization” where the form has a place for it. */
  | { readonly kind: 'send-with-markers' }
  /** Take these lines out, to be billed otherwise. */
  | { readonly kind: 'exclude-lines'; readonly lines: readonly Occurrence[] }
  /** Send a smaller format that this insurer accepts; the held one is superseded. */
  | { readonly kind: 'smaller-format'; readonly format: FormatId }
  | { readonly kind: 'cancel' }
  /** Drafts a release of what is missing, to be signed by the client. */
  | { readonly kind: 'draft-amendment' }
  /** Somebody looked at it and leaves it. */
  | { readonly kind: 'keep-holding' }
  /** A parked one: the insurer says that it has it, perhaps under a reference. */
  | { readonly kind: 'insurer-has-it'; readonly reference?: string }
  /** A parked one: the insurer took nothing in; it is decided anew and may go again. */
  | { readonly kind: 'send-again' };

export interface ChoiceMade {
  readonly disclosure: DisclosureId;
  readonly state: DisclosureRecord['state'];
  /** The release that was drafted. */
  readonly release?: ReleaseId;
}

export interface ChoiceRequest {
  readonly disclosure: DisclosureId;
  readonly choice: Choice;
  /** Must still be the disclosure’s, where given. */
  readonly version?: number;
}

const OPEN: readonly DisclosureRecord['state'][] = ['held', 'blocked'];

/** Carries out a choice about a held disclosure, through the same gate as everything else. */
export const makeChoiceIn = async (
  services: Services,
  transaction: Transaction,
  request: ChoiceRequest & { readonly context: PracticeContext },
): Promise<Result<ChoiceMade>> => {
  const { context } = request;
  const record = (await transaction.disclosures.byIds([request.disclosure])).get(request.disclosure);
  if (record === undefined) return failed(issue('not_found', ''));
  if (request.version !== undefined && request.version !== record.version)
    return failed(issue('precondition_failed', ''));
  const { choice } = request;
  switch (choice.kind) {
    case 'cancel':
      return cancel(services, transaction, { context, record });
    case 'send-with-markers':
      return redecide(services, transaction, { context, record, options: { ...record.options, useMarkers: true } });
    case 'exclude-lines':
      if (isVoid(record)) return failed(issue('document_differs', '/lines'));
      return redecide(services, transaction, {
        context,
        record,
        options: { ...record.options, excludedLines: choice.lines },
      });
    case 'smaller-format':
      return replace(services, transaction, { context, record, format: choice.format });
    case 'draft-amendment':
      return amend(services, transaction, { context, record });
    case 'keep-holding':
      return keep(transaction, context, record);
    case 'insurer-has-it':
      return confirm(services, transaction, {
        context,
        record,
        ...(choice.reference === undefined ? {} : { reference: choice.reference }),
      });
    case 'send-again':
      return sendAgain(services, transaction, { context, record });
    default:
      return unreachable(choice);
  }
};

export const makeChoice = (
  services: Services,
  context: PracticeContext,
  request: ChoiceRequest,
): Promise<Result<ChoiceMade>> =>
  allOrNothing(services, context, (transaction) => makeChoiceIn(services, transaction, { ...request, context }));

const note = (
  transaction: Transaction,
  made: { readonly context: PracticeContext; readonly record: DisclosureRecord },
  code: string,
): void => {
  const { context, record } = made;
  transaction.ledger.record({
    kind: 'choice-made',
    actor: context.actor,
    client: record.client,
    disclosure: record.id,
    insurer: record.insurer,
    codes: [code],
  });
};

const cancel = async (
  services: Services,
  transaction: Transaction,
  change: { readonly context: PracticeContext; readonly record: DisclosureRecord },
): Promise<Result<ChoiceMade>> => {
  const { context, record } = change;
  // In the order of all locks: authority before disclosures.
  if (record.correction !== undefined) await transaction.authority.lockShared([record.client]);
  const moved = await transaction.disclosures
    .move([{ id: record.id, from: record.state, to: 'cancelled' }], undefined)
    .catch(() => []);
  if (moved.length === 0) return failed(issue('not_cancellable', '/state'));
  await billNoMore(transaction, record);
  transaction.ledger.record({
    kind: 'cancelled',
    actor: context.actor,
    client: record.client,
    disclosure: record.id,
    insurer: record.insurer,
  });
  // The claim that it would have corrected stands, and the next payer can be told again what was decided on it.
  if (record.correction !== undefined) await reconsider(services, transaction, [record.client]);
  return ok({ disclosure: record.id, state: 'cancelled' });
};

const redecide = async (
  services: Services,
  transaction: Transaction,
  change: { readonly context: PracticeContext; readonly record: DisclosureRecord; readonly options: DisclosureOptions },
): Promise<Result<ChoiceMade>> => {
  const { context, record, options } = change;
  if (!OPEN.includes(record.state)) return failed(issue('not_held', '/state'));
  // In the order of all locks: authority before disclosures.
  await transaction.authority.lockShared([record.client]);
  if (!(await transaction.disclosures.choose(record.id, options))) return failed(issue('not_held', '/state'));
  if (
    options.excludedLines !== record.options.excludedLines &&
    !(await billWithout(services, transaction, { record, excluded: options.excludedLines }))
  )
    return failed(issue('duplicate_service', '/lines'));
  note(transaction, { context, record }, options.useMarkers ? 'send-with-markers' : 'exclude-lines');
  const resumed = await reconsider(services, transaction, { disclosures: [record.id] });
  return ok({ disclosure: record.id, state: resumed.includes(record.id) ? 'ready' : record.state });
};

/** The same document to the same insurer in a smaller format: another disclosure, decided anew. */
const replace = async (
  services: Services,
  transaction: Transaction,
  change: { readonly context: PracticeContext; readonly record: DisclosureRecord; readonly format: FormatId },
): Promise<Result<ChoiceMade>> => {
  const { context, record, format } = change;
  if (!OPEN.includes(record.state)) return failed(issue('not_held', '/state'));
  const document = (await transaction.documents.byIds([record.document])).get(record.document);
  if (document === undefined) return failed(issue('not_found', ''));
  const dossier = dossierOf((await loadAccepted(transaction, [{ document, lane: record.lane }]))[0]);
  if ((document.content.kind === 'treatment-report') !== (format === 'treatment-report'))
    return failed(issue('format_not_for_document', '/format'));
  // Only a claim replaces or voids a claim.
  if (record.correction !== undefined) return failed(issue('format_not_accepted', '/format'));
  if (format === record.format || !dossier.insurer.profile.formats.includes(format))
    return failed(issue('format_not_accepted', '/format'));
  await transaction.authority.lockShared([record.client]);
  // It may have resumed, or somebody else may have chosen, since it was read: then there is nothing to put in its place.
  const left = await transaction.disclosures.move([{ id: record.id, from: record.state, to: 'superseded' }], undefined);
  if (left.length === 0) return failed(issue('not_held', '/state'));
  const authority =
    (await transaction.authority.read([record.client])).get(record.client) ?? emptyAuthority(record.client);
  const ruleset = rulesetOf(services.book, await transaction.practice.choices());
  const now = await transaction.clock();
  const target = {
    purpose: purposeOf(format),
    format,
    options: { useMarkers: false, excludedLines: record.options.excludedLines },
  };
  const judgement = judge(dossier, target, { authority, ruleset, now });
  const { cause: _cause, curer: _curer, ...kept } = record;
  const next: DisclosureRecord = {
    ...kept,
    ...target,
    ...placementOf(judgement.decision),
    id: services.ids.uuid() as DisclosureId,
    attempts: 0,
    dueAt: now,
    createdAt: now,
    updatedAt: now,
    version: 1,
  };
  await transaction.disclosures.add([next]);
  await transaction.disclosures.saveDecisions([
    storedDecision(judgement, authority, { id: services.ids.uuid(), disclosure: next.id, takenAt: now }),
  ]);
  note(transaction, { context, record }, 'smaller-format');
  transaction.ledger.record({
    kind: 'accepted',
    actor: context.actor,
    client: next.client,
    disclosure: next.id,
    insurer: next.insurer,
    subject: next.document,
    codes: [format],
  });
  return ok({ disclosure: next.id, state: next.state });
};

const amend = async (
  services: Services,
  transaction: Transaction,
  change: { readonly context: PracticeContext; readonly record: DisclosureRecord },
): Promise<Result<ChoiceMade>> => {
  const { context, record } = change;
  if (!OPEN.includes(record.state)) return failed(issue('not_held', '/state'));
  const draft = await amendmentFor(transaction, record);
  if (draft === undefined) return failed(issue('nothing_to_amend', '/choice'));
  const drafted = await draftReleaseIn(services, transaction, { context, client: record.client, draft });
  if (!drafted.ok) return drafted;
  note(transaction, { context, record }, 'draft-amendment');
  return ok({ disclosure: record.id, state: record.state, release: drafted.value.id });
};

const keep = (
  transaction: Transaction,
  context: PracticeContext,
  record: DisclosureRecord,
): Promise<Result<ChoiceMade>> => {
  if (!OPEN.includes(record.state)) return Promise.resolve(failed(issue('not_held', '/state')));
  note(transaction, { context, record }, 'keep-holding');
  return Promise.resolve(ok({ disclosure: record.id, state: record.state }));
};

/** The reference is kept with the answers, under the client's key; it proves receipt and says nothing of what the insurer decides. */
const confirm = async (
  services: Services,
  transaction: Transaction,
  change: { readonly context: PracticeContext; readonly record: DisclosureRecord; readonly reference?: string },
): Promise<Result<ChoiceMade>> => {
  const { context, record, reference } = change;
  if (record.state !== 'parked') return failed(issue('not_parked', '/state'));
  const moved = await transaction.disclosures.move([{ id: record.id, from: 'parked', to: 'received' }], undefined);
  if (moved.length === 0) return failed(issue('not_parked', '/state'));
  await supersedeCorrected(transaction, [record]);
  const transmission = (await transaction.transmissions.ofDisclosures([record.id])).get(record.id);
  if (transmission !== undefined && reference !== undefined) {
    await transaction.answers.add([
      {
        id: services.ids.uuid(),
        disclosure: record.id,
        transmission: transmission.transmission,
        kind: 'interchange-accepted',
        receivedAt: transaction.now,
        detail: { payerClaimNumber: reference },
      },
    ]);
  }
  note(transaction, { context, record }, 'insurer-has-it');
  return ok({ disclosure: record.id, state: 'received' });
};

/** A person found out that the insurer has nothing: the very same bytes may go, if what they tell may still be told. */
const resend = async (
  transaction: Transaction,
  change: { readonly context: PracticeContext; readonly record: DisclosureRecord },
): Promise<Result<ChoiceMade>> => {
  const { context, record } = change;
  const moved = await transaction.disclosures.move(
    [{ id: record.id, from: 'parked', to: 'sealed', dueAt: transaction.now }],
    undefined,
  );
  if (moved.length === 0) return failed(issue('not_parked', '/state'));
  await transaction.transmissions.disprove([record.id]);
  note(transaction, { context, record }, 'send-again');
  // What the insurer was asked about is the interchange: whoever shares it goes again as well, or nobody could.
  for (const { disclosures } of (await transaction.transmissions.companions([record.id])).values())
    for (const other of (await transaction.disclosures.lock(disclosures.filter((id) => id !== record.id))).values()) {
      if (other.state !== 'parked' || other.cause !== 'outcome_unknown') continue;
      await transaction.disclosures.move(
        [{ id: other.id, from: 'parked', to: 'sealed', dueAt: transaction.now }],
        undefined,
      );
      note(transaction, { context, record: other }, 'send-again');
    }
  return ok({ disclosure: record.id, state: 'sealed' });
};

/**
 * What may have arrived is parked as `outcome_unknown` whatever else is the matter with it, and goes as it was. Of
 * anything else every attempt is proof that nothing was taken in (the store refuses to unseal the rest): it is decided on
 * anew and sealed at dispatch, under new numbers.
 */
const sendAgain = async (
  services: Services,
  transaction: Transaction,
  change: { readonly context: PracticeContext; readonly record: DisclosureRecord },
): Promise<Result<ChoiceMade>> => {
  const { context, record } = change;
  if (record.state !== 'parked') return failed(issue('not_parked', '/state'));
  await transaction.authority.lockShared([record.client]);
  if (record.cause === 'outcome_unknown') return resend(transaction, change);
  const moved = await transaction.disclosures.move(
    [{ id: record.id, from: 'parked', to: 'held', cause: 'send_again', curer: 'practice' }],
    undefined,
  );
  if (moved.length === 0) return failed(issue('not_parked', '/state'));
  const transmission = (await transaction.transmissions.ofDisclosures([record.id])).get(record.id);
  if (transmission !== undefined) await transaction.transmissions.unseal([transmission.transmission]);
  note(transaction, { context, record }, 'send-again');
  const resumed = await reconsider(services, transaction, { disclosures: [record.id] });
  return ok({ disclosure: record.id, state: resumed.includes(record.id) ? 'ready' : 'held' });
};
