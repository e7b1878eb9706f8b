import type { Asking, AskingQuery, Dashboard, DashboardQuery } from '#libs/contracts';
import type { Answer, RequestContext } from './asked.js';

/** What the practice asks about its own disclosures. Nothing of it sends anything. */
export interface InsightUseCases {
  /** `range_reversed`, `period_too_long`. */
  readDashboard(context: RequestContext, query: DashboardQuery): Answer<Dashboard>;
  readAsking(context: RequestContext, query: AskingQuery): Answer<Asking>;
}
