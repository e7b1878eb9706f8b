import type { FormatId, Purpose } from '#libs/catalogue';
import type { DisclosureOrder, WorklistQueue } from '#libs/contracts';
import type { ShownStatus } from '#libs/disclosure';
import type { PlainDate, StaffId } from '#libs/kernel';
import type { ClientReach } from '../client-reach.js';
import type { Page, PageRequest } from '../paging.js';
import type { DisclosureRecord } from '../records.js';
import type { DisclosureFilter } from './disclosure-repository.js';

/** What a list narrows to. Days are inclusive, and of UTC; amounts are in cents. */
export interface ListFilter extends DisclosureFilter {
  /** What people see. */
  readonly statuses?: readonly ShownStatus[];
  readonly formats?: readonly FormatId[];
  readonly purposes?: readonly Purpose[];
  /** How the client's code begins. */
  readonly clientCode?: string;
  readonly serviceFrom?: PlainDate;
  readonly serviceTo?: PlainDate;
  readonly createdFrom?: PlainDate;
  readonly createdTo?: PlainDate;
  readonly totalFrom?: number;
  readonly totalTo?: number;
  /** Taken in at this moment (milliseconds) or before. */
  readonly until?: number;
}

export interface WantedList {
  readonly filter: ListFilter;
  /** The newest first where it is empty. */
  readonly order: readonly DisclosureOrder[];
  /** Whose clients. What is out of reach is neither listed nor counted. */
  readonly reach: ClientReach;
}

/** The queues in which disclosures wait. */
export type DisclosureQueue = Exclude<WorklistQueue, 'release-expiring'>;

export interface WantedQueue {
  readonly reach: ClientReach;
  /** Only what is assigned to this member of staff. */
  readonly assignee?: StaffId;
  /** What is put off, instead of what is not. */
  readonly snoozed: boolean;
}

/** Lists over columns in clear, of clients whose key is there. */
export interface DisclosureLists {
  page(wanted: WantedList, request: PageRequest): Promise<Page<DisclosureRecord>>;
  /** How many there are; no more are counted than `most`. */
  count(wanted: Omit<WantedList, 'order'>, most?: number): Promise<number>;
  /** Oldest first; by the last day where the queue has one. */
  queue(queue: DisclosureQueue, wanted: WantedQueue, request: PageRequest): Promise<Page<DisclosureRecord>>;
  countQueues(
    wanted: Omit<WantedQueue, 'snoozed'>,
  ): Promise<ReadonlyMap<DisclosureQueue, { readonly open: number; readonly snoozed: number }>>;
}
