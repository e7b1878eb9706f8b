import { z } from 'zod';
import type { StaffId } from '#libs/kernel';
import { ROLES } from './actions.js';
import { boundedCount, disclosureSummary } from './disclosures.js';
import { code, date, id, instant, line, pageOf, paging, prose } from './scalars.js';
import { WORKLIST_QUEUES } from './words.js';

/** `mine`: what is assigned to whoever asks. A program with a key is nobody to whom anything is assigned. */
const scope = z.enum(['mine', 'all']).exactOptional();

export const worklistCountsQuery = z.strictObject({ scope });

/** How many wait in each queue; what is snoozed is in `snoozed` alone. One thing may wait in several queues. */
export const worklistCounts = z
  .strictObject({
    queues: z.array(z.strictObject({ queue: z.enum(WORKLIST_QUEUES), count: boundedCount, snoozed: boundedCount })),
  })
  .meta({ id: 'WorklistCounts' });

export const queueInPath = z.strictObject({ queue: z.enum(WORKLIST_QUEUES) });

/** With `snoozed=true` the rows that are put off, and no other. */
export const worklistQuery = z.strictObject({ ...paging, scope, snoozed: z.literal('true').exactOptional() });

const client = z.strictObject({ id: z.uuid(), code: code(40), name: line(100) });

/** A signed release on its last days. */
const expiring = z.strictObject({
  id: z.uuid(),
  client,
  validUntil: date,
  daysLeft: z.int().min(0).max(30),
});

const item = {
  /** Of the disclosure or the release that it is about; the same in whatever queue it stands. */
  id: z.uuid(),
  /** Whole days since the disclosure was taken in; of a release, since thirty days were left. */
  ageDays: z.int().min(0).max(100_000),
  nextStep: z.string().min(1).max(500),
  assignee: z.strictObject({ id: z.uuid(), name: line(200) }).exactOptional(),
  /** Out of the counts until this day. */
  snoozedUntil: date.exactOptional(),
  notes: z.int().min(0).max(1_000),
  /** Raised by every assignment and snooze; 0 before the first. The entity tag is `"v<version>"`. */
  version: z.int().min(0),
};

export const worklistItem = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('disclosure'), ...item, disclosure: disclosureSummary }),
    z.strictObject({ kind: z.literal('release'), ...item, release: expiring }),
  ])
  .meta({ id: 'WorklistItem' });

export const worklistPage = pageOf(worklistItem);

export const itemInPath = z.strictObject({ id: z.uuid() });

/** To a member of staff who works for this client, or with `null` to nobody. */
export const assignWork = z.strictObject({ staff: id<StaffId>().nullable() }).meta({ id: 'AssignWork' });

/** Until the beginning of that day, which is one to come; `null` takes it up again. */
export const snoozeWork = z.strictObject({ until: date.nullable() }).meta({ id: 'SnoozeWork' });

/** What is known of an item besides what it is about. */
export const workState = z
  .strictObject({
    id: z.uuid(),
    kind: z.enum(['disclosure', 'release']),
    assignee: item.assignee,
    snoozedUntil: item.snoozedUntil,
    notes: item.notes,
    version: item.version,
  })
  .meta({ id: 'WorkState' });

export const writeNote = z.strictObject({ text: prose(2_000) }).meta({ id: 'WriteNote' });

/** Nobody changes or removes one. */
export const workNote = z
  .strictObject({
    id: z.uuid(),
    text: prose(2_000),
    /** `staff:<uuid>` or `key:<uuid>`. */
    author: z.string().max(60),
    authorName: line(200).exactOptional(),
    writtenAt: instant,
  })
  .meta({ id: 'WorkNote' });

/** A member of staff as somebody to whom work is given: never how they sign in. */
export const staffName = z
  .strictObject({ id: z.uuid(), name: line(200), roles: z.array(z.enum(ROLES)).max(ROLES.length) })
  .meta({ id: 'StaffName' });

export type WorklistCounts = z.input<typeof worklistCounts>;
export type WorklistQueue = (typeof WORKLIST_QUEUES)[number];
export type WorklistQuery = z.output<typeof worklistQuery>;
export type WorklistItem = z.input<typeof worklistItem>;
export type WorkState = z.input<typeof workState>;
export type WorkNote = z.input<typeof workNote>;
export type StaffName = z.input<typeof staffName>;
