import { describe, expectTypeOf, it } from 'vitest';
import type { Log, LogEvent, Metrics } from './index.js';

declare const log: Log;
declare const metrics: Metrics;

describe('the types of telemetry', () => {
  it('know events and their fields, and no others', () => {
    expectTypeOf<Extract<LogEvent, { event: 'permit.expired' }>>().toExtend<{ transmission: string; lane: string }>();
    log.write({ event: 'permit.expired', transmission: 't', lane: 'l' });
    // @ts-expect-error no event may carry what is not in the catalogue
    log.write({ event: 'permit.expired', transmission: 't', lane: 'l', client: 'c' });
    // @ts-expect-error a required field may not be left out
    log.write({ event: 'permit.expired', transmission: 't' });
    // @ts-expect-error an event that is not in the catalogue
    log.write({ event: 'client.seen' });
    // @ts-expect-error a state outside the closed list
    log.write({ event: 'database.state', state: 'marlowe' });
    // @ts-expect-error an object is never a field
    log.write({ event: 'database.migrated', count: { of: 1 }, duration: 1 });
  });

  it('know metrics and their labels, and no others', () => {
    metrics.count('dispatches_total', { lane: 'l', state: 'sent' });
    // @ts-expect-error a gauge cannot be counted up
    metrics.count('outbox_waiting', {});
    // @ts-expect-error a label may not be left out
    metrics.count('dispatches_total', { lane: 'l' });
    // @ts-expect-error no label of one's own
    metrics.count('holds_total', { code: 'c', client: 'c' });
  });
});
