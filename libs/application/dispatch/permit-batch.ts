import { fault } from '#fault';
import type { Disclosed, Rendered, Sealed, SealingNames } from '#libs/disclosure';
import { reopen, seal, sealTogether } from '#libs/disclosure';
import type { FormatId } from '#libs/catalogue';
import { type ClientId, type DisclosureId, ok, type Result, type TransmissionId } from '#libs/kernel';
import type { Authority, Ruleset } from '#libs/release';
import { type Envelope837P, join837P } from '#libs/x12';
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
import type { SendingServices } from '../ports/services.js';
import type { DisclosureChange, Transaction } from '../ports/store.js';
import { insurersByLane } from '../routes/reached-insurers.js';
import { rulesetOf } from '../rules/rule-book.js';
import { type Numbers, numbersOf, sealingNames } from './numbers.js';
import { type Made, renderDisclosed } from './render-disclosed.js';
import { asksItself } from './resolve-unknown.js';
import { byInterchange, keepTogether, onceEach, within, withCompanions } from './together.js';

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
  const { going, companions } = await withCompanions(transaction, work.admitted);
  const named = going.length === work.admitted.length ? work.named : await transaction.disclosures.byIds(going);
  // Locks in one order everywhere: authority, disclosure, head of the ledger.
  const clients = [...new Set(going.flatMap((id) => named.get(id)?.client ?? []))].sort();
  await transaction.authority.lockShared(clients);
  const taken = await transaction.disclosures.hold(going, HANDED_OUT);
  if (taken.length === 0) return [];
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
  for (const { record } of keepTogether(companions, { sealings, open, stale })) {
    refusals.push({ record, to: 'parked', cause: 'outcome_unknown', curer: 'practice' });
  }
  for (const record of taken) {
    if (!items.some((item) => item.record.id === record.id)) {
      refusals.push({ record, to: 'parked', cause: 'decision_failed', curer: 'practice' });
    }
  }
  await transaction.transmissions.unseal([...new Set(stale)]);
  sealAll(services, work, { open, sealings, refusals });
  await fault('K11');
  await refuseAll(transaction, refusals, items);
  const permitted = await permitAll(services, transaction, { sealings, fence: work.fence });
  await transaction.disclosures.saveDecisions(
    items.map(({ record, judgement, authority, now }) =>
      storedDecision(judgement, authority, { id: services.ids.uuid(), disclosure: record.id, takenAt: now }),
    ),
  );
  await fault('K12');
  return permitted;
};

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
  services: SendingServices,
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
const withoutFailing = <T>(services: SendingServices, record: DisclosureRecord, work: () => T): T | undefined => {
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
  services: SendingServices,
  work: Intent,
  heaps: Pick<Heaps, 'open' | 'sealings' | 'refusals'>,
): void => {
  for (const group of byInterchange(heaps.open)) {
    const transmission = services.ids.uuid() as TransmissionId;
    const idempotencyKey = services.ids.uuid();
    const reference = services.ids.uuid();
    const numbered = group.map((item) => ({ item, own: numbersFor(services, item, work.numbers) }));
    const first = numbered[0]?.own;
    const rendered = numbered.flatMap(({ item, own }, place) => {
      const numbers = own && first && group.length > 1 ? within(own, first, place) : own;
      const made = renderItem(services, item, { reference, numbers, refusals: heaps.refusals });
      const names = sealingNames(transmission, { idempotencyKey, reference, numbers });
      return made === undefined ? [] : [{ item, made, names }];
    });
    heaps.sealings.push(...sealRendered(services, rendered, heaps.refusals));
  }
};

interface RenderedItem {
  readonly item: Item;
  readonly made: Made;
  readonly names: SealingNames;
}

