import { fault } from '#fault';
import { createHash } from 'node:crypto';
import { type ClientId, type DisclosureId, ok, type LaneId, type PracticeId, type Result } from '#libs/kernel';
import { readAnswers } from '#libs/x12';
import { billAfterVoid } from '../holds/billed-services.js';
import { supersedeCorrected } from '../corrections/supersede-corrected.js';
import { reconsider } from '../holds/reconsider.js';
import {
  type AnswerRecord,
  type DisclosureRecord,
  type InsurerRecord,
  isVoid,
  type LaneRecord,
  type RouteRecord,
  type AnsweredTransmission,
} from '../ports/records.js';
import type { SendingServices, Services } from '../ports/services.js';
import type { DisclosureChange, Transaction } from '../ports/store.js';
import type { IncomingAnswer } from '../ports/transport.js';
import { adjudicationOf } from './adjudication-of.js';
import { reachedBy } from '../routes/reached-insurers.js';
import { heardIn, type Reading } from './answer-kinds.js';
import type { Heard } from './heard.js';
import { readInsurerJson } from './insurer-json.js';

export interface Collected {
  readonly read: number;
  readonly matched: number;
  readonly quarantined: number;
}

const NOTHING: Collected = { read: 0, matched: 0, quarantined: 0 };

/** A lane on which an insurer may have answered. */
export interface AnswerLane {
  readonly lane: LaneRecord;
  readonly insurer: InsurerRecord;
  /** Whose answers come this way: its own, and with a clearinghouse those of all lanes through the same mailbox. */
  readonly lanes: readonly LaneId[];
}

/** Two routes through one clearinghouse share a mailbox; the one that was recorded first collects for all of them. */
export const answerLanes = (services: SendingServices, practice: PracticeId): Promise<readonly AnswerLane[]> =>
  services.store.inPractice({ practice, actor: 'worker' }, async (transaction) => {
    const all = await transaction.lanes.all();
    const insurers = await transaction.practice.insurers(all.map((one) => one.insurer));
    const routes = await transaction.routes.throughAgents();
    const mailboxOf = (lane: LaneRecord): readonly RouteRecord[] => {
      const own = routes.find((one) => one.lane === lane.id)?.through?.connection;
      return own === undefined
        ? []
        : routes.filter(
            ({ through }) => through?.connection.url === own.url && through.connection.receiverId === own.receiverId,
          );
    };
    return all.flatMap((lane) => {
      const insurer = insurers.get(lane.insurer);
      const mailbox = mailboxOf(lane);
      const [first] = mailbox;
      // An insurer that fetches brings its answers itself.
      if (insurer === undefined || (first === undefined && insurer.connection.kind === 'inbox')) return [];
      if (first !== undefined && first.lane !== lane.id) return [];
      // The newest of them has the secret that opens it today.
      const lanes = first === undefined ? [lane.id] : mailbox.map((one) => one.lane);
      return [{ lane, insurer: reachedBy(insurer, mailbox.at(-1)), lanes }];
    });
  });

/** Fetches what all insurers of a practice have answered since the last time, and takes it in. */
export const collectAnswers = async (services: SendingServices, practice: PracticeId): Promise<Collected> => {
  const lanes = await answerLanes(services, practice);
  const collected = await Promise.all(lanes.map((one) => collectLane(services, practice, one)));
  return collected.reduce(
    (sum, one) => ({
      read: sum.read + one.read,
      matched: sum.matched + one.matched,
      quarantined: sum.quarantined + one.quarantined,
    }),
    NOTHING,
  );
};

