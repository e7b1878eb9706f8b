import type { ClientId, DisclosureId, InboxItemId, InsurerId, TransmissionId } from '#libs/kernel';
import type { Page, PageRequest } from '../paging.js';
import type { InboxEntry, InboxItemRecord } from '../records.js';

/** What waits for insurers that come and fetch. */
export interface InboxRepository {
  /**
   * Puts sealed transmissions there, each once: of one that is there already only the decision is new. Whoever else puts
   * something into the same inbox waits for the end of this transaction, so that arrival is the order of commits.
   */
  offer(
    items: readonly (Omit<InboxItemRecord, 'answer'> & {
      /** Of the client's authority when it was decided, and until when the decision holds. */
      readonly epoch: number;
      readonly validUntil: number;
    })[],
  ): Promise<void>;
  /** Of this insurer; whatever has become of it. */
  byId(insurer: InsurerId, id: InboxItemId): Promise<InboxItemRecord | undefined>;
  ofTransmissions(ids: readonly TransmissionId[]): Promise<ReadonlyMap<TransmissionId, InboxItemRecord>>;
  /**
   * What this insurer may come for, in order of arrival: sealed or fetched and not answered, and decided under the
   * authority and at a time that still stand. What has to be decided anew first is not listed meanwhile.
   */
  page(insurer: InsurerId, request: PageRequest): Promise<Page<InboxEntry>>;
  /** False when it was answered before. */
  answer(id: InboxItemId, digest: string): Promise<boolean>;
  /** Disclosures of these clients that wait there, fetched or not, and that nobody is fetching. */
  waitingOf(clients: readonly ClientId[]): Promise<readonly DisclosureId[]>;
  /** When the oldest that waits, unanswered, arrived; in milliseconds. */
  oldest(): Promise<number | undefined>;
}
