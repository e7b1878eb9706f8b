import type { LaneRecord, SendOutcome } from '#libs/application';
import { unreachable } from '#libs/kernel';

/** What a lane remembers of its insurer. Instants in milliseconds since the epoch. */
export type LaneHealth = Pick<LaneRecord, 'breaker' | 'openUntil' | 'failures' | 'slow'>;

export interface BreakerPolicy {
  /** Failures in a row at which it opens. */
  readonly threshold: number;
  /** Longest first opening; each further failure doubles it, up to `longestOpenMs`. */
  readonly firstOpenMs: number;
  readonly longestOpenMs: number;
  /** How long one probe may take before another is let through. */
  readonly probeMs: number;
  /** An answer that takes this long makes a lane slow; it is quick again below half of it. */
  readonly slowMs: number;
}

export const BREAKER_POLICY: BreakerPolicy = {
  threshold: 5,
  firstOpenMs: 2_000,
  longestOpenMs: 5 * 60_000,
  probeMs: 45_000,
  slowMs: 2_000,
};

export interface Attempt {
  readonly outcome: SendOutcome;
  readonly latencyMs: number;
  readonly now: number;
  /** From 0 up to but not including 1. */
  readonly random: number;
}

/**
 * What an outcome says about the insurer, not about the claim: an insurer that refuses a claim is well. One that we may
 * not speak to, or that does not know us, fails every claim alike, and the lane stops before all of them are parked.
 */
export const signOf = (outcome: SendOutcome): 'well' | 'ill' | 'nothing' | 'impostor' => {
  switch (outcome.kind) {
    case 'accepted':
      return 'well';
    case 'ambiguous':
      return 'ill';
    case 'not-sent':
      if (outcome.code === 'host_key_changed') return 'impostor';
      return outcome.code === 'permit_expired' || outcome.code === 'token_stale' ? 'nothing' : 'ill';
    case 'refused':
      return outcome.code === 'rejected' ? 'well' : 'ill';
    default:
      return unreachable(outcome);
  }
};

const openFor = (failures: number, random: number, policy: BreakerPolicy): number => {
  const doublings = Math.min(failures - policy.threshold, 30);
  const longest = Math.min(policy.firstOpenMs * 2 ** doublings, policy.longestOpenMs);
  // Spread, for lanes that failed together must not come back together; over the upper half alone, for short times add
  // up to many failures, and these to a long time after an outage that was none.
  return Math.round((longest / 2) * (1 + random));
};

const isSlow = (health: LaneHealth, latencyMs: number, policy: BreakerPolicy): boolean =>
  latencyMs >= policy.slowMs || (health.slow && latencyMs * 2 >= policy.slowMs);

/** The lane after an attempt. Pure. */
export const afterAttempt = (health: LaneHealth, attempt: Attempt, policy = BREAKER_POLICY): LaneHealth => {
  // Whatever those that were under way report: only a person lets anything go again.
  if (health.breaker === 'stopped') return health;
  switch (signOf(attempt.outcome)) {
    case 'impostor':
      return { ...health, breaker: 'stopped', openUntil: 0, slow: true };
    case 'nothing':
      // A probe that sent nothing proved nothing: the next one may go at once.
      return health.breaker === 'half-open' ? { ...health, openUntil: attempt.now } : health;
    case 'well':
      return { breaker: 'closed', openUntil: 0, failures: 0, slow: isSlow(health, attempt.latencyMs, policy) };
    case 'ill': {
      // One of those that were under way when it opened: it tells nothing new.
      if (health.breaker === 'open' && attempt.now < health.openUntil) return health;
      const failures = health.failures + 1;
      if (health.breaker === 'closed' && failures < policy.threshold) {
        return { ...health, failures, slow: health.slow || attempt.latencyMs >= policy.slowMs };
      }
      const counted = Math.max(failures, policy.threshold);
      return {
        breaker: 'open',
        openUntil: attempt.now + openFor(counted, attempt.random, policy),
        failures: counted,
        slow: true,
      };
    }
  }
};

export type Admission =
  | { readonly kind: 'go' }
  /** One attempt may go, and the lane must be stored as `health` before it does. */
  | { readonly kind: 'probe'; readonly health: LaneHealth }
  | { readonly kind: 'wait'; readonly until: number };

/** Whether an attempt may be made now. Pure; a probe that never reported back is replaced after `probeMs`. */
export const admit = (health: LaneHealth, now: number, policy = BREAKER_POLICY): Admission => {
  switch (health.breaker) {
    case 'closed':
      return { kind: 'go' };
    case 'stopped':
      return { kind: 'wait', until: now + policy.probeMs };
    case 'open':
    case 'half-open':
      if (now < health.openUntil) return { kind: 'wait', until: health.openUntil };
      return { kind: 'probe', health: { ...health, breaker: 'half-open', openUntil: now + policy.probeMs } };
    default:
      return unreachable(health.breaker);
  }
};