/** One by itself, several as one interchange. */
const sealRendered = (
  services: SendingServices,
  rendered: readonly RenderedItem[],
  refusals: Refusal[],
): readonly Sealing[] => {
  const [only, ...more] = rendered;
  if (only === undefined) return [];
  if (more.length === 0) {
    const { item, made, names } = only;
    const sealed = seal(made.rendered, names);
    return [{ item, sealed, fresh: recordOf(item, sealed, made.disclosed) }];
  }
  const claims = rendered.flatMap(({ made }) => (isClaim(made.rendered) ? [made.rendered] : []));
  const joined = withoutFailing(services, only.item.record, () => join837P(claims));
  if (joined?.ok !== true) {
    for (const { item } of rendered)
      refusals.push({ record: item.record, to: 'parked', cause: 'rendering_failed', curer: 'practice' });
    return [];
  }
  const sealed = sealTogether(
    joined.value,
    rendered.map(({ names }) => names),
  );
  return rendered.flatMap(({ item, made }, index) => {
    const own = sealed[index];
    if (own === undefined) return [];
    return [{ item, sealed: own.sealed, fresh: { ...recordOf(item, own.sealed, made.disclosed), part: own.part } }];
  });
};

const isClaim = (rendered: Rendered<FormatId>): rendered is Rendered<'x12-837p'> => rendered.format === 'x12-837p';

/** Undefined where it was refused instead. */
const renderItem = (
  services: SendingServices,
  item: Item,
  as: { readonly reference: string; readonly numbers: Numbers | undefined; readonly refusals: Refusal[] },
): Made | undefined => {
  const { record, resubmission } = item;
  const { reference, numbers } = as;
  const made = withoutFailing(services, record, () =>
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
  if (made?.ok === true) return made.value;
  const cause = made?.issues[0]?.code;
  as.refusals.push(
    cause === undefined
      ? { record, to: 'parked', cause: 'rendering_failed', curer: 'practice' }
      : { record, to: 'held', cause, curer: 'office' },
  );
  return undefined;
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

const numbersFor = (services: SendingServices, item: Item, reserve: number[]): Numbers | undefined => {
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
  services: SendingServices,
  transaction: Transaction,
  work: { readonly sealings: readonly Sealing[]; readonly fence: string },
): Promise<readonly Permitted[]> => {
  const { sealings, fence } = work;
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
  const attempts = new Map<TransmissionId, string>();
  const attemptAt = (transmission: TransmissionId): string => {
    const attempt = attempts.get(transmission) ?? services.ids.uuid();
    attempts.set(transmission, attempt);
    return attempt;
  };
  const going = sealings
    .filter(({ item }) => moved.has(item.record.id))
    .map((sealing) => ({ ...sealing, attempt: attemptAt(sealing.sealed.record.transmission) }));
  // Bytes that hold a claim that somebody else has taken meanwhile do not go, and neither does anything beside them.
  if (sealings.some(({ item, sealed }) => !moved.has(item.record.id) && attempts.has(sealed.record.transmission)))
    throw new Error('a claim of an interchange was taken by somebody else');
  const fresh = going.flatMap(({ fresh: record, attempt }) => (record ? [{ record, attempt }] : []));
  const again = onceEach(
    going.filter((one) => one.fresh === undefined),
    ({ attempt }) => attempt,
  );
  await transaction.transmissions.addPermitted(
    fresh.filter(({ record }) => record.part === undefined),
    fence,
  );
  const shared = fresh.filter(({ record }) => record.part !== undefined);
  for (const { attempt } of onceEach(shared, (one) => one.attempt))
    await transaction.transmissions.addTogether(
      shared.filter((one) => one.attempt === attempt).map(({ record }) => record),
      { attempt, fence },
    );
  await transaction.transmissions.permit(
    again.map(({ sealed, attempt }) => ({ transmission: sealed.record.transmission, attempt, fence })),
  );
  for (const { item, sealed } of going) {
    const { record, judgement } = item;
    transaction.ledger.record({
      kind: 'permitted',
      actor: 'worker',
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
