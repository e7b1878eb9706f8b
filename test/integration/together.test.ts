import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  collectAnswers,
  dispatchHint,
  explainDisclosure,
  forgetClient,
  type IncomingAnswer,
  revokeRelease,
  type SendingServices,
  type SendOutcome,
} from '#libs/application';
import type { ClientId, DisclosureId } from '#libs/kernel';
import { Stage, valueOf } from '../support/stage.js';

/** Juniper Life takes files, recognises an interchange that comes twice, and is given up to three claims in one. */
let stage: Stage;
let sent: { readonly text: string; readonly icn: string; readonly digest: string }[] = [];
/** What the next attempts say; absent: what the sandbox says. `lost`: it arrives, and nobody hears. */
let outcomes: (SendOutcome | 'lost')[] = [];
let left: readonly IncomingAnswer[] | undefined;
let services: SendingServices;

beforeAll(async () => {
  stage = await Stage.open();
  const { id, connection: https } = stage.insurer('juniper-life');
  await stage.database.asSuperuser(
    `UPDATE insurer SET profile = (profile::jsonb || '{"claimsPerInterchange":3}')::json, connection = $2 WHERE id = $1`,
    [
      id,
      JSON.stringify({ ...https, kind: 'sftp', url: 'sftp://files.example', hostKey: '', user: '', inbound: '/in' }),
    ],
  );
  const { transport } = stage.services;
  services = {
    ...stage.services,
    transport: {
      probe: () => Promise.resolve({ kind: 'unsupported' }),
      send: async (sealed, permit, to) => {
        const { bytes, digest, interchange } = sealed.record;
        const text = Buffer.from(bytes).toString('latin1');
        const told = outcomes.shift();
        if (typeof told === 'object') return told;
        sent.push({ text, digest, icn: interchange?.interchangeControlNumber ?? '' });
        const outcome = await transport.send(sealed, permit, { ...to, connection: https });
        return told === 'lost' ? { kind: 'ambiguous', code: 'connection_closed' } : outcome;
      },
      answers: (cursor, to) =>
        left === undefined
          ? transport.answers(cursor, to.connection.kind === 'sftp' ? { ...to, connection: https } : to)
          : Promise.resolve({ kind: 'read', answers: left, next: cursor }),
    },
  };
});

afterAll(async () => {
  await stage.close();
});

beforeEach(() => {
  [sent, outcomes, left] = [[], [], undefined];
});

interface Claim {
  readonly id: DisclosureId;
  readonly client: ClientId;
  readonly release: string;
}

const claims = async (count: number, memberIds: Readonly<Record<number, string>> = {}): Promise<readonly Claim[]> => {
  const made: Claim[] = [];
  for (let index = 0; index < count; index += 1) {
    const memberId = memberIds[index];
    const party = await stage.client('juniper-life', {
      ...{ lastName: ['Alderfen', 'Birchwood', 'Cloudesley', 'Dunmere'][index] ?? 'Elsewhere' },
      ...(memberId === undefined ? {} : { memberId }),
    });
    const { id: release } = await stage.release(party.client, 'juniper-life');
    made.push({ id: (await stage.submit(stage.invoice(party))).disclosure, client: party.client, release });
  }
  return made;
};

const dispatch = async (...ids: readonly DisclosureId[]) => {
  const { lane } = await stage.record(ids[0] ?? ('' as DisclosureId));
  return dispatchHint(services, { practice: stage.practice, lane, disclosures: ids });
};

const ids = (of: readonly Claim[]): readonly DisclosureId[] => of.map(({ id }) => id);
const states = (of: readonly Claim[]) => Promise.all(of.map(async ({ id }) => (await stage.record(id)).state));
const shown = async (id: DisclosureId) => valueOf(await explainDisclosure(stage.services, stage.context, id)).summary;
const statuses = (of: readonly Claim[]) => Promise.all(of.map(async ({ id }) => (await shown(id)).status));
const setsIn = (text: string): number => text.split('~ST*837*').length - 1;

const revoke = async ({ release }: Claim): Promise<void> => {
  valueOf(
    await revokeRelease(stage.services, stage.context, {
      release,
      receivedAt: Date.now(),
      channel: 'letter',
    }),
  );
};

const settled = (of: readonly Claim[], wanted: readonly string[]) =>
  expect
    .poll(
      async () => {
        await collectAnswers(services, stage.practice);
        return statuses(of);
      },
      { timeout: 8_000 },
    )
    .toEqual(wanted);

