import { fault } from '#fault';
import type { Disclosed, Sealed } from '#libs/disclosure';
import { reopen, seal } from '#libs/disclosure';
import type { FormatId } from '#libs/catalogue';
import { type ClientId, type DisclosureId, ok, type Result, type TransmissionId } from '#libs/kernel';
import type { Authority, Ruleset } from '#libs/release';
import type { Envelope837P } from '#libs/x12';
import { resubmissionsOf } from '../corrections/resubmission-of.js';
import { type Dossier, loadAccepted } from '../dossier/dossier.js';
import { ledgerOf } from '../judgement/describe-decision.js';
import { disclose, judge, type Judgement } from '../judgement/judge.js';
import { emptyAuthority, type Placement, placementOf } from '../judgement/standing.js';
import { storedDecision } from '../judgement/store-decision.js';
import type { DataKey } from '../ports/keys.js';
import type { DispatchHint } from '../ports/queue.js';
import type { Correction, DisclosureRecord, InsurerRecord, TransmissionRecord } from '../ports/records.js';
import type { LaneHealth } from '../ports/lane-policy.js';
import type { LaneRecord } from '../ports/records.js';
import { offerAll } from '../inbox/offer.js';
import type { PermittingServices, SendingServices } from '../ports/services.js';
import type { DisclosureChange, Transaction } from '../ports/store.js';
import { insurersByLane } from '../routes/reached-insurers.js';
import { rulesetOf } from '../rules/rule-book.js';
import { type Numbers, numbersOf, sealingNames } from './numbers.js';
import { renderDisclosed } from './render-disclosed.js';
import { asksItself } from './resolve-unknown.js';

/** One transmission that INTENT lets go, once its transaction has committed. */
export interface Permitted {
  readonly disclosure: DisclosureId;
  readonly client: ClientId;
  readonly correction?: Correction;
  readonly transmission: TransmissionId;
  readonly attempt: string;
  readonly attempts: number;
  readonly sealed: Sealed;
  readonly insurer: InsurerRecord;
}

interface Item {
  readonly record: DisclosureRecord;
  readonly dossier: Dossier;
  readonly authority: Authority;
  readonly key: DataKey;
  readonly judgement: Judgement;
  readonly resubmission: Result<Envelope837P['resubmission']>;
  readonly now: number;
}

interface Sealing {
  readonly item: Item;
  readonly sealed: Sealed;
  /** Absent for bytes that were sealed before. */
  readonly fresh?: TransmissionRecord;
}

/** Why an item does not go now. */
interface Refusal {
  readonly record: DisclosureRecord;
  readonly to: Placement['state'] | 'parked';
  readonly cause: string;
  readonly curer: Placement['curer'];
}

/** What INTENT is about: a hint, the fence under which its disclosures go, and numbers for those that are sealed now. */
export interface Intent {
  readonly hint: DispatchHint;
  readonly fence: string;
  /** At least as many as the hint has disclosures; those that are used are taken out. */
  readonly numbers: number[];
}

/** What INTENT permitted, and what has to be found out first. */
export interface Intended {
  readonly permitted: readonly Permitted[];
  readonly unresolved: readonly DisclosureId[];
}

const HANDED_OUT = ['ready', 'sealed', 'unknown'] as const;

/**
 * The INTENT transaction. Takes the clients' authority `FOR SHARE`, reads it in the next statement, decides again, and
 * only then seals (or opens what is sealed) and permits. Its commit is the cut-off: a revocation recorded before it stops
 * the sending, one recorded after it finds an attempt on its way. Ledger before effect: the entry is in the same commit.
 */
export const permitBatch = async (
  services: SendingServices,
  transaction: Transaction,
  work: Intent,
): Promise<Intended> => {
  const lane = (await transaction.lanes.all()).find((one) => one.id === work.hint.lane);
  if (lane === undefined) return { permitted: [], unresolved: [] };
  const named = await transaction.disclosures.byIds(work.hint.disclosures);
  // Those that have to be asked about first send nothing, so that none of them may be what a broken lane is tried with.
  const unresolved = lane.breaker === 'stopped' ? [] : await mustBeAsked(transaction, [...named.values()]);
  const admitted = await admitLane(services, transaction, {
    lane,
    fence: work.fence,
    disclosures: work.hint.disclosures.filter((id) => !unresolved.includes(id)),
  });
  const permitted = await permitAdmitted(services, transaction, { ...work, named, admitted: admitted.disclosures });
  // Tried with what then did not go, the lane has proved nothing: the next one may try it at once.
  if (admitted.trying !== undefined && permitted.length === 0)
    await transaction.lanes.save({ id: lane.id, ...admitted.trying, openUntil: transaction.now });
  return { permitted, unresolved };
};

