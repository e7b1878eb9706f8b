import type { ShadowReport, ShadowRun } from '#libs/contracts';
import type { Answer, RequestContext } from './asked.js';

/** What would be held, without sending. */
export interface ShadowUseCases {
  /** Decides invoices as if they were submitted now; keeps nothing but that somebody asked. */
  runShadow(context: RequestContext, run: ShadowRun): Answer<ShadowReport>;
}
