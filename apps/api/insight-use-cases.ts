import type { ReleaseSimulation, SimulationQuery, SystemHealth, SystemQueues } from '#libs/contracts';
import type { ReleaseId } from '#libs/kernel';
import type { Answer, RequestContext } from './use-cases.js';

/** What the practice asks about its own disclosures. Nothing of it sends anything. */
export interface InsightUseCases {
  /** `already_signed`; what a draft lacks, by name, as signing would say it. */
  simulateRelease(context: RequestContext, id: ReleaseId, relation: SimulationQuery): Answer<ReleaseSimulation>;
  /** Ids, codes and counts of the asker’s practice. */
  readQueues(context: RequestContext): Answer<SystemQueues>;
  /** Never `unavailable`: that the database cannot be reached is what it then says. */
  readHealth(context: RequestContext): Answer<SystemHealth>;
}
