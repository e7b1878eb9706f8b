import type { LaneRecord } from './records.js';
import type { SendOutcome } from './transport.js';

export type LaneHealth = Pick<LaneRecord, 'breaker' | 'openUntil' | 'failures' | 'slow'>;

/** When an insurer that fails is left alone, and when it is tried again. Pure. */
export interface LanePolicy {
  admit(
    health: LaneHealth,
    now: number,
  ):
    | { readonly kind: 'go' }
    | { readonly kind: 'probe'; readonly health: LaneHealth }
    | { readonly kind: 'wait'; readonly until: number };
  afterAttempt(
    health: LaneHealth,
    attempt: {
      readonly outcome: SendOutcome;
      readonly latencyMs: number;
      readonly now: number;
      readonly random: number;
    },
  ): LaneHealth;
}
