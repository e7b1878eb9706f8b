import type { PracticeId } from '#libs/kernel';
import type { InsightRepository } from './insight.js';
import type { AnswerRepository } from './repositories/answer-repository.js';
import type { AuthorityRepository } from './repositories/authority-repository.js';
import type { ClientRepository, TreatmentRepository } from './repositories/client-repository.js';
import type { DisclosureRepository } from './repositories/disclosure-repository.js';
import type { DocumentRepository } from './repositories/document-repository.js';
import type { IdempotencyRepository } from './repositories/idempotency-repository.js';
import type { ImportRepository } from './repositories/import-repository.js';
import type { InboxRepository } from './repositories/inbox-repository.js';
import type { LedgerRepository } from './repositories/ledger-repository.js';
import type { DisclosureLists } from './repositories/list-repository.js';
import type { PracticeRepository } from './repositories/practice-repository.js';
import type { ReminderRepository } from './repositories/reminder-repository.js';
import type { LaneRepository, RouteRepository } from './repositories/route-repository.js';
import type { ScanRepository, SigningLinkRepository } from './repositories/signing-repository.js';
import type { TransmissionRepository } from './repositories/transmission-repository.js';
import type { WebhookRepository } from './repositories/webhook-repository.js';
import type { ViewRepository, WorkRepository } from './repositories/work-repository.js';
import type { StaffAccountRepository } from './staff.js';
import type { SystemRepository } from './system.js';

export type * from './paging.js';
export type * from './repositories/answer-repository.js';
export type * from './repositories/authority-repository.js';
export type * from './repositories/client-repository.js';
export type * from './repositories/disclosure-repository.js';
export type * from './repositories/document-repository.js';
export type * from './repositories/idempotency-repository.js';
export type * from './repositories/import-repository.js';
export type * from './repositories/inbox-repository.js';
export type * from './repositories/ledger-repository.js';
export type * from './repositories/list-repository.js';
export type * from './repositories/practice-repository.js';
export type * from './repositories/reminder-repository.js';
export type * from './repositories/route-repository.js';
export type * from './repositories/signing-repository.js';
export type * from './repositories/transmission-repository.js';
export type * from './repositories/webhook-repository.js';
export type * from './repositories/work-repository.js';

/** Who acts: a member of staff, a program with a key, or the worker. Written into the ledger. */
export interface PracticeContext {
  readonly practice: PracticeId;
  /** `staff:<uuid>`, `key:<uuid>` or `worker`. */
  readonly actor: string;
}

/**
 * Everything of one practice, inside one transaction under row-level security. What it cannot see does not exist. Methods
 * take and return lists, so that fifty claims cost one round trip; unknown ids are simply absent from what comes back.
 */
export interface Transaction {
  /** The database's clock when the transaction began, in milliseconds. */
  readonly now: number;
  /** The database's clock at this moment (`clock_timestamp()`): what a decision under locks must go by. */
  clock(): Promise<number>;
  readonly practice: PracticeRepository;
  readonly clients: ClientRepository;
  readonly imports: ImportRepository;
  readonly scans: ScanRepository;
  readonly signingLinks: SigningLinkRepository;
  readonly reminders: ReminderRepository;
  readonly treatments: TreatmentRepository;
  readonly authority: AuthorityRepository;
  readonly documents: DocumentRepository;
  readonly disclosures: DisclosureRepository;
  readonly transmissions: TransmissionRepository;
  readonly inbox: InboxRepository;
  readonly answers: AnswerRepository;
  readonly lists: DisclosureLists;
  readonly work: WorkRepository;
  readonly views: ViewRepository;
  readonly lanes: LaneRepository;
  readonly routes: RouteRepository;
  readonly idempotency: IdempotencyRepository;
  readonly ledger: LedgerRepository;
  readonly webhooks: WebhookRepository;
  readonly system: SystemRepository;
  readonly insight: InsightRepository;
  readonly staffAccounts: StaffAccountRepository;
}

/** How a transaction is to be run. */
export interface Manner {
  /** The same few statements over rows that are named by their keys, all day long: they are planned once, and not for the values. */
  readonly often?: boolean;
}

export interface Store {
  /**
   * Begins, sets the practice, runs, puts in line what webhook endpoints are to be told of it, appends the recorded
   * ledger entries as one block as the last statement, commits. Rolls back when `work` throws.
   */
  inPractice<T>(context: PracticeContext, work: (transaction: Transaction) => Promise<T>, manner?: Manner): Promise<T>;
}
