import type {
  Asking,
  AskingQuery,
  ConnectionCheck,
  Dashboard,
  DashboardQuery,
  ReleaseSimulation,
  SimulationQuery,
  SystemHealth,
  SystemQueues,
} from '#libs/contracts';
import type { InsurerId, ReleaseId } from '#libs/kernel';
import type { Answer, RequestContext } from './use-cases.js';

/** What the practice asks about its own disclosures. Nothing of it sends anything. */
export interface InsightUseCases {
  /** `already_signed`; what a draft lacks, by name, as signing would say it. */
  simulateRelease(context: RequestContext, id: ReleaseId, relation: SimulationQuery): Answer<ReleaseSimulation>;
  /** `range_reversed`, `period_too_long`. */
  readDashboard(context: RequestContext, query: DashboardQuery): Answer<Dashboard>;
  readAsking(context: RequestContext, query: AskingQuery): Answer<Asking>;
  /** Connects to the insurer as it is reached now; nothing of any client is said. */
  checkConnection(context: RequestContext, insurer: InsurerId): Answer<ConnectionCheck>;
  /** Ids, codes and counts of the asker’s practice. */
  readQueues(context: RequestContext): Answer<SystemQueues>;
  /** Never `unavailable`: that the database cannot be reached is what it then says. */
  readHealth(context: RequestContext): Answer<SystemHealth>;
}
