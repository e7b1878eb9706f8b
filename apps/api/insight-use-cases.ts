import type {
  AccountingQuery,
  AccountingRow,
  Asking,
  AskingQuery,
  Comparison,
  ComparisonRow,
  ConnectionCheck,
  Dashboard,
  DashboardQuery,
  ReleaseSimulation,
  SimulationQuery,
  SystemHealth,
  SystemQueues,
  TestClaim,
} from '#libs/contracts';
import type { SentBytes } from '#libs/application';
import type { FieldId, Value } from '#libs/catalogue';
import type { ClientId, DisclosureId, InsurerId, ReleaseId } from '#libs/kernel';
import type { Answer, PageOf, Paging, RequestContext, Unmasked } from './asked.js';

/** What goes at one place, and as which field it is seen. */
interface ComparedCell {
  readonly value: Value;
  readonly as: FieldId;
}

/** One row of a comparison with the values in clear. */
export interface ComparedCells extends Pick<ComparisonRow, 'locus' | 'label' | 'category'> {
  readonly before?: ComparedCell;
  readonly after?: ComparedCell;
}

/** The same for a whole comparison: the API masks what the reader may not see, and says then what changed. */
export interface UncoveredComparison extends Omit<Comparison, 'rows' | 'counts'> {
  readonly rows: readonly ComparedCells[];
}

/** What the practice asks about its own disclosures. Nothing of it sends anything. */
export interface InsightUseCases {
  /** `already_signed`; what a draft lacks, by name, as signing would say it. */
  simulateRelease(context: RequestContext, id: ReleaseId, relation: SimulationQuery): Answer<ReleaseSimulation>;
  /** `range_reversed`, `period_too_long`. */
  readDashboard(context: RequestContext, query: DashboardQuery): Answer<Dashboard>;
  readAsking(context: RequestContext, query: AskingQuery): Answer<Asking>;
  compareDisclosure(context: RequestContext, id: DisclosureId): Answer<Unmasked<UncoveredComparison>>;
  /** `forbidden` unless the asker may see every value in them; `not_sent_yet`. In the ledger before they are given. */
  readSentBytes(context: RequestContext, id: DisclosureId): Answer<SentBytes>;
  accountForClient(
    context: RequestContext,
    asked: Omit<AccountingQuery, 'after' | 'limit'> & { readonly client: ClientId },
    paging: Paging,
  ): Answer<PageOf<AccountingRow>>;
  /** Connects to the insurer as it is reached now; nothing of any client is said. */
  checkConnection(context: RequestContext, insurer: InsurerId): Answer<ConnectionCheck>;
  /**
   * A claim about nobody, once. `test_claim_unsupported`, `test_claim_held`, `clinician_missing`; `unavailable` until a
   * restored database is reconciled.
   */
  sendTestClaim(context: RequestContext, insurer: InsurerId): Answer<TestClaim>;
  /** Ids, codes and counts of the asker’s practice. */
  readQueues(context: RequestContext): Answer<SystemQueues>;
  /** Never `unavailable`: that the database cannot be reached is what it then says. */
  readHealth(context: RequestContext): Answer<SystemHealth>;
}
