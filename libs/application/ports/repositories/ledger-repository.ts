import type { ClientId, DisclosureId, PlainDate } from '#libs/kernel';
import type {
  LedgerBlock,
  LedgerCheckpoint,
  LedgerEntry,
  LedgerKind,
  LedgerRow,
  LedgerVerification,
  LedgerVerifying,
} from '../ledger.js';
import type { Page, PageRequest } from '../paging.js';

/** Days in UTC, both belong to it. */
export interface LedgerFilter {
  readonly client?: ClientId;
  readonly disclosure?: DisclosureId;
  readonly kinds?: readonly LedgerKind[];
  readonly from?: PlainDate;
  readonly to?: PlainDate;
}

export interface LedgerRepository {
  /** Recorded now, written as one block as the last statement of the transaction. */
  record(entry: LedgerEntry): void;
  page(filter: LedgerFilter, request: PageRequest): Promise<Page<LedgerRow>>;
  verify(how?: LedgerVerifying): Promise<LedgerVerification>;
  /** Signs where the ledger ends now, unless that is signed already. Gives the newest checkpoint; none for an empty ledger. */
  checkpoint(): Promise<LedgerCheckpoint | undefined>;
  lastCheckpoint(): Promise<LedgerCheckpoint | undefined>;
  /** Blocks of the range in order, as many as fit a page; none when there are no more. */
  blocks(range: { readonly after: number; readonly upTo: number }): Promise<readonly LedgerBlock[]>;
  checkpoints(range: { readonly after: number; readonly upTo: number }): Promise<readonly LedgerCheckpoint[]>;
}