/** Fetches what one insurer has answered since the last time, and takes it in. */
export const collectLane = async (
  services: SendingServices,
  practice: PracticeId,
  from: AnswerLane,
): Promise<Collected> => {
  const { lane, insurer, lanes } = from;
  if (lane.breaker === 'stopped') return NOTHING;
  const fetched = await services.transport.answers(lane.answersCursor, insurer);
  if (fetched.kind === 'failed') {
    services.log.event('answer.poll-failed', { lane: lane.id });
    if (fetched.code === 'host_key_changed') await stopLane(services, practice, lane.id);
    return NOTHING;
  }
  if (fetched.answers.length === 0) return NOTHING;
  await fault('K23');
  const heard = fetched.answers.map((incoming) => ({ incoming, heard: readAnswer(incoming) }));
  const context = { practice, actor: `insurer:${insurer.id}` };
  const decidedFor = new Set<ClientId>();
  const collected = await services.store.inPractice(context, async (transaction) => {
    let matched = 0;
    let quarantined = 0;
    decidedFor.clear();
    for (const one of heard) {
      const via = insurer.agent === undefined ? 'insurer' : 'clearinghouse';
      const taken = await takeIn(services, transaction, { practice, lane: lane.id, lanes, via, ...one });
      matched += taken.matched;
      quarantined += taken.quarantined;
      for (const client of taken.decidedFor) decidedFor.add(client);
    }
    await transaction.lanes.saveCursor(lane.id, fetched.next);
    return { read: heard.length, matched, quarantined };
  });
  // A claim to the next payer waited for this. In a transaction of its own: authority is locked before disclosures.
  if (decidedFor.size > 0)
    await services.store.inPractice(context, (transaction) => reconsider(services, transaction, [...decidedFor]));
  await fault('K24');
  // Only what is stored may go at the insurer's; what comes again because we did not get here changes nothing.
  await fetched.taken?.();
  return collected;
};

/** Whoever answers there is not the insurer that was registered: nothing is sent either, until a person has cleared it. */
const stopLane = async (services: SendingServices, practice: PracticeId, id: LaneId): Promise<void> => {
  await services.store.inPractice({ practice, actor: 'worker' }, async ({ lanes }) => {
    const lane = (await lanes.all()).find((one) => one.id === id);
    if (lane !== undefined && lane.breaker !== 'stopped')
      await lanes.save({ ...lane, breaker: 'stopped', openUntil: 0, slow: true });
  });
  services.log.event('lane.stopped', { lane: id, code: 'host_key_changed' });
};

export const readAnswer = (incoming: IncomingAnswer): Result<Reading> => {
  if (incoming.mediaType === 'application/json') {
    const one = readInsurerJson(incoming.bytes);
    return one.ok ? ok({ heard: [one.value], doubts: [] }) : one;
  }
  const answers = readAnswers(incoming.bytes);
  if (!answers.ok) return answers;
  const readings = answers.value.map(heardIn);
  const doubts = new Set(readings.flatMap((one) => one.doubts));
  return ok({ heard: readings.flatMap((one) => one.heard), doubts: [...doubts] });
};

interface Taken {
  readonly matched: number;
  readonly quarantined: number;
  /** Clients of whom a payer has decided something that another payer can be told of. */
  readonly decidedFor: readonly ClientId[];
}

/**
 * Takes one answer in, once: the very same bytes again change nothing, whatever they are called then. What matches no number of ours is set aside for a
 * person; nothing is matched by name, date or amount. What is in doubt is kept with what it names, and set aside as well.
 */
export const takeIn = async (
  services: Services,
  transaction: Transaction,
  one: {
    readonly practice: PracticeId;
    readonly lane: LaneId;
    readonly lanes: readonly LaneId[];
    readonly via: 'insurer' | 'clearinghouse';
    readonly incoming: IncomingAnswer;
    readonly heard: Result<Reading>;
  },
): Promise<Taken> => {
  const { practice, lane, lanes, via, incoming, heard } = one;
  const digest = createHash('sha256').update(incoming.bytes).digest('hex');
  if (!(await transaction.answers.admit(lane, { digest, bytes: incoming.bytes, mediaType: incoming.mediaType })))
    return { matched: 0, quarantined: 0, decidedFor: [] };
  if (!heard.ok) {
    await transaction.answers.quarantine(lane, { digest, code: heard.issues[0]?.code ?? 'answer_unreadable' });
    services.metrics.count('answers_unmatched_total', { code: 'answer_unreadable' });
    return { matched: 0, quarantined: 1, decidedFor: [] };
  }
  const decidedFor: ClientId[] = [];
  let matched = 0;
  let quarantined = 0;
  const setAside = async (code: string): Promise<void> => {
    await transaction.answers.quarantine(lane, { digest, code });
    services.metrics.count('answers_unmatched_total', { code });
    quarantined += 1;
  };
  for (const doubt of heard.value.doubts) await setAside(doubt);
  const reversed = new Set<DisclosureId>();
  for (const entry of heard.value.heard) {
    const about = aboutSets(await transaction.transmissions.match(lanes, entry.about), entry.about.sets);
    if (about === undefined) {
      await setAside('control_number_unknown');
      continue;
    }
    for (const transmission of about) {
      const decided = await appendAnswer(services, transaction, {
        practice,
        transmission,
        entry: { by: via, ...entry },
        digest,
      });
      if (decided) decidedFor.push(transmission.client);
      if (entry.kind === 'reversed') reversed.add(transmission.disclosure);
      matched += 1;
    }
  }
  // After all of it: what is taken back in one place may be paid otherwise in the next.
  for (const disclosure of reversed) await billAfterVoid(transaction, disclosure);
  return { matched, quarantined, decidedFor };
};

