import type { ReleaseSimulation, SimulationQuery } from '#libs/contracts';
import type { ReleaseId } from '#libs/kernel';
import type { Answer, RequestContext } from './asked.js';

/** What a release would do, before it is signed. Nothing of it sends anything. */
export interface SimulationUseCases {
  /** `already_signed`; what a draft lacks, by name, as signing would say it. */
  simulateRelease(context: RequestContext, id: ReleaseId, relation: SimulationQuery): Answer<ReleaseSimulation>;
}
