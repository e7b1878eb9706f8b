import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { beat } from '#libs/application';
import { routeOf, SYSTEM_CHECKS } from '#libs/contracts';
import { systemIds } from '#libs/settings';
import type { UseCases } from '../../apps/api/use-cases.js';
import { createUseCases } from '../../apps/api/wiring/create-use-cases.js';
import { asking } from '../support/asking.js';
import { Stage, valueOf } from '../support/stage.js';

let stage: Stage;
let useCases: UseCases;

beforeAll(async () => {
  stage = await Stage.open();
  useCases = createUseCases(stage.services);
});

afterAll(async () => {
  await stage.close();
});

const operator = () => asking(stage, ['operator']);

const checks = async () => {
  const health = valueOf(await useCases.readHealth(operator()));
  expect(routeOf('readHealth').response?.safeParse(health).error?.issues ?? []).toEqual([]);
  return { status: health.status, of: new Map(health.checks.map((one) => [one.name, one])) };
};

const workerWith = (change: object = {}) =>
  beat(stage.services, stage.practice, {
    worker: systemIds.uuid(),
    startedAt: Date.now(),
    queues: [{ queue: 'dispatch', waiting: 3, active: 1, delayed: 2, failed: 4 }],
    ...change,
  });

describe('health', () => {
  it('names each part, and says that no worker was ever seen', async () => {
    const { status, of } = await checks();
    expect([...of.keys()]).toEqual([...SYSTEM_CHECKS]);
    expect(of.get('worker')).toEqual({ name: 'worker', status: 'failed', code: 'worker_never_seen', count: 0 });
    expect(of.get('database')?.status).toBe('ok');
    expect(status).toBe('failed');
  });

  it('hears the heart of a worker, and says when it stops', async () => {
    await workerWith();
    expect((await checks()).of.get('worker')).toMatchObject({ status: 'ok', count: 1 });
    await stage.database.asSuperuser(`UPDATE worker_heartbeat SET beat_at = now() - interval '2 minutes'`);
    expect((await checks()).of.get('worker')).toMatchObject({ status: 'failed', code: 'worker_silent', count: 0 });
    await stage.database.asSuperuser(`UPDATE worker_heartbeat SET beat_at = now() - interval '2 days'`);
    await workerWith();
    expect(await stage.database.asSuperuser('SELECT worker_id FROM worker_heartbeat')).toHaveLength(1);
  });

  it('says that a worker sends nothing after a restore, and that something was set aside', async () => {
    await workerWith({ quarantine: 'restored' });
    expect((await checks()).of.get('quarantine')).toMatchObject({ status: 'failed', code: 'quarantine.restored' });
    await stage.database.asSuperuser('DELETE FROM worker_heartbeat');
    await workerWith();
    expect((await checks()).of.get('quarantine')).toEqual({ name: 'quarantine', status: 'ok', count: 0 });
    await stage.database.asSuperuser(
      `INSERT INTO quarantine (practice_id, lane_id, digest, code, received_at) SELECT practice_id, id, 'd', 'unmatched', now() FROM lane LIMIT 1`,
    );
    expect((await checks()).of.get('quarantine')).toMatchObject({
      status: 'warning',
      code: 'answers_set_aside',
      count: 1,
    });
  });

  it('looks where the ledger ends, and whether that is signed', async () => {
    const party = await stage.client('harbor-mutual');
    await stage.submit(stage.invoice(party));
    expect((await checks()).of.get('ledger-head')).toMatchObject({ status: 'ok' });
    expect((await checks()).of.get('checkpoint')).toMatchObject({ status: 'ok' });
    await stage.database.asSuperuser(`UPDATE ledger_block SET written_at = now() - interval '3 hours'`);
    expect((await checks()).of.get('checkpoint')).toMatchObject({ status: 'warning', code: 'checkpoint_overdue' });
    await stage.services.store.inPractice(stage.context, ({ ledger }) => ledger.checkpoint());
    expect((await checks()).of.get('checkpoint')).toMatchObject({ status: 'ok' });
    await stage.database.asSuperuser('UPDATE ledger_head SET height = height + 1');
    expect((await checks()).of.get('ledger-head')).toMatchObject({ status: 'failed', code: 'head_mismatch' });
    await stage.database.asSuperuser('UPDATE ledger_head SET height = height - 1');
  });
});

describe('queues', () => {
  it('show what waits in outbox, lanes and queues, and no word about a client', async () => {
    const party = await stage.client('harbor-mutual', { lastName: 'Canarysson' });
    await stage.release(party.client, 'harbor-mutual');
    const submitted = await stage.submit(stage.invoice(party));
    await workerWith();
    const told = valueOf(await useCases.readQueues(operator()));
    expect(routeOf('readQueues').response?.safeParse(told).error?.issues ?? []).toEqual([]);
    expect(told.outbox).toMatchObject({ waiting: 1, due: 1, unpublished: 1, oldestSeconds: expect.any(Number) });
    const lane = told.lanes.find(({ insurer }) => insurer.id === stage.insurer('harbor-mutual').id);
    expect(lane).toMatchObject({ route: 'direct', breaker: 'closed', ready: 1, sealed: 0, sending: 0, unknown: 0 });
    expect(told.queues).toMatchObject([{ name: 'dispatch', waiting: 3, active: 1, delayed: 2, failed: 4 }]);
    const words = JSON.stringify(told);
    for (const secret of [party.client, submitted.document, submitted.disclosure, 'Canarysson', 'F331'])
      expect(words).not.toContain(secret);
  });

  it('show what failed lately, by code', async () => {
    const party = await stage.client('cobalt-valley-hmo');
    await stage.release(party.client, 'cobalt-valley-hmo');
    await stage.behave('cobalt-valley-hmo', { mode: 'down', refuse: true });
    const { disclosure } = await stage.submit(stage.invoice(party));
    await stage.dispatch(disclosure);
    const told = valueOf(await useCases.readQueues(operator()));
    expect(told.failures).toMatchObject([{ outcome: 'ambiguous', insurer: stage.insurer('cobalt-valley-hmo').id }]);
  });
});