interface AdmittedIntent extends Intent {
  readonly named: ReadonlyMap<DisclosureId, DisclosureRecord>;
  readonly admitted: readonly DisclosureId[];
}

const permitAdmitted = async (
  services: SendingServices,
  transaction: Transaction,
  work: AdmittedIntent,
): Promise<readonly Permitted[]> => {
  const { named, admitted: going, numbers, fence } = work;
  const decided = await decideAgain(services, transaction, { going, named, numbers });
  const pulled = decided.sealings.filter(isPulled);
  await offerAll(services, transaction, {
    fence,
    offers: pulled.map(({ item, sealed, fresh }) => ({
      record: item.record,
      decision: item.judgement.decision,
      sealed: sealed.record,
      ...(fresh === undefined ? {} : { fresh }),
    })),
  });
  const sealings = decided.sealings.filter((one) => !isPulled(one));
  const permitted = await permitAll(services, transaction, { sealings, fence, actor: 'worker' });
  await saveAll(services, transaction, decided.items);
  await fault('K12');
  return permitted;
};

const isPulled = ({ item }: Pick<Sealing, 'item'>): boolean => item.dossier.insurer.connection.kind === 'inbox';

/**
 * INTENT for what an insurer fetches: the same locks, the same decision, and these sealed bytes or none. What the decision
 * of this moment would tell otherwise, or not at all, is withdrawn.
 */
export const permitPulled = async (
  services: PermittingServices,
  transaction: Transaction,
  pull: {
    readonly disclosure: DisclosureId;
    readonly transmission: TransmissionId;
    readonly fence: string;
    readonly actor: string;
  },
): Promise<Permitted | undefined> => {
  const { disclosure, transmission, fence, actor } = pull;
  const named = await transaction.disclosures.byIds([disclosure]);
  const decided = await decideAgain(services, transaction, { going: [disclosure], named });
  const sealings = decided.sealings.filter((one) => isPulled(one) && one.sealed.record.transmission === transmission);
  const [permitted] = await permitAll(services, transaction, { sealings, fence, actor });
  await saveAll(services, transaction, decided.items);
  await fault('K12');
  return permitted;
};

interface Decided {
  readonly items: readonly Item[];
  /** What may go, as it is sealed. */
  readonly sealings: readonly Sealing[];
}

const NOTHING: Decided = { items: [], sealings: [] };

/** What an insurer can fetch was sealed before. */
const FETCHED = ['sealed', 'unknown'] as const;

/** Takes what nobody else works on, decides it again under its clients' authority, and places what may not go. */
const decideAgain = async (
  services: PermittingServices,
  transaction: Transaction,
  work: {
    readonly going: readonly DisclosureId[];
    readonly named: ReadonlyMap<DisclosureId, DisclosureRecord>;
    /** For what is sealed now; without them nothing is. */
    readonly numbers?: number[];
  },
): Promise<Decided> => {
  const { named, going, numbers } = work;
  // Locks in one order everywhere: authority, disclosure, head of the ledger.
  const clients = [...new Set(going.flatMap((id) => named.get(id)?.client ?? []))].sort();
  await transaction.authority.lockShared(clients);
  const taken = await transaction.disclosures.hold(going, numbers === undefined ? FETCHED : HANDED_OUT);
  if (taken.length === 0) return NOTHING;
  await fault('K9');
  const authorities = await transaction.authority.read(clients);
  const items = await judgeAll(services, transaction, { taken, authorities });
  await fault('K10');
  const sealings: Sealing[] = [];
  const refusals: Refusal[] = [];
  const open: Item[] = [];
  const stored = await transaction.transmissions.ofDisclosures(taken.map((one) => one.id));
  const stale: TransmissionId[] = [];
  for (const item of items) sort(item, { stored, sealings, refusals, open, stale });
  for (const record of taken) {
    if (!items.some((item) => item.record.id === record.id)) {
      refusals.push({ record, to: 'parked', cause: 'decision_failed', curer: 'practice' });
    }
  }
  await transaction.transmissions.unseal(stale);
  if (numbers === undefined) refusals.push(...open.map(sealedAnewLater));
  else sealAll(services, numbers, { open, sealings, refusals });
  await fault('K11');
  await refuseAll(transaction, refusals, items);
  await transaction.transmissions.unseal(withdrawn(refusals, { items, stored, stale }));
  return { items, sealings };
};

