import type { InsurerRecord } from './records.js';
import type { SendFailure } from './transport.js';

export type CheckStep = 'address' | 'connect' | 'tls' | 'host-key' | 'authenticate' | 'list' | 'write';

/** `skipped`: a step before it failed, or (`not_named_by_profile`) the insurer's profile says of no harmless way to try it. */
export interface CheckedStep {
  readonly step: CheckStep;
  readonly outcome: 'ok' | 'failed' | 'skipped';
  readonly code?: SendFailure | 'not_named_by_profile';
  readonly status?: number;
}

/** Opens the connection to an insurer and closes it. It is given no permit and no sealed bytes, and says nothing of any client. */
export type ConnectionChecker = (to: InsurerRecord) => Promise<readonly CheckedStep[]>;
