import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  type Agent,
  answerLanes,
  collectLane,
  dispatchHint,
  explainDisclosure,
  type IncomingAnswer,
  ledgerEvents,
  recordRouteIn,
  type SendingServices,
} from '#libs/application';
import { ROUTES } from '#libs/contracts';
import type { DisclosureId } from '#libs/kernel';
import { createUseCases } from '../../apps/api/wiring/create-use-cases.js';
import { ago, type Played, Stage, valueOf } from '../support/stage.js';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open();
});

afterAll(async () => {
  await stage.close();
});

const agentFor = (change: Partial<Agent> = {}, payer = 'HARBORMUTUAL'): Omit<Agent, 'route'> => ({
  name: 'Crossing Clearinghouse',
  agreement: { reference: 'BAA-2026-1', signedOn: ago(30) },
  payerId: 'CX001',
  resolvesTo: payer,
  resolution: 'idempotency-key',
  ...change,
});

const through = (insurer: Played, agent?: Omit<Agent, 'route'>) =>
  stage.services.store.inPractice(stage.context, (transaction) =>
    recordRouteIn(stage.services, transaction, {
      context: stage.context,
      insurer: stage.insurer(insurer).id,
      ...(agent === undefined
        ? {}
        : {
            through: {
              agent,
              connection: {
                url: `${stage.sandbox.url}/clearinghouses/crossing`,
                receiverId: 'CROSSING',
                production: false,
              },
              token: 'token-of-crossing',
            },
          }),
    }),
  );

const released = async (insurer: Played) => {
  const party = await stage.client(insurer);
  await stage.release(party.client, insurer);
  return party;
};

const shown = async (id: DisclosureId) => valueOf(await explainDisclosure(stage.services, stage.context, id)).summary;
const payerOf = (insurer: Played): string => stage.insurer(insurer).profile.payerId;

/** The stage's services, with a transport that hands over these answers. */
const hearing = (answers: readonly IncomingAnswer[]): SendingServices => ({
  ...stage.services,
  transport: {
    send: () => Promise.reject(new Error('nothing is sent here')),
    probe: () => Promise.resolve({ kind: 'unsupported' }),
    answers: () => Promise.resolve({ kind: 'read', answers, next: '' }),
  },
});

const mailbox = async () => {
  const found = (await answerLanes(stage.services, stage.practice)).find(({ insurer }) => insurer.agent !== undefined);
  if (found === undefined) throw new Error('no mailbox');
  return found;
};

