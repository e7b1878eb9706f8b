import type { JobsOptions } from 'bullmq';
import { z } from 'zod';
import type { DispatchHint } from '#libs/application';
import {
  failed,
  issue,
  isUuid,
  type Issue,
  ok,
  type DisclosureId,
  type LaneId,
  type PracticeId,
  type Result,
} from '#libs/kernel';

/** Every queue there is. Slow and broken lanes have one of their own, so that they keep nobody waiting. */
export const QUEUES = ['dispatch', 'dispatch-slow'] as const;

export type QueueName = (typeof QUEUES)[number];

/** Disclosures in one hint. */
export const LARGEST_HINT = 50;

const id = <Id extends string>() => z.string().refine((text): text is Id => isUuid(text), { error: 'uuid' });

/**
 * What a job carries: ids and the version of this shape. It lies in the queue in clear, so that nothing else may ever be
 * added here.
 */
const payload = z.strictObject({
  v: z.literal(1),
  practice: id<PracticeId>(),
  lane: id<LaneId>(),
  disclosures: z.array(id<DisclosureId>()).min(1).max(LARGEST_HINT),
});

export type DispatchPayload = z.output<typeof payload>;

/** Throws on a hint of our own making that is none: a defect, not an input. */
export const payloadOf = ({ practice, lane, disclosures }: DispatchHint): DispatchPayload =>
  payload.parse({ v: 1, practice, lane, disclosures });

/** Code `queue.payload-invalid`, with a path and never a value. */
export const parsePayload = (data: unknown): Result<DispatchHint> => {
  const parsed = payload.safeParse(data);
  if (!parsed.success) {
    const [first, ...more] = parsed.error.issues.map(({ path }): Issue =>
      issue('queue.payload-invalid', `/${path.join('/')}`),
    );
    return failed(first ?? issue('queue.payload-invalid', ''), ...more);
  }
  const { practice, lane, disclosures } = parsed.data;
  return ok({ practice, lane, disclosures });
};

export const JOB_NAME = 'dispatch';

/**
 * One attempt, and nothing is kept: what must be tried again, and whether it was tried already, is known to Postgres. No
 * job has an id of ours, so that none, done or failed, can stand in the way of a later one.
 */
export const JOB_OPTIONS: JobsOptions = { attempts: 1, removeOnComplete: true, removeOnFail: true };

/** Intervals of the lock that a worker holds on a job, in milliseconds. */
export interface EngineTiming {
  /** A job whose lock was not renewed for this long is taken to be abandoned. */
  readonly lockMs: number;
  readonly renewLockMs: number;
  /** How often abandoned jobs are looked for. */
  readonly stalledCheckMs: number;
  /** A publication that takes longer has failed, although its hints may still arrive. */
  readonly publishMs: number;
}

/** An abandoned job is with another worker after twenty seconds at the latest. */
export const ENGINE_TIMING: EngineTiming = {
  lockMs: 15_000,
  renewLockMs: 5_000,
  stalledCheckMs: 5_000,
  publishMs: 1_500,
};

/** A hint that took down this many workers is dropped; Postgres knows what it was about. The engine's default is one. */
export const MOST_STALLS = 100;

/** Every queue has one handler, and nothing else has. Codes `queue.handler-missing`, `queue.handler-twice`, `queue.unknown`. */
export const checkHandlers = (handled: readonly string[]): Result<readonly QueueName[]> => {
  const known: readonly string[] = QUEUES;
  const issues = [
    ...QUEUES.filter((queue) => !handled.includes(queue)).map((queue) => issue('queue.handler-missing', queue)),
    ...handled.filter((queue, at) => handled.indexOf(queue) !== at).map((queue) => issue('queue.handler-twice', queue)),
    ...handled.filter((queue) => !known.includes(queue)).map((queue) => issue('queue.unknown', queue)),
  ];
  return issues.length === 0 ? ok(QUEUES) : failed(...issues);
};
