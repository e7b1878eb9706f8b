import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordRouteIn, type RouteRecord } from '#libs/application';
import { CHECK_STEPS, routeOf } from '#libs/contracts';
import { validate837P } from '#libs/x12';
import { type InsurerId, plainDate } from '#libs/kernel';
import type { UseCases } from '../../apps/api/use-cases.js';
import { createUseCases } from '../../apps/api/wiring/create-use-cases.js';
import { asking } from '../support/asking.js';
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

const administrator = () => asking(stage, ['administrator']);

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
    for (const { step } of told.steps) expect(CHECK_STEPS).toContain(step);
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

describe('a test claim', () => {
  const COUNTS = `SELECT (SELECT count(*) FROM client)::integer AS clients, (SELECT count(*) FROM release)::integer AS releases,
    (SELECT count(*) FROM transmission)::integer AS transmissions, (SELECT count(*) FROM disclosure)::integer AS disclosures`;

  const kindsSince = async (height: number) => {
    const rows = await stage.database.asSuperuser(
      `SELECT body FROM ledger_entry WHERE height > ${height} ORDER BY height, position`,
    );
    return rows.map((row) => JSON.parse(String(row['body'])) as { kind: string; codes?: string[] });
  };

  const heightNow = async (): Promise<number> => {
    const [row] = await stage.database.asSuperuser('SELECT max(height)::integer AS height FROM ledger_entry');
    return Number(row?.['height'] ?? 0);
  };

  it('is about nobody, is marked as a test, satisfies the guide, and stands in the ledger before and after', async () => {
    const { id } = stage.insurer('cobalt-valley-hmo');
    const before = await heightNow();
    const counted = await stage.database.asSuperuser(COUNTS);
    const told = valueOf(await useCases.sendTestClaim(administrator(), id));
    expect(routeOf('sendTestClaim').response?.safeParse(told).error?.issues ?? []).toEqual([]);
    expect(told).toMatchObject({ insurer: id, route: 'direct', kind: 'https', outcome: 'accepted' });
    const [file, ...others] = await stage.received('cobalt-valley-hmo');
    expect(others).toEqual([]);
    const bytes = Buffer.from(file ?? '', 'latin1');
    expect(validate837P(bytes)).toEqual([]);
    const elements = (file ?? '').slice(0, 106).split('*');
    expect([elements[13], elements[15]?.[0]]).toEqual([told.interchange, 'T']);
    expect(file).toContain('NM1*IL*1*INVENTED*TEST****MI*TEST000000');
    const entries = await kindsSince(before);
    expect(entries.map(({ kind }) => kind)).toEqual(['test-claim-sent', 'test-claim-answered']);
    expect(entries[0]?.codes).toEqual([createHash('sha256').update(bytes).digest('hex')]);
    expect(entries[1]?.codes).toEqual(['accepted']);
    expect(await stage.database.asSuperuser(COUNTS)).toEqual(counted);
  });

  it('is another one each time', async () => {
    const { id } = stage.insurer('cobalt-valley-hmo');
    const first = valueOf(await useCases.sendTestClaim(administrator(), id));
    const second = valueOf(await useCases.sendTestClaim(administrator(), id));
    expect(first.interchange).not.toBe(second.interchange);
    expect(await stage.received('cobalt-valley-hmo')).toHaveLength(3);
    const counted = await stage.database.asSuperuser(COUNTS);
    expect(await stage.collect()).toMatchObject({ matched: 0, quarantined: expect.any(Number) });
    expect(await stage.database.asSuperuser(COUNTS)).toEqual(counted);
  });

  it('goes nowhere behind the egress guard, and the ledger says so', async () => {
    const before = await heightNow();
    const { id } = stage.insurer('cobalt-valley-hmo');
    const told = valueOf(await createUseCases(stage.services).sendTestClaim(administrator(), id));
    expect(told).toMatchObject({ outcome: 'refused', code: 'egress_denied' });
    expect((await kindsSince(before)).map(({ codes }) => codes?.at(-1))).toEqual([expect.any(String), 'egress_denied']);
    expect(await stage.received('cobalt-valley-hmo')).toHaveLength(3);
  });

  it('is for insurers that are sent claims', async () => {
    const told = await useCases.sendTestClaim(administrator(), stage.insurer('maple-extended').id);
    expect(told).toMatchObject({ ok: false, issues: [{ code: 'test_claim_unsupported' }] });
    const nobody = await useCases.sendTestClaim(administrator(), '00000000-0000-4000-8000-00000000dead' as InsurerId);
    expect(nobody).toMatchObject({ ok: false, issues: [{ code: 'not_found' }] });
  });

  it('goes by no route on which nothing may go, and from no database that was not reconciled', async () => {
    const insurer = stage.insurer('granite-plan').id;
    const carvedOut = { ...through, agent: { ...through.agent, resolvesTo: 'SOMEBODYELSE' } };
    await stage.services.store.inPractice(stage.context, async (transaction) => {
      valueOf(
        await recordRouteIn(stage.services, transaction, { context: stage.context, insurer, through: carvedOut }),
      );
    });
    const before = await heightNow();
    expect(await useCases.sendTestClaim(administrator(), insurer)).toMatchObject({
      ...{ ok: false, issues: [{ code: 'test_claim_held' }] },
    });
    const quarantined = createUseCases(
      { ...stage.services, quarantined: () => Promise.resolve(true) },
      { allowLoopback: true },
    );
    expect(await quarantined.sendTestClaim(administrator(), stage.insurer('cobalt-valley-hmo').id)).toMatchObject({
      ...{ ok: false, issues: [{ code: 'temporarily_unavailable' }] },
    });
    expect(await kindsSince(before)).toEqual([]);
    expect(await stage.received('granite-plan')).toEqual([]);
  });
});