describe('through a clearinghouse', () => {
  it('is addressed to it, names the payer by its list, and the ledger has the hop', async () => {
    const route = valueOf(await through('harbor-mutual', agentFor({}, payerOf('harbor-mutual'))));
    const { disclosure } = await stage.submit(stage.invoice(await released('harbor-mutual')));
    expect(await stage.dispatch(disclosure)).toMatchObject({ permitted: 1, accepted: 1 });
    const body = (await stage.received('harbor-mutual')).at(-1) ?? '';
    expect(body.slice(54, 69).trim()).toBe('CROSSING');
    expect(/~GS\*HC\*LANTERN\*([^*]*)/.exec(body)?.[1]).toBe('CROSSING');
    expect(body).toContain('~NM1*40*2*CROSSING CLEARINGHOUSE*****46*CROSSING~');
    expect(/~NM1\*PR\*2\*[^~]*\*PI\*([^~]*)/.exec(body)?.[1]).toBe('CX001');
    const events = await stage.services.store.inPractice(stage.context, (transaction) =>
      ledgerEvents(transaction, { disclosure }),
    );
    expect(events.find(({ entry }) => entry.kind === 'permitted')?.entry.grounds).toContain(`route:${route.id}`);
  });

  it('what it says is kept apart from what the insurer says, and never taken for it', async () => {
    valueOf(await through('harbor-mutual', agentFor({}, payerOf('harbor-mutual'))));
    const { disclosure } = await stage.submit(stage.invoice(await released('harbor-mutual')));
    const box = await mailbox();
    const before = await stage.services.transport.answers('', box.insurer);
    const from = before.kind === 'read' ? before.answers.length : 0;
    await stage.dispatch(disclosure);
    const answers = await vi.waitFor(async () => {
      const read = await stage.services.transport.answers('', box.insurer);
      if (read.kind !== 'read' || read.answers.length < from + 5) throw new Error('not all answers are there');
      return read.answers.slice(from);
    });
    await collectLane(hearing(answers.slice(0, 3)), stage.practice, box);
    const early = await shown(disclosure);
    expect(early.answers.map(({ kind, layer }) => [kind, layer])).toEqual([
      ['interchange-accepted', 'clearinghouse'],
      ['set-accepted', 'clearinghouse'],
      ['claim-accepted', 'clearinghouse'],
    ]);
    expect([early.state, early.status]).toEqual(['sent', 'sent']);
    await collectLane(hearing(answers.slice(3, 4)), stage.practice, box);
    const later = await shown(disclosure);
    expect([later.state, later.status, later.answers.at(-1)?.layer]).toEqual(['received', 'accepted', undefined]);
    await collectLane(hearing(answers.slice(4)), stage.practice, box);
    expect((await shown(disclosure)).status).toBe('paid');
  });

  it('proves by its answer that an attempt reached it, and not that it reached the insurer', async () => {
    const { disclosure } = await stage.submit(stage.invoice(await released('harbor-mutual')));
    const { transport } = stage.services;
    const deaf: SendingServices = {
      ...stage.services,
      transport: {
        probe: (...asked) => transport.probe(...asked),
        answers: (cursor, to) => transport.answers(cursor, to),
        send: async (...sending) => {
          await transport.send(...sending);
          return { kind: 'ambiguous', code: 'response_timeout' };
        },
      },
    };
    const box = await mailbox();
    const before = await transport.answers('', box.insurer);
    const from = before.kind === 'read' ? before.answers.length : 0;
    const { lane } = await stage.record(disclosure);
    await dispatchHint(deaf, { practice: stage.practice, lane, disclosures: [disclosure] });
    expect((await stage.record(disclosure)).state).toBe('unknown');
    const answers = await transport.answers('', box.insurer);
    if (answers.kind !== 'read') throw new Error('no answers');
    await collectLane(hearing(answers.answers.slice(from, from + 3)), stage.practice, box);
    expect((await stage.record(disclosure)).state).toBe('sent');
  });

  it('that has turned a claim away is shown as a refusal, until the insurer says otherwise', async () => {
    const { disclosure } = await stage.submit(stage.invoice(await released('harbor-mutual')));
    await stage.dispatch(disclosure);
    const add = (kind: 'claim-rejected' | 'claim-accepted', layer?: 'clearinghouse') =>
      stage.services.store.inPractice(stage.context, async ({ answers, transmissions }) => {
        const { transmission } = (await transmissions.ofDisclosures([disclosure])).get(disclosure) ?? {};
        if (transmission === undefined) throw new Error('nothing was sent');
        const answer = { id: stage.services.ids.uuid(), disclosure, transmission, kind, receivedAt: 1, detail: {} };
        await answers.add([{ ...answer, ...(layer === undefined ? {} : { layer }) }]);
      });
    await add('claim-rejected', 'clearinghouse');
    expect((await shown(disclosure)).status).toBe('rejected');
    await add('claim-accepted');
    expect((await shown(disclosure)).status).toBe('accepted');
  });

  it.each<[string, Agent['agreement']]>([
    ['ended today', { reference: 'BAA-1', signedOn: ago(90), endsOn: ago(0) }],
    ['not begun', { reference: 'BAA-2', signedOn: ago(-30) }],
  ])('whose agreement has %s holds; another agreement lets it go', async (_name, agreement) => {
    valueOf(await through('harbor-mutual', agentFor({ agreement }, payerOf('harbor-mutual'))));
    const accepted = await stage.submit(stage.invoice(await released('harbor-mutual')));
    expect(accepted).toMatchObject({ status: 'held', cause: 'agent_agreement_missing', curer: 'practice' });
    valueOf(await through('harbor-mutual', agentFor({}, payerOf('harbor-mutual'))));
    expect((await stage.record(accepted.disclosure)).state).toBe('ready');
    expect(await stage.dispatch(accepted.disclosure)).toMatchObject({ accepted: 1 });
  });

  it('that takes the payer id to somebody else is no way to this insurer', async () => {
    valueOf(await through('harbor-mutual', agentFor({ resolvesTo: 'BEHAVIORALCO' })));
    const before = (await stage.received('harbor-mutual')).length;
    const accepted = await stage.submit(stage.invoice(await released('harbor-mutual')));
    expect(accepted).toMatchObject({ status: 'held', cause: 'recipient_mismatch', curer: 'office' });
    expect((await stage.received('harbor-mutual')).length).toBe(before);
    valueOf(await through('harbor-mutual'));
    expect((await stage.record(accepted.disclosure)).state).toBe('ready');
  });
});

