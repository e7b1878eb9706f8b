import type { SystemHealth, SystemQueues } from '#libs/contracts';
import type { Answer, RequestContext } from './asked.js';

/** How Sluice itself does. Ids, codes and counts only. */
export interface SystemUseCases {
  /** Ids, codes and counts of the asker’s practice. */
  readQueues(context: RequestContext): Answer<SystemQueues>;
  /** Never `unavailable`: that the database cannot be reached is what it then says. */
  readHealth(context: RequestContext): Answer<SystemHealth>;
}
