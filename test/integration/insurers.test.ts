import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reachOf } from '#libs/access';
import { recordRouteIn, type RouteRecord } from '#libs/application';
import { routeOf } from '#libs/contracts';
import { type InsurerId, plainDate } from '#libs/kernel';
import type { RequestContext, UseCases } from '../../apps/api/use-cases.js';
import { createUseCases } from '../../apps/api/wiring/create-use-cases.js';
import { type Played, Stage, valueOf } from '../support/stage.js';

let stage: Stage;
let useCases: UseCases;

beforeAll(async () => {
  stage = await Stage.open();
  useCases = createUseCases(stage.services, { allowLoopback: true });
});

afterAll(async () => {
  await stage.close();
});

const administrator = (): RequestContext => {
  const actor = `staff:${stage.officer}`;
  const viewer = { roles: ['administrator'] } as const;
  return { practice: stage.practice, actor, principal: actor, ...viewer, reach: reachOf(viewer) };
};

const view = async (id: Played) => {
  const rows = valueOf(await useCases.listInsurers(administrator()));
  expect(routeOf('listInsurers').response?.safeParse({ rows }).error?.issues ?? []).toEqual([]);
  return rows.find((one) => one.id === stage.insurer(id).id);
};

const through: NonNullable<RouteRecord['through']> = {
  agent: {
    name: 'CROSSING CLEARINGHOUSE',
    agreement: { reference: 'BAA-1', signedOn: plainDate('2026-01-01') },
    payerId: 'CX001',
    resolvesTo: 'HARBORMUTUAL',
    resolution: 'idempotency-key',
  },
  connection: { url: 'https://10.1.2.3', receiverId: 'CROSSING', production: false },
  token: 'token-of-crossing',
};

describe('insurers', () => {
  it('show the form of their report, their direct way, and when anything last came back', async () => {
    const before = await view('harbor-mutual');
    expect(before?.routes).toMatchObject([{ kind: 'direct', current: true, transport: 'https', breaker: 'closed' }]);
    expect(before?.routes[0]).not.toHaveProperty('lastAnsweredAt');
    expect(before?.form?.fields.filter(({ required }) => required).length).toBeGreaterThan(3);
    expect(await view('granite-plan')).not.toHaveProperty('form');
    const party = await stage.client('harbor-mutual');
    await stage.release(party.client, 'harbor-mutual');
    const { disclosure } = await stage.submit(stage.invoice(party));
    await stage.dispatch(disclosure);
    await stage.collect();
    const at = (await view('harbor-mutual'))?.routes[0]?.lastAnsweredAt;
    expect(Date.now() - Date.parse(at ?? '')).toBeLessThan(60_000);
  });

  it('show every way, the one in use first, each with the health of its own lane', async () => {
    const insurer = stage.insurer('harbor-mutual').id;
    await stage.services.store.inPractice(stage.context, async (transaction) => {
      valueOf(await recordRouteIn(stage.services, transaction, { context: stage.context, insurer, through }));
    });
    await stage.database.asSuperuser(
      `UPDATE lane SET breaker = 'open', open_until = now() + interval '1 minute', failures = 5 WHERE route = 'clearinghouse'`,
    );
    const seen = await view('harbor-mutual');
    expect(seen?.routes.map(({ kind, current, agent, breaker }) => [kind, current, agent, breaker])).toEqual([
      ['clearinghouse', true, 'CROSSING CLEARINGHOUSE', 'open'],
      ['direct', false, undefined, 'closed'],
    ]);
    expect(seen?.routes[0]).toMatchObject({ failures: 5, openUntil: expect.any(String) });
    expect(seen?.lane).toEqual({ breaker: 'closed', slow: false });
    expect(JSON.stringify(seen)).not.toContain('token-of-crossing');
  });
});

describe('checking a connection', () => {
  it('opens it and sends nothing, and stands in the ledger', async () => {
    const { id } = stage.insurer('cobalt-valley-hmo');
    const told = valueOf(await useCases.checkConnection(administrator(), id));
    expect(routeOf('checkConnection').response?.safeParse(told).error?.issues ?? []).toEqual([]);
    expect(told).toMatchObject({ route: 'direct', kind: 'https', ok: true });
    expect(told.steps.map(({ step, outcome }) => `${step} ${outcome}`)).toEqual([
      'address ok',
      'connect ok',
      'authenticate skipped',
    ]);
    expect(await stage.received('cobalt-valley-hmo')).toEqual([]);
    const [entry] = await stage.database.asSuperuser(
      'SELECT body FROM ledger_entry ORDER BY height DESC, position DESC LIMIT 1',
    );
    expect(JSON.parse(String(entry?.['body']))).toEqual({
      kind: 'connection-checked',
      actor: `staff:${stage.officer}`,
      insurer: id,
    });
  });

  it('goes by the route in use, and nowhere behind the egress guard', async () => {
    const crossing = valueOf(await useCases.checkConnection(administrator(), stage.insurer('harbor-mutual').id));
    expect(crossing).toMatchObject({
      route: 'clearinghouse',
      ok: false,
      steps: [{ step: 'address', outcome: 'failed' }, {}, {}, {}],
    });
    const guarded = createUseCases(stage.services);
    const denied = valueOf(await guarded.checkConnection(administrator(), stage.insurer('cobalt-valley-hmo').id));
    expect(denied.steps[0]).toEqual({ step: 'address', outcome: 'failed', code: 'egress_denied' });
  });

  it('finds nothing where there is no such insurer', async () => {
    const told = await useCases.checkConnection(administrator(), '00000000-0000-4000-8000-00000000dead' as InsurerId);
    expect(told).toMatchObject({ ok: false, issues: [{ code: 'not_found' }] });
  });
});
