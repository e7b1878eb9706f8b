import { describe, expect, it } from 'vitest';
import type { SendOutcome } from '#libs/application';
import { admit, afterAttempt, BREAKER_POLICY, type LaneHealth, signOf } from './lane-breaker.js';

const fresh: LaneHealth = { breaker: 'closed', openUntil: 0, failures: 0, slow: false };
const good: SendOutcome = { kind: 'accepted', status: 202 };
const bad: SendOutcome = { kind: 'ambiguous', code: 'response_timeout' };
const idle: SendOutcome = { kind: 'not-sent', code: 'permit_expired' };

const after = (health: LaneHealth, outcome: SendOutcome, now = 1_000, latencyMs = 10) =>
  afterAttempt(health, { outcome, latencyMs, now, random: 0.5 });

const failing = (times: number): LaneHealth => {
  let health = fresh;
  for (let count = 0; count < times; count += 1) health = after(health, bad);
  return health;
};

describe('a lane breaker', () => {
  it('opens at the fifth failure in a row and not before', () => {
    expect(failing(4)).toMatchObject({ breaker: 'closed', failures: 4, slow: false });
    expect(failing(5)).toEqual({ breaker: 'open', failures: 5, slow: true, openUntil: 2_500 });
  });

  it('comes back soon after a short outage, however the dice fall', () => {
    const outage = 3_000;
    for (let dice = 0; dice < 2 ** 10; dice += 1) {
      let health = failing(4);
      let now = 0;
      for (let probe = 0; now < outage; probe += 1) {
        const random = (dice >> (probe % 10)) & 1 ? 0.999 : 0;
        health = afterAttempt(health, { outcome: bad, latencyMs: 10, now, random });
        now = health.openUntil;
      }
      expect(now).toBeLessThanOrEqual(3 * outage + BREAKER_POLICY.firstOpenMs);
    }
  });

  it('forgets failures at the first success', () => {
    expect(after(failing(4), good)).toEqual(fresh);
  });

  it('is not opened further by those that were under way when it opened', () => {
    expect(failing(12)).toEqual(failing(5));
  });

  it('lets one probe through when its time is over, and another only if that one never reported', () => {
    const open = failing(5);
    expect(admit(open, 2_499)).toEqual({ kind: 'wait', until: 2_500 });
    const probe = admit(open, 2_500);
    if (probe.kind !== 'probe') throw new Error('no probe');
    expect(probe.health.breaker).toBe('half-open');
    expect(admit(probe.health, 2_501)).toMatchObject({ kind: 'wait' });
    expect(admit(probe.health, 2_500 + BREAKER_POLICY.probeMs)).toMatchObject({ kind: 'probe' });
    expect(after(probe.health, good)).toEqual(fresh);
    expect(after(probe.health, bad, 3_000)).toEqual({ breaker: 'open', failures: 6, slow: true, openUntil: 6_000 });
  });

  it('gives the probe back if it sent nothing', () => {
    const probing: LaneHealth = { breaker: 'half-open', openUntil: 50_000, failures: 5, slow: true };
    expect(admit(after(probing, idle, 3_000), 3_000)).toMatchObject({ kind: 'probe' });
    expect(after(failing(3), idle)).toEqual(failing(3));
  });

  it('takes a slow answer for slow, and a quick one for quick only well below', () => {
    const slow = after(fresh, good, 0, 2_000);
    expect(slow.slow).toBe(true);
    expect(after(slow, good, 0, 1_500).slow).toBe(true);
    expect(after(slow, good, 0, 999).slow).toBe(false);
    expect(after(fresh, good, 0, 1_999).slow).toBe(false);
    expect(after(fresh, bad, 0, 15_000).slow).toBe(true);
  });

  it('stops for good where somebody else answers for the insurer, whatever others report', () => {
    const stopped = after(fresh, { kind: 'not-sent', code: 'host_key_changed' });
    expect(stopped).toMatchObject({ breaker: 'stopped', slow: true });
    for (const outcome of [good, bad, idle]) expect(after(stopped, outcome)).toEqual(stopped);
    for (const now of [0, 1_000, 1e15]) expect(admit(stopped, now)).toEqual({ kind: 'wait', until: now + 45_000 });
  });

  it.each([
    [{ kind: 'not-sent', code: 'host_key_changed' }, 'impostor'],
    [{ kind: 'not-sent', code: 'token_stale' }, 'nothing'],
    [{ kind: 'not-sent', code: 'token_refused' }, 'ill'],
    [{ kind: 'refused', code: 'rejected', status: 422 }, 'well'],
    [{ kind: 'refused', code: 'unauthorized', status: 401 }, 'ill'],
    [{ kind: 'refused', code: 'tls_pin_mismatch' }, 'ill'],
    [{ kind: 'not-sent', code: 'connection_refused' }, 'ill'],
    [{ kind: 'not-sent', code: 'too_many_requests' }, 'ill'],
    [idle, 'nothing'],
    [good, 'well'],
  ] as const)('reads %o as %s', (outcome, sign) => expect(signOf(outcome)).toBe(sign));
});
