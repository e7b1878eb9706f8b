import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SendOutcome } from '#libs/application';
import { admit, afterAttempt, BREAKER_POLICY, type LaneHealth } from './lane-breaker.js';

const numRuns = Number(process.env['SLUICE_PROPERTY_RUNS'] ?? 1000);

const outcome = fc.constantFrom<SendOutcome>(
  { kind: 'accepted', status: 202 },
  { kind: 'ambiguous', code: 'connection_closed' },
  { kind: 'not-sent', code: 'unavailable' },
  { kind: 'not-sent', code: 'permit_expired' },
  { kind: 'refused', code: 'rejected', status: 400 },
  { kind: 'refused', code: 'unauthorized', status: 401 },
);
const step = fc.record({
  outcome,
  latencyMs: fc.nat({ max: 20_000 }),
  pause: fc.nat({ max: 400_000 }),
  random: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
});
const fresh: LaneHealth = { breaker: 'closed', openUntil: 0, failures: 0, slow: false };

interface Seen {
  readonly before: LaneHealth;
  readonly after: LaneHealth;
  readonly now: number;
  readonly admitted: boolean;
}

/** A history in which every attempt was admitted first, as the worker does it. */
const play = (steps: readonly (typeof step extends fc.Arbitrary<infer Step> ? Step : never)[]): Seen[] => {
  let health = fresh;
  let now = 1_000;
  return steps.map(({ outcome: result, latencyMs, pause, random }) => {
    now += pause;
    const admission = admit(health, now);
    const before = admission.kind === 'probe' ? admission.health : health;
    const after =
      admission.kind === 'wait' ? before : afterAttempt(before, { outcome: result, latencyMs, now, random });
    health = after;
    return { before, after, now, admitted: admission.kind !== 'wait' };
  });
};

describe('a lane breaker, whatever happens', () => {
  it('never stays open longer than the longest opening, and never for no time', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        for (const { before, after, now, admitted } of play(steps)) {
          if (!admitted || after.breaker !== 'open' || before.breaker === 'open') continue;
          expect(after.openUntil).toBeGreaterThan(now);
          expect(after.openUntil - now).toBeLessThanOrEqual(BREAKER_POLICY.longestOpenMs);
        }
      }),
      { numRuns },
    );
  });

  it('always lets somebody through again', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const { after, now } = play(steps).at(-1) ?? { after: fresh, now: 0 };
        const later = now + Math.max(BREAKER_POLICY.longestOpenMs, BREAKER_POLICY.probeMs);
        expect(admit(after, later).kind).not.toBe('wait');
      }),
      { numRuns },
    );
  });

  it('lets at most one probe through at a time', () => {
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 60 }),
        fc.array(fc.nat({ max: BREAKER_POLICY.probeMs - 1 }), { maxLength: 20 }),
        (steps, waits) => {
          const { after, now } = play(steps).at(-1) ?? { after: fresh, now: 0 };
          const first = admit(after, now);
          if (first.kind !== 'probe') return;
          for (const wait of waits) expect(admit(first.health, now + wait).kind).toBe('wait');
        },
      ),
      { numRuns },
    );
  });

  it('is closed after a success, and counts only what came in a row', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        for (const { after, admitted } of play([
          ...steps,
          { outcome: { kind: 'accepted', status: 200 }, latencyMs: 1, pause: 400_000, random: 0 },
        ]).slice(-1)) {
          expect(admitted).toBe(true);
          expect(after).toMatchObject({ breaker: 'closed', failures: 0, openUntil: 0 });
        }
      }),
      { numRuns },
    );
  });

  it('is closed below the threshold and has reached it whenever it is not', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        for (const { after } of play(steps)) {
          expect(after.breaker === 'closed').toBe(after.failures < BREAKER_POLICY.threshold);
          if (after.breaker !== 'closed') expect(after.slow).toBe(true);
        }
      }),
      { numRuns },
    );
  });
});