/** It goes back to be sealed anew: what was offered before can be fetched no more. */
const sealedAnewLater = ({ record }: Item): Refusal =>
  record.state === 'unknown'
    ? { record, to: 'parked', cause: 'outcome_unknown', curer: 'practice' }
    : { record, to: 'ready', cause: 'stale_content', curer: undefined };

/** Never fetched, and not to be fetched now: its bytes are dropped, and an insurer that has seen the item finds it gone. */
const withdrawn = (
  refusals: readonly Refusal[],
  of: Pick<Heaps, 'stored' | 'stale'> & Pick<Decided, 'items'>,
): readonly TransmissionId[] =>
  refusals.flatMap(({ record, to }) => {
    const sealed = of.stored.get(record.id);
    const item = of.items.find((one) => one.record.id === record.id);
    const isOffered = item !== undefined && isPulled({ item }) && record.state === 'sealed' && to !== 'parked';
    return isOffered && sealed?.attempts === 0 && !of.stale.includes(sealed.transmission) ? [sealed.transmission] : [];
  });

const saveAll = (services: PermittingServices, transaction: Transaction, items: readonly Item[]): Promise<void> =>
  transaction.disclosures.saveDecisions(
    items.map(({ record, judgement, authority, now }) =>
      storedDecision(judgement, authority, { id: services.ids.uuid(), disclosure: record.id, takenAt: now }),
    ),
  );

/** Those that may have gone, to insurers that have to be asked: nothing of theirs goes before their answer. */
const mustBeAsked = async (
  transaction: Transaction,
  records: readonly DisclosureRecord[],
): Promise<readonly DisclosureId[]> => {
  const unknown = records.filter((one) => one.state === 'unknown');
  if (unknown.length === 0) return [];
  const insurers = await insurersByLane(transaction, unknown);
  return unknown.filter((one) => asksItself(insurers.get(one.lane))).map((one) => one.id);
};

/** How long the others wait while one disclosure finds out whether the insurer is back, in milliseconds. */
const PROBE_PAUSE = 1_000;

/** What the lane admits now, and its health while it is tried with that one. */
interface Admitted {
  readonly disclosures: readonly DisclosureId[];
  readonly trying?: LaneHealth;
}

/** The disclosures of a hint that the lane admits now; the others are put off until it may be tried again. */
const admitLane = async (
  services: SendingServices,
  transaction: Transaction,
  work: { readonly lane: LaneRecord; readonly fence: string; readonly disclosures: readonly DisclosureId[] },
): Promise<Admitted> => {
  const { lane, fence, disclosures } = work;
  const admission = services.lanes.admit(lane, transaction.now);
  if (admission.kind === 'go') return { disclosures };
  const [first, ...rest] = disclosures;
  const later = admission.kind === 'wait' ? disclosures : rest;
  const until = admission.kind === 'wait' ? admission.until : transaction.now + PROBE_PAUSE;
  const held = await transaction.disclosures.lease(later, {
    states: HANDED_OUT,
    milliseconds: services.timing.leaseMs,
    fence,
  });
  await transaction.disclosures.postpone(
    held.map((one) => ({ id: one.id, dueAt: until })),
    fence,
  );
  if (admission.kind === 'wait' || first === undefined) return { disclosures: [] };
  await transaction.lanes.save({ id: lane.id, ...admission.health });
  return { disclosures: [first], trying: admission.health };
};

const ORIGINAL = ok({ frequency: '1' } as const);