describe('several claims in one interchange', () => {
  it('go three at a time, and each is answered for itself', async () => {
    const four = await claims(4, { 1: 'ZZREFUSED1' });
    expect(await dispatch(...ids(four))).toMatchObject({ permitted: 4, accepted: 4 });
    expect(sent.map(({ text }) => setsIn(text)).sort()).toEqual([1, 3]);
    expect(await states(four)).toEqual(['sent', 'sent', 'sent', 'sent']);
    await settled(four, ['paid', 'rejected', 'paid', 'paid']);
    expect((await stage.judgement()).totals.doubled).toBe(0);
  });

  it('are sealed anew without the one that may not go any more, before anything has gone', async () => {
    const three = await claims(3);
    outcomes = [{ kind: 'not-sent', code: 'connection_refused' }];
    await dispatch(...ids(three));
    expect([sent.length, await states(three)]).toEqual([0, ['sealed', 'sealed', 'sealed']]);
    const before = await Promise.all(three.map(({ id }) => numberOf(id)));
    expect(new Set(before).size).toBe(1);
    await revoke(three[1] ?? never());
    await dispatch(...ids(three).slice(0, 1));
    expect(await states(three)).toEqual(['sent', 'held', 'sent']);
    expect(sent.map(({ text }) => setsIn(text))).toEqual([2]);
    expect(sent[0]?.text).not.toContain('BIRCHWOOD');
    expect(before).not.toContain(sent[0]?.icn);
    await settled([three[0] ?? never(), three[2] ?? never()], ['paid', 'paid']);
  });

  it('go again as the very same bytes, all of them, after an attempt of which nobody knows', async () => {
    const three = await claims(3);
    outcomes = ['lost'];
    await dispatch(...ids(three));
    expect(await states(three)).toEqual(['unknown', 'unknown', 'unknown']);
    await dispatch(ids(three)[2] ?? never());
    expect(await states(three)).toEqual(['sent', 'sent', 'sent']);
    expect([sent.length, new Set(sent.map(({ digest }) => digest)).size]).toEqual([2, 1]);
    await settled(three, ['paid', 'paid', 'paid']);
    expect((await stage.judgement()).totals.doubled).toBe(0);
  });

  it('wait for a person where one may not go any more and nobody knows whether all have gone', async () => {
    const three = await claims(3);
    outcomes = ['lost'];
    await dispatch(...ids(three));
    await revoke(three[0] ?? never());
    await dispatch(...ids(three));
    expect([sent.length, await states(three)]).toEqual([1, ['parked', 'parked', 'parked']]);
    // What the insurer says of each settles each.
    await settled(three, ['paid', 'paid', 'paid']);
    expect(sent).toHaveLength(1);
  });

  it('are all turned away by a TA1, and one by one by a 999 that takes a part of them', async () => {
    const three = await claims(3);
    await dispatch(...ids(three));
    const { text = '', icn = '' } = sent[0] ?? {};
    const isa = text.slice(0, 106);
    const group = /~GS\*HC\*[^*]*\*[^*]*\*\d+\*\d+\*(\d+)\*/.exec(text)?.[1] ?? '';
    const answer = (id: string, body: string): IncomingAnswer => ({
      ...{ id, mediaType: 'application/edi-x12', bytes: Buffer.from(`${isa}${body}`, 'latin1') },
    });
    left = [
      answer(
        'part',
        [
          `GS*FA*JUNI*LANTERN*20260101*1200*1*X*005010X231A1~ST*999*0001*005010X231A1~AK1*HC*${group}*005010X222A1~`,
          `AK2*837*0002*005010X222A1~IK5*R*5~AK9*P*3*3*2~SE*6*0001~GE*1*1~IEA*1*${icn}~`,
        ].join(''),
      ),
    ];
    await collectAnswers(services, stage.practice);
    const kinds = async () =>
      Promise.all(three.map(async ({ id }) => (await shown(id)).answers.map(({ kind }) => kind)));
    const sets = await Promise.all(three.map(async ({ id }) => (await interchangeOf(id))?.setControlNumber));
    expect([...sets].sort()).toEqual(['0001', '0002', '0003']);
    expect(await kinds()).toEqual(sets.map((set) => [set === '0002' ? 'set-rejected' : 'set-accepted']));
    left = [answer('all', `TA1*${icn}*260101*1200*R*006~IEA*0*${icn}~`)];
    await collectAnswers(services, stage.practice);
    expect((await kinds()).map((all) => all.at(-1))).toEqual(Array(3).fill('interchange-rejected'));
  });

  it('lose the one whose client is forgotten, and the rest goes', async () => {
    const three = await claims(3);
    outcomes = [{ kind: 'not-sent', code: 'connection_refused' }];
    await dispatch(...ids(three));
    valueOf(await forgetClient(stage.services, stage.context, await codeOf(three[2]?.client ?? never())));
    await dispatch(...ids(three).slice(0, 2));
    expect(sent.map(({ text }) => setsIn(text))).toEqual([2]);
    expect(sent[0]?.text).not.toContain('CLOUDESLEY');
  });
});

const interchangeOf = (id: DisclosureId) =>
  stage.services.store.inPractice(
    stage.context,
    async ({ transmissions }) => (await transmissions.ofDisclosures([id])).get(id)?.interchange,
  );
const numberOf = async (id: DisclosureId) => (await interchangeOf(id))?.interchangeControlNumber;

const codeOf = (client: ClientId): Promise<string> =>
  stage.services.store.inPractice(
    stage.context,
    async ({ clients }) => (await clients.byIds([client])).get(client)?.code ?? never(),
  );

const never = (): never => {
  throw new Error('there is one');
};