/** Of a transmission those whose sets are meant; undefined where a number or a set is none of ours. */
const aboutSets = (
  found: readonly AnsweredTransmission[],
  sets: Heard['about']['sets'],
): readonly AnsweredTransmission[] | undefined => {
  if (found.length === 0) return undefined;
  if (sets === undefined) return found;
  const setOf = ({ interchange }: AnsweredTransmission): string => interchange?.setControlNumber ?? '';
  if ('except' in sets) return found.filter((one) => !sets.except.includes(setOf(one)));
  const own = found.filter((one) => setOf(one) === sets.only);
  return own.length === 0 ? undefined : own;
};

/** Gives whether a payer’s decision came with it that another payer can be told of. */
export const appendAnswer = async (
  services: Services,
  transaction: Transaction,
  found: {
    readonly practice: PracticeId;
    readonly transmission: AnsweredTransmission;
    readonly entry: Omit<Heard, 'about'>;
    readonly digest?: string;
  },
): Promise<boolean> => {
  const { practice, transmission, entry, digest } = found;
  const { keys } = services;
  const adjudication = entry.remitted && adjudicationOf(entry.remitted, { transmission, practice, keys });
  const answer: AnswerRecord = {
    id: services.ids.uuid(),
    disclosure: transmission.disclosure,
    transmission: transmission.transmission,
    kind: entry.kind,
    receivedAt: transaction.now,
    ...(digest === undefined ? {} : { incoming: digest }),
    ...(entry.by === 'clearinghouse' ? { layer: 'clearinghouse' } : {}),
    detail: { ...entry.detail, ...(adjudication ? { adjudication } : {}) },
  };
  await transaction.answers.add([answer]);
  const record = (await transaction.disclosures.byIds([transmission.disclosure])).get(transmission.disclosure);
  if (record) await advance(transaction, record, answer);
  if (record && isVoid(record)) await billAfterVoid(transaction, record.id);
  transaction.ledger.record({
    kind: 'answered',
    actor: 'sluice',
    client: transmission.client,
    disclosure: transmission.disclosure,
    subject: transmission.transmission,
    codes: entry.by === 'clearinghouse' ? [entry.kind, 'clearinghouse'] : [entry.kind],
  });
  services.metrics.count('answers_total', { code: entry.kind });
  return adjudication !== undefined;
};

/** States in which it could go (again). */
const WOULD_GO: readonly DisclosureRecord['state'][] = ['ready', 'sealed', 'held', 'blocked'];

/**
 * An answer is proof that the insurer has it: what was unknown or parked is known now, and what could go again does not. One of a clearinghouse proves that
 * it was sent, and no more. `sending` is left to its worker.
 */
const advance = async (transaction: Transaction, record: DisclosureRecord, answer: AnswerRecord): Promise<void> => {
  const isPresumedGone = answer.layer === undefined && record.state === 'sent';
  const isOpen = record.state === 'unknown' || record.state === 'parked';
  const wouldGo = WOULD_GO.includes(record.state);
  if (answer.kind === 'unreadable' || !(isPresumedGone || isOpen || wouldGo)) return;
  // Somebody had found out that the insurer has nothing, or it was held since: it has it all the same, and nothing goes again.
  if (wouldGo) {
    const doubted = {
      id: record.id,
      from: record.state,
      to: 'parked',
      cause: 'outcome_unknown',
      curer: 'practice',
    } as const;
    if ((await transaction.disclosures.move([doubted], undefined)).length === 0) return;
  }
  const to = answer.layer === undefined ? 'received' : 'sent';
  const change: DisclosureChange = { id: record.id, from: wouldGo ? 'parked' : record.state, to };
  const moved = await transaction.disclosures.move([change], undefined);
  if (moved.length > 0) await supersedeCorrected(transaction, [record]);
};