const judgeAll = async (
  services: PermittingServices,
  transaction: Transaction,
  from: { readonly taken: readonly DisclosureRecord[]; readonly authorities: ReadonlyMap<ClientId, Authority> },
): Promise<readonly Item[]> => {
  const { taken, authorities } = from;
  const documents = await transaction.documents.byIds([...new Set(taken.map((one) => one.document))]);
  const records = taken.flatMap((record) => {
    const document = documents.get(record.document);
    return document ? [{ record, document }] : [];
  });
  const dossiers = await loadAccepted(
    transaction,
    records.map(({ record, document }) => ({ document, lane: record.lane })),
  );
  const keys = await transaction.clients.keys([...new Set(taken.map((one) => one.client))]);
  const ruleset: Ruleset = rulesetOf(services.book, await transaction.practice.choices());
  const resubmissions = await resubmissionsOf(transaction, taken);
  const now = await transaction.clock();
  return records.flatMap(({ record }, index) => {
    const dossier = dossiers[index];
    const key = keys.get(record.client);
    if (dossier === undefined || key === undefined) return [];
    const authority = authorities.get(record.client) ?? emptyAuthority(record.client);
    const judgement = withoutFailing(services, record, () => judge(dossier, record, { authority, ruleset, now }));
    const resubmission = resubmissions.get(record.id) ?? ORIGINAL;
    return judgement === undefined ? [] : [{ record, dossier, authority, key, now, judgement, resubmission }];
  });
};

/** An error while deciding or rendering: nothing leaves, and its neighbours go on. */
const withoutFailing = <T>(services: PermittingServices, record: DisclosureRecord, work: () => T): T | undefined => {
  try {
    return work();
  } catch (error) {
    services.log.failure('dispatch.failed', error, { lane: record.lane });
    return undefined;
  }
};

interface Heaps {
  readonly stored: ReadonlyMap<DisclosureId, TransmissionRecord>;
  readonly sealings: Sealing[];
  readonly refusals: Refusal[];
  readonly open: Item[];
  /** Transmissions that are unsealed before anything is sealed anew. */
  readonly stale: TransmissionId[];
}

const sort = (item: Item, heaps: Heaps): void => {
  const { record, judgement } = item;
  const held = placementOf(judgement.decision);
  if (held.state !== 'ready') {
    // What may already have gone is not held but explained to a person: presumed disclosed, never sent again.
    const to = record.state === 'unknown' ? 'parked' : held.state;
    heaps.refusals.push({
      record,
      to,
      cause: to === 'parked' ? 'outcome_unknown' : (held.cause ?? 'no_release'),
      curer: held.curer,
    });
    return;
  }
  const stored = heaps.stored.get(record.id);
  if (!item.resubmission.ok) {
    const cause = record.state === 'unknown' ? 'outcome_unknown' : item.resubmission.issues[0]?.code;
    heaps.refusals.push({ record, to: 'parked', cause: cause ?? 'correction_astray', curer: 'practice' });
    return;
  }
  if (stored === undefined) {
    heaps.open.push(item);
    return;
  }
  if (stored.lane !== record.lane) {
    // Addressed to somebody on another route, and never taken back: a person must look.
    heaps.refusals.push({ record, to: 'parked', cause: 'route_changed', curer: 'practice' });
    return;
  }
  const disclosed = disclose(judgement, record.format, item.key.digestSalt);
  const opened = disclosed.ok ? reopen(stored, disclosed.value) : disclosed;
  if (opened.ok) {
    heaps.sealings.push({ item, sealed: opened.value });
  } else if (stored.attempts === 0) {
    // Sealed, never attempted, and something else is to be told now: sealed anew under new numbers.
    heaps.stale.push(stored.transmission);
    heaps.open.push(item);
  } else {
    heaps.refusals.push({ record, to: 'parked', cause: opened.issues[0]?.code ?? 'stale_content', curer: 'practice' });
  }
};

const sealAll = (
  services: PermittingServices,
  reserve: number[],
  heaps: Pick<Heaps, 'open' | 'sealings' | 'refusals'>,
): void => {
  for (const item of heaps.open) {
    const numbers = numbersFor(services, item, reserve);
    const transmission = services.ids.uuid() as TransmissionId;
    const reference = services.ids.uuid();
    const { resubmission } = item;
    const made = withoutFailing(services, item.record, () =>
      resubmission.ok
        ? renderDisclosed({
            dossier: item.dossier,
            judgement: item.judgement,
            salt: item.key.digestSalt,
            reference,
            numbers,
            resubmission: resubmission.value,
            notices: services.book.notices,
            releases: item.authority.releases.filter((one) => item.judgement.decision.releases.includes(one.id)),
            now: item.now,
          })
        : resubmission,
    );
    if (made?.ok !== true) {
      const cause = made?.issues[0]?.code;
      const { record } = item;
      if (cause === undefined)
        heaps.refusals.push({ record, to: 'parked', cause: 'rendering_failed', curer: 'practice' });
      else heaps.refusals.push({ record, to: 'held', cause, curer: 'office' });
      continue;
    }
    const sealed = seal(
      made.value.rendered,
      sealingNames(transmission, {
        idempotencyKey: services.ids.uuid(),
        reference,
        numbers,
      }),
    );
    heaps.sealings.push({ item, sealed, fresh: recordOf(item, sealed, made.value.disclosed) });
  }
};