describe('a change of route', () => {
  it('takes along what was sealed and has not gone, and seals it anew for the other receiver', async () => {
    valueOf(await through('juniper-life'));
    const accepted = await stage.submit(stage.invoice(await released('juniper-life')));
    await stage.behave('juniper-life', { mode: 'down' });
    await stage.dispatch(accepted.disclosure);
    expect((await stage.record(accepted.disclosure)).state).toBe('sealed');
    await stage.behave('juniper-life', { mode: 'answers' });
    valueOf(await through('juniper-life', agentFor({ payerId: 'CX002' }, payerOf('juniper-life'))));
    expect((await stage.record(accepted.disclosure)).state).toBe('ready');
    expect(await stage.dispatch(accepted.disclosure)).toMatchObject({ accepted: 1 });
    const body = (await stage.received('juniper-life')).at(-1) ?? '';
    expect(body.slice(54, 69).trim()).toBe('CROSSING');
  });

  it('two insurers behind one clearinghouse share its mailbox, and each answer finds its claim', async () => {
    valueOf(await through('harbor-mutual', agentFor({}, payerOf('harbor-mutual'))));
    valueOf(await through('juniper-life', agentFor({ payerId: 'CX002' }, payerOf('juniper-life'))));
    const one = await stage.submit(stage.invoice(await released('harbor-mutual')));
    const other = await stage.submit(stage.invoice(await released('juniper-life')));
    await stage.dispatch(one.disclosure);
    await stage.dispatch(other.disclosure);
    const lanes = await answerLanes(stage.services, stage.practice);
    expect(lanes.filter(({ insurer }) => insurer.agent !== undefined)).toHaveLength(1);
    let quarantined = 0;
    for (const id of [one.disclosure, other.disclosure])
      await expect
        .poll(
          async () => {
            quarantined += (await stage.collect()).quarantined;
            return (await shown(id)).status;
          },
          { timeout: 8_000 },
        )
        .toBe('paid');
    expect(quarantined).toBe(0);
    expect((await stage.judgement()).totals.doubled).toBe(0);
  });
});

describe('over the gateway', () => {
  it('a route is recorded once, listed without its secret, and refused when its agreement ends before it begins', async () => {
    const useCases = createUseCases(stage.services);
    const actor = `staff:${stage.officer}`;
    const roles = ['administrator'] as const;
    const asking = { practice: stage.practice, actor, principal: actor, roles, reach: { kind: 'nothing' } as const };
    const keyed = (key: string) => ({ key, route: 'POST x', fingerprint: 'a'.repeat(64), status: 201 });
    const insurer = stage.insurer('granite-plan').id;
    const body = {
      kind: 'clearinghouse',
      ...agentFor({ payerId: 'CX009' }, payerOf('granite-plan')),
      connection: { url: stage.sandbox.url, receiverId: 'CROSSING', production: false, token: 'CANARYTOKEN' },
    };
    const route = ROUTES.recordRoute.body.parse(body);
    const first = valueOf(await useCases.recordRoute(asking, { insurer, route }, keyed('one')));
    const again = valueOf(await useCases.recordRoute(asking, { insurer, route }, keyed('one')));
    expect(again).toEqual({ ...first, replayed: true });
    const rows = valueOf(await useCases.listRoutes(asking, insurer));
    expect(ROUTES.listRoutes.response.safeParse({ rows }).error?.issues ?? []).toEqual([]);
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain('CANARY');
    const byFile = ROUTES.recordRoute.body.parse({
      ...body,
      resolution: 'probe',
      connection: {
        ...{ kind: 'sftp', url: 'sftp://crossing.example', receiverId: 'CROSSING', production: false },
        ...{ hostKey: `SHA256:${'a'.repeat(43)}`, user: 'lantern', authentication: 'private-key' },
        ...{ inbound: '/in', suffix: '.x12', outbound: { directory: '/out' } },
        token: '-----BEGIN KEY-----\nCANARYKEY\n-----END KEY-----\n',
      },
    });
    const files = valueOf(await useCases.recordRoute(asking, { insurer, route: byFile }, keyed('three')));
    expect(files.body.agent?.connection).toMatchObject({
      kind: 'sftp',
      user: 'lantern',
      outbound: { directory: '/out' },
    });
    const listed = valueOf(await useCases.listRoutes(asking, insurer));
    expect(ROUTES.listRoutes.response.safeParse({ rows: listed }).error?.issues ?? []).toEqual([]);
    expect([listed.length, JSON.stringify(listed).includes('CANARY')]).toEqual([2, false]);
    const wrong = ROUTES.recordRoute.body.parse({
      ...body,
      agreement: { reference: 'BAA-3', signedOn: ago(1), endsOn: ago(2) },
    });
    expect(await useCases.recordRoute(asking, { insurer, route: wrong }, keyed('two'))).toMatchObject({
      ok: false,
      issues: [{ code: 'agreement_ends_before_it_begins', path: '/agreement/endsOn' }],
    });
  });
});
