import type { ReleaseSimulation, SimulationQuery } from '#libs/contracts';
import type { ReleaseId } from '#libs/kernel';
import type { Answer, RequestContext } from './use-cases.js';

/** What the practice asks about its own disclosures. Nothing of it sends anything. */
export interface InsightUseCases {
  /** `already_signed`; what a draft lacks, by name, as signing would say it. */
  simulateRelease(context: RequestContext, id: ReleaseId, relation: SimulationQuery): Answer<ReleaseSimulation>;
}
