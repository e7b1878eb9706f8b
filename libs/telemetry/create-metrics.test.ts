import { describe, expect, it } from 'vitest';
import { createMetrics } from './index.js';

const lane = '6f1c1c1e-5a3b-4a57-9d0e-1b2c3d4e5f60';

describe('metrics', () => {
  it('count, set and observe under closed labels', async () => {
    const metrics = createMetrics();
    metrics.count('dispatches_total', { lane, state: 'sent' });
    metrics.count('dispatches_total', { lane, state: 'sent' }, 2);
    metrics.set('outbox_waiting', {}, 7);
    metrics.observe('dispatch_seconds', { lane }, 0.2);
    const text = await metrics.text();
    expect(text).toContain(`sluice_dispatches_total{lane="${lane}",state="sent"} 3\n`);
    expect(text).toContain('sluice_outbox_waiting 7\n');
    expect(text).toContain(`sluice_dispatch_seconds_bucket{le="0.25",lane="${lane}"} 1\n`);
    expect(text).toContain(`sluice_dispatch_seconds_bucket{le="0.1",lane="${lane}"} 0\n`);
    expect(metrics.contentType).toContain('text/plain');
  });

  it('never carry a datum in a label, nor a label of their own', async () => {
    const metrics = createMetrics();
    metrics.count('dispatches_total', { lane: 'Marlowe Quill', state: 'quill' });
    metrics.count('holds_total', { code: 'F32.1 Quill' });
    const smuggled: { readonly code: string } = { code: 'hold.no-release', ...{ client: 'Quill' } };
    metrics.count('holds_total', smuggled);
    const text = await metrics.text();
    expect(text).not.toMatch(/quill/i);
    expect(text).toContain('sluice_dispatches_total{lane="refused",state="refused"} 1\n');
    expect(text).toContain('sluice_holds_total{code="refused"} 1\n');
    expect(text).toContain('sluice_holds_total{code="hold.no-release"} 1\n');
  });

  it('pass over numbers that are none, rather than fail what is measured', async () => {
    const metrics = createMetrics();
    metrics.count('ledger_blocks_total', {}, -1);
    metrics.set('outbox_waiting', {}, Number.NaN);
    metrics.observe('dispatch_seconds', { lane }, Number.POSITIVE_INFINITY);
    const text = await metrics.text();
    expect(text).toContain('sluice_ledger_blocks_total 0\n');
    expect(text).not.toMatch(/nan|inf"?}? [1-9]/i);
  });

  it('stand apart from those of another', async () => {
    const one = createMetrics();
    const two = createMetrics({ ofProcess: true });
    one.count('ledger_blocks_total', {});
    expect(await one.text()).toContain('sluice_ledger_blocks_total 1\n');
    expect(await two.text()).toContain('sluice_ledger_blocks_total 0\n');
    expect(await two.text()).toContain('sluice_process_cpu_seconds_total');
    expect(await one.text()).not.toContain('process_cpu');
  });
});