const recordOf = (item: Item, sealed: Sealed, disclosed: Disclosed<FormatId>): TransmissionRecord => ({
  ...sealed.record,
  lane: item.record.lane,
  disclosure: item.record.id,
  client: item.record.client,
  attempts: 0,
  createdAt: item.now,
  lineOrigins: disclosed.lineOrigins,
});

const numbersFor = (services: PermittingServices, item: Item, reserve: number[]): Numbers | undefined => {
  const { record, dossier } = item;
  if (record.format !== 'x12-837p') return undefined;
  const number = reserve.pop();
  if (number === undefined) throw new Error('more interchanges than were asked for');
  const pair = `${dossier.practice.submitterId}>${dossier.insurer.connection.receiverId}`;
  return numbersOf(services.keys, { pair, practice: dossier.practice.id, number });
};

const refuseAll = async (
  transaction: Transaction,
  refusals: readonly Refusal[],
  items: readonly Item[],
): Promise<void> => {
  if (refusals.length === 0) return;
  await transaction.disclosures.move(
    refusals.map(({ record, to, cause, curer }): DisclosureChange => ({
      id: record.id,
      from: record.state,
      to,
      cause,
      ...(curer ? { curer } : {}),
      ...(to === 'ready' ? { dueAt: transaction.now } : {}),
    })),
    undefined,
  );
  for (const { record, to } of refusals) {
    const item = items.find((one) => one.record.id === record.id);
    transaction.ledger.record({
      kind: to === 'ready' ? 'decided' : to,
      actor: 'sluice',
      client: record.client,
      disclosure: record.id,
      insurer: record.insurer,
      ...(item ? ledgerOf(item.judgement.decision) : {}),
    });
  }
};

/** Through whom it goes stands beside the papers on which it goes. */
const withHop = (told: ReturnType<typeof ledgerOf>, { agent }: InsurerRecord): ReturnType<typeof ledgerOf> =>
  agent === undefined ? told : { ...told, grounds: [...(told.grounds ?? []), `route:${agent.route}`] };

const permitAll = async (
  services: PermittingServices,
  transaction: Transaction,
  work: { readonly sealings: readonly Sealing[]; readonly fence: string; readonly actor: string },
): Promise<readonly Permitted[]> => {
  const { sealings, fence, actor } = work;
  if (sealings.length === 0) return [];
  const moved = new Set(
    await transaction.disclosures.move(
      sealings.map(({ item }): DisclosureChange => ({
        id: item.record.id,
        from: item.record.state,
        to: 'sending',
        countAttempt: true,
      })),
      undefined,
      { fence, milliseconds: services.timing.leaseMs },
    ),
  );
  const going = sealings
    .filter(({ item }) => moved.has(item.record.id))
    .map((sealing) => ({ ...sealing, attempt: services.ids.uuid() }));
  const fresh = going.flatMap(({ fresh: record, attempt }) => (record ? [{ record, attempt }] : []));
  const again = going.filter((one) => one.fresh === undefined);
  await transaction.transmissions.addPermitted(fresh, fence);
  await transaction.transmissions.permit(
    again.map(({ sealed, attempt }) => ({ transmission: sealed.record.transmission, attempt, fence })),
  );
  for (const { item, sealed } of going) {
    const { record, judgement } = item;
    transaction.ledger.record({
      kind: 'permitted',
      actor,
      client: record.client,
      disclosure: record.id,
      insurer: record.insurer,
      subject: sealed.record.transmission,
      ...withHop(ledgerOf(judgement.decision), item.dossier.insurer),
      contentDigest: sealed.record.contentDigest,
    });
  }
  return going.map(({ item, sealed, attempt }): Permitted => ({
    disclosure: item.record.id,
    client: item.record.client,
    ...(item.record.correction === undefined ? {} : { correction: item.record.correction }),
    transmission: sealed.record.transmission,
    attempt,
    attempts: item.record.attempts + 1,
    sealed,
    insurer: item.dossier.insurer,
  }));
};
