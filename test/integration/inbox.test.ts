import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { explainDisclosure, type PullServices, revokeRelease } from '#libs/application';
import { InboxStage } from '../support/inbox-stage.js';
import { valueOf } from '../support/stage.js';

let inbox: InboxStage;
let token: string;
/** What stands between INTENT and the first byte, for tests that have to be there. */
let beforeBytes: () => Promise<void> = () => Promise.resolve();
const journalled: string[] = [];
const journal: PullServices['journal'] = {
  record: async (entries) => {
    journalled.push(...entries.map(({ disclosure }) => disclosure));
    await beforeBytes();
  },
  entries: () => Promise.resolve([]),
};

beforeAll(async () => {
  inbox = await InboxStage.open(['granite-plan', 'harbor-mutual'], { journal });
  token = await inbox.token('granite-plan');
});

afterAll(() => inbox.close());

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const revoke = async (release: string) =>
  valueOf(await revokeRelease(inbox.stage.services, inbox.stage.context, { release, channel: 'letter' }));
const state = async (id: Parameters<typeof inbox.stage.record>[0]) => (await inbox.stage.record(id)).state;
/** The outcome of a fetch is written after its last byte: resolves when nothing is under way. */
const settled = async () => {
  for (let looked = 0; looked < 200; looked += 1) {
    const rows = await inbox.stage.database.asSuperuser(`SELECT 1 FROM disclosure WHERE state = 'sending'`);
    if (rows.length === 0) return;
    await sleep(10);
  }
  throw new Error('something is still under way');
};
/** Status and body of a fetch that is over on both sides. */
const take = async (id: string) => {
  const answer = await inbox.ask(token, `/${id}`);
  const bytes = Buffer.from(await answer.arrayBuffer());
  await settled();
  return { status: answer.status, headers: answer.headers, bytes, text: bytes.toString('latin1') };
};
const only = async () => {
  const [item, ...more] = await inbox.list(token);
  if (item === undefined || more.length > 0) throw new Error(`${more.length + 1} items`);
  return item;
};
/** Acknowledges whatever waits, so that the next test begins with nothing. */
const clear = async () => {
  for (const { id } of await inbox.list(token)) {
    await take(id);
    await inbox.say(token, `/${id}/acknowledgement`, {});
  }
};

describe('what waits for an insurer', () => {
  it('is offered once, fetched as it was sealed, and gone when it is acknowledged', async () => {
    const { disclosure } = await inbox.offer('granite-plan');
    expect(await inbox.stage.record(disclosure)).toMatchObject({ state: 'sealed', cause: 'in_inbox', attempts: 0 });
    expect(journalled).not.toContain(disclosure);
    await inbox.stage.dispatch(disclosure);
    const item = await only();
    expect(Object.keys(item).sort()).toEqual(['arrivedAt', 'attempt', 'digest', 'format', 'id', 'mediaType', 'size']);
    const answer = await take(item.id);
    const { bytes } = answer;
    expect([answer.status, answer.headers.get('content-type'), bytes.length]).toEqual([
      200,
      'application/edi-x12',
      item.size,
    ]);
    expect(sha256(bytes)).toBe(item.digest);
    expect(answer.headers.get('etag')).toBe(`"${item.digest}"`);
    expect(answer.headers.get('content-digest')).toBe(
      `sha-256=:${createHash('sha256').update(bytes).digest('base64')}:`,
    );
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(bytes.toString()).toMatch(/^ISA\*.*CLM\*P\d{9}\*140/s);
    expect(journalled.filter((one) => one === disclosure)).toHaveLength(1);
    expect(await state(disclosure)).toBe('unknown');
    const said = await inbox.say(token, `/${item.id}/acknowledgement`, { reference: 'GRN-1' });
    expect([said.status, await said.json()]).toEqual([200, { id: item.id, outcome: 'acknowledged' }]);
    expect(await state(disclosure)).toBe('received');
    expect(await inbox.list(token)).toEqual([]);
    const kinds = (await inbox.ledgerOf(disclosure)).map(({ kind, actor }) => `${kind} ${actor.split(':')[0]}`);
    expect(kinds).toEqual([
      'accepted staff',
      'sealed worker',
      'permitted insurer',
      'unknown insurer',
      'answered sluice',
    ]);
    const attempts = await inbox.stage.database.asSuperuser('SELECT outcome FROM attempt');
    expect(attempts).toHaveLength(1);
  });

  it('can be fetched again until it is acknowledged: the same bytes, each under a permit of its own', async () => {
    const { disclosure } = await inbox.offer('granite-plan');
    const { id } = await only();
    const bodies = [];
    for (let time = 0; time < 3; time += 1) bodies.push((await take(id)).text);
    expect(new Set(bodies).size).toBe(1);
    expect((await only()).attempt).toBe(3);
    expect((await inbox.ledgerOf(disclosure)).filter(({ kind }) => kind === 'permitted')).toHaveLength(3);
    await clear();
    expect((await inbox.ask(token, `/${id}`)).status).toBe(410);
  });

  it('comes in order of arrival, page after page', async () => {
    const offered = [];
    for (let one = 0; one < 3; one += 1) offered.push((await inbox.offer('granite-plan')).disclosure);
    const all = await inbox.list(token);
    const rows = await inbox.stage.database.asSuperuser('SELECT id, disclosure_id FROM inbox_item');
    const byId = new Map(rows.map(({ id, disclosure_id: of }) => [id, of]));
    expect(all.map(({ id }) => byId.get(id))).toEqual(offered);
    const paged = [];
    let after = '';
    do {
      const page = (await (await inbox.ask(token, `?limit=1${after}`)).json()) as {
        rows: { id: string }[];
        next?: string;
      };
      paged.push(...page.rows);
      after = page.next === undefined ? '' : `&after=${page.next}`;
    } while (after !== '');
    expect(paged.map(({ id }) => id)).toEqual(all.map(({ id }) => id));
    await clear();
  });

  it('knows no filter, no count and no total, and no cursor of somebody else', async () => {
    for (const query of ['?client=x', '?state=sealed', '?format=x12-837p', '?count=true', '?total=1'])
      expect((await inbox.ask(token, query)).status).toBe(422);
    await inbox.offer('harbor-mutual');
    const [foreign] = await inbox.list(await inbox.token('harbor-mutual'));
    const cursor = Buffer.from(JSON.stringify([foreign?.id])).toString('base64url');
    expect((await inbox.ask(token, `?after=${cursor}`)).status).toBe(400);
  });

  it('is told of only by a whole request', async () => {
    const { disclosure } = await inbox.offer('granite-plan');
    const { id } = await only();
    const head = await inbox.ask(token, `/${id}`, { method: 'HEAD' });
    expect([head.status, head.headers.get('etag')]).toEqual([404, null]);
    expect(await state(disclosure)).toBe('sealed');
    const { digest } = await only();
    const again = await inbox.ask(token, `/${id}`, { headers: { 'if-none-match': `"${digest}"`, range: 'bytes=0-9' } });
    expect([again.status, (await again.arrayBuffer()).byteLength > 10]).toEqual([200, true]);
    await settled();
    await clear();
  });
});

describe('what the insurer says of it', () => {
  it('counts once: the same again is the same, another is refused', async () => {
    const { disclosure } = await inbox.offer('granite-plan');
    const { id } = await only();
    expect((await inbox.say(token, `/${id}/acknowledgement`, {})).status).toBe(409);
    await take(id);
    const reject = { reason: 'unknown-member', reference: 'R-1' };
    for (let time = 0; time < 2; time += 1)
      expect((await inbox.say(token, `/${id}/rejection`, reject)).status).toBe(200);
    for (const [path, other] of [
      ['rejection', { reason: 'duplicate', reference: 'R-1' }],
      ['rejection', { reason: 'unknown-member' }],
      ['acknowledgement', {}],
      ['acknowledgement', { reference: 'R-1' }],
    ] as const)
      expect((await inbox.say(token, `/${id}/${path}`, other)).status).toBe(409);
    const answers = await inbox.stage.services.store.inPractice(inbox.stage.context, (transaction) =>
      transaction.answers.of([disclosure]),
    );
    expect(answers.get(disclosure)).toMatchObject([
      { kind: 'interchange-rejected', detail: { codes: ['unknown-member'], payerClaimNumber: 'R-1' } },
    ]);
    const stored = JSON.stringify(await inbox.stage.database.asSuperuser('SELECT * FROM inbox_item'));
    expect(stored).not.toMatch(/unknown-member|R-1/);
  });

  it('is a closed word, and a reference of one line', async () => {
    await inbox.offer('granite-plan');
    const { id } = await only();
    for (const body of [
      {},
      { reason: 'CANARY' },
      { reason: 'unreadable', reference: 'a b' },
      { reason: 'unreadable', more: 1 },
    ]) {
      const answer = await inbox.say(token, `/${id}/rejection`, body);
      expect(answer.status).toBe(422);
      expect(await answer.text()).not.toContain('CANARY');
    }
    await clear();
  });

  it('counts also when it comes before the end of the response is known', async () => {
    const { disclosure } = await inbox.offer('granite-plan');
    const { id } = await only();
    const { store } = inbox.stage.services;
    // The outcome of the fetch waits for this transaction, in which the insurer has spoken already.
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    let holding: Promise<unknown> = Promise.resolve();
    beforeBytes = async () => {
      let isThere: () => void = () => undefined;
      const there = new Promise<void>((resolve) => (isThere = resolve));
      holding = store.inPractice(inbox.stage.context, async ({ disclosures, inbox: items }) => {
        await disclosures.lock([disclosure]);
        await items.answer(id as Parameters<typeof items.answer>[0], 'said');
        isThere();
        await held;
      });
      await there;
    };
    const fetched = await inbox.ask(token, `/${id}`);
    await fetched.arrayBuffer();
    beforeBytes = () => Promise.resolve();
    expect(await state(disclosure)).toBe('sending');
    release();
    await holding;
    for (let looked = 0; looked < 100 && (await state(disclosure)) === 'sending'; looked += 1) await sleep(20);
    expect(await state(disclosure)).toBe('received');
  });
});

describe('something else to tell', () => {
  it('before the fetch: what was sealed is not given; it goes back, and is offered as it is now', async () => {
    const { disclosure } = await inbox.offer('granite-plan');
    const first = await only();
    await inbox.stage.database.asSuperuser(
      `UPDATE transmission SET content_digest = repeat('0', 64) WHERE id IN
        (SELECT transmission_id FROM inbox_item WHERE id = '${first.id}')`,
    );
    const refused = await take(first.id);
    expect([refused.status, (JSON.parse(refused.text) as { code: string }).code]).toEqual([410, 'item_gone']);
    expect(await inbox.stage.record(disclosure)).toMatchObject({ state: 'ready', cause: 'stale_content', attempts: 0 });
    expect(await inbox.list(token)).toEqual([]);
    await inbox.stage.dispatch(disclosure);
    const second = await only();
    expect(second.id).not.toBe(first.id);
    expect((await take(second.id)).status).toBe(200);
    await inbox.say(token, `/${second.id}/acknowledgement`, {});
  });

  it('after a fetch of which nobody knows what became: nothing is given, and a person looks', async () => {
    const { disclosure } = await inbox.offer('granite-plan');
    const item = await only();
    expect((await take(item.id)).status).toBe(200);
    expect(await state(disclosure)).toBe('unknown');
    await inbox.stage.database.asSuperuser(
      `UPDATE transmission SET content_digest = repeat('0', 64) WHERE id IN
        (SELECT transmission_id FROM inbox_item WHERE id = '${item.id}')`,
    );
    expect((await take(item.id)).status).toBe(410);
    expect(await inbox.stage.record(disclosure)).toMatchObject({ state: 'parked', cause: 'outcome_unknown' });
    expect(await inbox.list(token)).toEqual([]);
  });
});

describe('a revocation', () => {
  it('before the fetch: it is not listed, nothing leaves, and it is gone for good', async () => {
    const { disclosure, release } = await inbox.offer('granite-plan');
    const item = await only();
    await revoke(release);
    expect(await inbox.list(token)).toEqual([]);
    const answer = await inbox.ask(token, `/${item.id}`);
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([410, 'item_gone']);
    expect(await inbox.stage.record(disclosure)).toMatchObject({ state: 'held', cause: 'revoked', attempts: 0 });
    expect((await inbox.ledgerOf(disclosure)).map(({ kind }) => kind)).not.toContain('permitted');
    expect(await inbox.stage.database.asSuperuser('SELECT 1 FROM attempt WHERE finished_at IS NULL')).toEqual([]);
    const [bytes] = await inbox.stage.database.asSuperuser(
      `SELECT t.bytes FROM inbox_item n JOIN transmission t ON t.id = n.transmission_id WHERE n.id = '${item.id}'`,
    );
    expect(bytes).toEqual({ bytes: null });
    expect((await inbox.say(token, `/${item.id}/acknowledgement`, {})).status).toBe(409);
  });

  it('is looked at by the worker at once, whoever fetches or not; a new release offers it as something else', async () => {
    const { disclosure, release, client } = await inbox.offer('granite-plan');
    const first = await only();
    await revoke(release);
    const [due] = await inbox.stage.database.asSuperuser(
      `SELECT due_at <= now() AS due FROM outbox WHERE id = '${disclosure}'`,
    );
    expect(due).toEqual({ due: true });
    await inbox.stage.dispatch(disclosure);
    expect(await state(disclosure)).toBe('held');
    await inbox.stage.release(client, 'granite-plan');
    expect(await state(disclosure)).toBe('ready');
    await inbox.stage.dispatch(disclosure);
    const second = await only();
    expect(second.id).not.toBe(first.id);
    expect((await inbox.ask(token, `/${first.id}`)).status).toBe(410);
    await clear();
  });

  it('after INTENT has committed: it went, the ledger says so, and it is not given again', async () => {
    const { disclosure, release } = await inbox.offer('granite-plan');
    const { id } = await only();
    beforeBytes = () => revoke(release).then(() => undefined);
    const fetched = await take(id);
    beforeBytes = () => Promise.resolve();
    expect([fetched.status, fetched.bytes.length > 0]).toEqual([200, true]);
    const kinds = async () => (await inbox.ledgerOf(disclosure)).map(({ kind }) => kind);
    expect(await kinds()).toEqual(['accepted', 'sealed', 'permitted', 'unknown']);
    expect(await inbox.list(token)).toEqual([]);
    expect((await inbox.ask(token, `/${id}`)).status).toBe(410);
    expect(await inbox.stage.record(disclosure)).toMatchObject({ state: 'parked', cause: 'outcome_unknown' });
    // What it already has it may still acknowledge.
    expect((await inbox.say(token, `/${id}/acknowledgement`, {})).status).toBe(200);
    expect(await state(disclosure)).toBe('received');
  });

  it('against fetches, at any moment: bytes left only if INTENT came first', async () => {
    const outcomes = new Set<string>();
    for (let race = 0; race < 12; race += 1) {
      const { disclosure, release } = await inbox.offer('granite-plan');
      const { id } = await only();
      const [answer] = await Promise.all([inbox.ask(token, `/${id}`), sleep(race % 4).then(() => revoke(release))]);
      const bytes = Buffer.from(await answer.arrayBuffer());
      const entries = (
        await inbox.stage.services.store.inPractice(inbox.stage.context, ({ ledger }) => ledger.page({}, { limit: 20 }))
      ).rows;
      const permitted = entries.find(({ entry }) => entry.kind === 'permitted' && entry.disclosure === disclosure);
      const revoked = entries.find(({ entry }) => entry.kind === 'release-revoked' && entry.subject === release);
      outcomes.add(answer.status === 200 ? 'went' : 'stayed');
      if (answer.status === 200) {
        expect(bytes.subarray(0, 3).toString()).toBe('ISA');
        expect(permitted?.height ?? Infinity).toBeLessThan(revoked?.height ?? 0);
      } else {
        expect([410, 503]).toContain(answer.status);
        expect(permitted).toBeUndefined();
      }
      await settled();
    }
    expect(outcomes.size).toBeGreaterThan(0);
  });
});

describe('what may not go', () => {
  it('while a journal cannot be written nothing leaves, and it waits on', async () => {
    const { disclosure } = await inbox.offer('granite-plan');
    const { id } = await only();
    beforeBytes = () => Promise.reject(new Error('no room'));
    const answer = await inbox.ask(token, `/${id}`);
    beforeBytes = () => Promise.resolve();
    expect([answer.status, (await answer.text()).includes('ISA')]).toEqual([503, false]);
    expect(await state(disclosure)).toBe('sealed');
    await clear();
    expect(await state(disclosure)).toBe('received');
  });

  it('a permit that is five seconds old gives nothing', async () => {
    let late = 0;
    const other = await InboxStage.open(['granite-plan'], {
      journal,
      monotonic: () => performance.now() - late,
    });
    try {
      const { disclosure } = await other.offer('granite-plan');
      const access = await other.token('granite-plan');
      const [item] = await other.list(access);
      late = 6_000;
      const answer = await other.ask(access, `/${item?.id ?? ''}`);
      expect([answer.status, (await other.stage.record(disclosure)).state]).toEqual([503, 'sealed']);
    } finally {
      await other.close();
    }
  });

  it('from a database that may have forgotten what went nothing is given', async () => {
    const other = await InboxStage.open(['granite-plan'], { quarantined: () => Promise.resolve(true) });
    try {
      const { disclosure } = await other.offer('granite-plan');
      const access = await other.token('granite-plan');
      const [item] = await other.list(access);
      expect((await other.ask(access, `/${item?.id ?? ''}`)).status).toBe(503);
      expect((await other.stage.record(disclosure)).attempts).toBe(0);
    } finally {
      await other.close();
    }
  });

  it('two requests at once: one gets it, the other waits its turn', async () => {
    await inbox.offer('granite-plan');
    const { id } = await only();
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    let reached: () => void = () => undefined;
    const there = new Promise<void>((resolve) => (reached = resolve));
    beforeBytes = () => {
      reached();
      return held;
    };
    const first = inbox.ask(token, `/${id}`);
    await there;
    beforeBytes = () => Promise.resolve();
    expect((await inbox.ask(token, `/${id}`)).status).toBe(503);
    release();
    expect((await first).status).toBe(200);
    await (await first).arrayBuffer();
    await settled();
    await clear();
  });
});

describe('one insurer and another', () => {
  it('what is another’s is what nobody has', async () => {
    const theirs = await inbox.token('harbor-mutual');
    await inbox.offer('harbor-mutual');
    const [foreign] = await inbox.list(theirs);
    const body = async (answer: Response) => {
      const { correlation: _correlation, ...told } = (await answer.json()) as Record<string, unknown>;
      return [answer.status, told];
    };
    const unknown = await body(await inbox.ask(token, '/10000000-0000-4000-8000-000000000099'));
    expect(unknown[0]).toBe(404);
    expect(await body(await inbox.ask(token, `/${foreign?.id ?? ''}`))).toEqual(unknown);
    for (const [path, said] of [
      ['acknowledgement', {}],
      ['rejection', { reason: 'duplicate' }],
    ] as const)
      expect(await body(await inbox.say(token, `/${foreign?.id ?? ''}/${path}`, said))).toEqual(unknown);
    expect((await inbox.list(theirs)).some(({ id }) => id === foreign?.id)).toBe(true);
  });

  it('an inbox reads the same whatever waits for others, is held, or is withdrawn', async () => {
    await clear();
    await inbox.offer('granite-plan');
    const look = async () => {
      const answer = await inbox.ask(token);
      const headers = [...answer.headers].filter(([name]) => !['date', 'sluice-correlation'].includes(name));
      return { headers, body: await answer.text() };
    };
    const before = await look();
    await inbox.offer('harbor-mutual');
    const held = await inbox.stage.client('granite-plan');
    await inbox.stage.dispatch((await inbox.stage.submit(inbox.stage.invoice(held))).disclosure);
    const withdrawn = await inbox.offer('granite-plan');
    await revoke(withdrawn.release);
    await inbox.stage.dispatch(withdrawn.disclosure);
    expect(await look()).toEqual(before);
    await clear();
  });
});

describe('what was fetched and never acknowledged', () => {
  it('waits, and then a person asks the insurer', async () => {
    const other = await InboxStage.open(['granite-plan'], { journal }, { answerTimeoutMs: 400 });
    try {
      const { disclosure } = await other.offer('granite-plan');
      const access = await other.token('granite-plan');
      const [item] = await other.list(access);
      await (await other.ask(access, `/${item?.id ?? ''}`)).arrayBuffer();
      await sleep(100);
      const after = async () => {
        await other.stage.dispatch(disclosure);
        return (await other.stage.record(disclosure)).state;
      };
      expect(await after()).toBe('unknown');
      await sleep(500);
      expect(await after()).toBe('parked');
      expect((await other.ask(access, `/${item?.id ?? ''}`)).status).toBe(410);
    } finally {
      await other.close();
    }
  });

  it('is listed again once it was decided on under the papers of today', async () => {
    const { disclosure, client } = await inbox.offer('granite-plan');
    const { id } = await only();
    await take(id);
    // A paper for somebody else changes nothing of what this one may know.
    await inbox.stage.release(client, 'juniper-life');
    expect(await inbox.list(token)).toEqual([]);
    const [due] = await inbox.stage.database.asSuperuser(
      `SELECT due_at <= now() AS due FROM outbox WHERE id = '${disclosure}'`,
    );
    expect(due).toEqual({ due: true });
    await inbox.stage.dispatch(disclosure);
    expect(await only()).toMatchObject({ id, attempt: 1 });
    await clear();
  });

  it('is unknown when the gateway died in the middle, and can then be fetched again', async () => {
    const { disclosure } = await inbox.offer('granite-plan');
    const { id } = await only();
    let give: () => void = () => undefined;
    const dead = new Promise<void>((_resolve, reject) => (give = () => reject(new Error('too late'))));
    let reached: () => void = () => undefined;
    const there = new Promise<void>((resolve) => (reached = resolve));
    beforeBytes = () => {
      reached();
      return dead;
    };
    const first = inbox.ask(token, `/${id}`);
    await there;
    beforeBytes = () => Promise.resolve();
    await inbox.stage.sweep();
    expect(await state(disclosure)).toBe('sending');
    await inbox.stage.database.asSuperuser(
      `UPDATE disclosure SET lease_until = now() - interval '1 second' WHERE id = '${disclosure}'`,
    );
    await inbox.stage.sweep();
    expect(await state(disclosure)).toBe('unknown');
    // Whoever comes back from the dead finds that its lease has passed to somebody else.
    give();
    expect((await first).status).toBe(503);
    expect(await state(disclosure)).toBe('unknown');
    expect((await take(id)).status).toBe(200);
    await clear();
  });
});

describe('the insurer of the sandbox', () => {
  it('fetches, is paid for nothing twice, and brings its answers', async () => {
    await clear();
    const credentials = await inbox.credentials('granite-plan');
    const { disclosure } = await inbox.offer('granite-plan');
    // It fails once between taking in and acknowledging.
    expect(await inbox.pull('granite-plan', credentials, true)).toMatchObject({ listed: 1, fetched: 1 });
    await settled();
    expect(await state(disclosure)).toBe('unknown');
    expect(await inbox.pull('granite-plan', credentials)).toMatchObject({ listed: 1, fetched: 1 });
    expect(await inbox.pull('granite-plan', credentials)).toMatchObject({ listed: 0 });
    expect(await state(disclosure)).toBe('received');
    const kinds = (
      await inbox.stage.services.store.inPractice(inbox.stage.context, ({ answers }) => answers.of([disclosure]))
    )
      .get(disclosure)
      ?.map(({ kind }) => kind);
    expect(kinds).toEqual(expect.arrayContaining(['interchange-accepted', 'set-accepted', 'claim-accepted', 'paid']));
    expect((await inbox.stage.judgement()).totals.doubled).toBe(0);
  });
});

describe('a decision on a treatment report', () => {
  let granite = '';
  beforeAll(async () => {
    granite = token;
    token = await inbox.token('harbor-mutual');
  });
  afterAll(() => {
    token = granite;
  });
  const approved = {
    decision: 'approved',
    authorizationNumber: 'A-1',
    sessionsApproved: 8,
    from: '2026-01-01',
    to: '2026-06-30',
  };
  const decide = async (id: string, decision: object) => inbox.say(token, `/${id}/decision`, decision);
  const offered = async () => {
    await clear();
    const party = await inbox.stage.client('harbor-mutual');
    await inbox.stage.release(party.client, 'harbor-mutual', { preset: 'treatment-report-min' });
    const { disclosure } = await inbox.stage.submit(inbox.stage.report(party));
    await inbox.stage.dispatch(disclosure);
    return { disclosure, item: await only() };
  };
  const answersOf = async (disclosure: Parameters<typeof inbox.stage.record>[0]) =>
    (
      (await inbox.stage.services.store.inPractice(inbox.stage.context, ({ answers }) => answers.of([disclosure]))).get(
        disclosure,
      ) ?? []
    ).map(({ kind, detail }) => ({ kind, ...detail }));

  it('is taken down like one that was collected, and proves that it arrived', async () => {
    const { disclosure, item } = await offered();
    expect(item.format).toBe('treatment-report');
    expect((await decide(item.id, approved)).status).toBe(409);
    await take(item.id);
    expect(await state(disclosure)).toBe('unknown');
    const pended = { decision: 'pended', missing: ['goals'] };
    for (const decision of [pended, pended, approved, approved]) {
      const answer = await decide(item.id, decision);
      expect([answer.status, await answer.json()]).toEqual([200, { id: item.id, outcome: 'decided' }]);
    }
    expect(await state(disclosure)).toBe('received');
    expect(await answersOf(disclosure)).toEqual([
      { kind: 'report-pended', codes: ['goals'] },
      { kind: 'report-approved', authorizationNumber: 'A-1', sessionsApproved: 8 },
    ]);
    expect((await explainDisclosure(inbox.stage.services, inbox.stage.context, disclosure)).ok).toBe(true);
    // It may still say that it has it.
    expect((await inbox.say(token, `/${item.id}/acknowledgement`, {})).status).toBe(200);
    expect(await inbox.list(token)).toEqual([]);
  });

  it('is the insurer’s own, on a report, in closed words', async () => {
    const { disclosure, item } = await offered();
    await take(item.id);
    expect((await inbox.say(granite, `/${item.id}/decision`, approved)).status).toBe(404);
    for (const wrong of [
      {},
      { decision: 'maybe' },
      { ...approved, note: 'CANARY' },
      { decision: 'denied', sessionsApproved: 3 },
      { decision: 'pended', authorizationNumber: 'A-1' },
      { decision: 'approved', missing: ['goals'] },
      { ...approved, from: '2026-07-01' },
    ]) {
      const answer = await decide(item.id, wrong);
      expect([answer.status, (await answer.text()).includes('CANARY')]).toEqual([422, false]);
    }
    expect(await answersOf(disclosure)).toEqual([]);
    await clear();
    await inbox.offer('harbor-mutual');
    const claim = await only();
    await take(claim.id);
    const refused = await decide(claim.id, approved);
    expect([refused.status, ((await refused.json()) as { issues: { code: string }[] }).issues[0]?.code]).toEqual([
      422,
      'not_a_report',
    ]);
    await clear();
  });

  it('waits for the end of the response in which it is fetched', async () => {
    const { disclosure, item } = await offered();
    let early = 0;
    beforeBytes = async () => {
      early = (await decide(item.id, { decision: 'denied' })).status;
    };
    await take(item.id);
    beforeBytes = () => Promise.resolve();
    expect([early, await state(disclosure)]).toEqual([503, 'unknown']);
    expect((await decide(item.id, { decision: 'denied' })).status).toBe(200);
    expect((await answersOf(disclosure)).map(({ kind }) => kind)).toEqual(['report-denied']);
  });

  it('is brought by the insurer of the sandbox', async () => {
    const { disclosure } = await offered();
    await inbox.pull('harbor-mutual', await inbox.credentials('harbor-mutual'));
    await expect
      .poll(async () => {
        await inbox.pull('harbor-mutual', await inbox.credentials('harbor-mutual'));
        return (await answersOf(disclosure)).map(({ kind }) => kind);
      })
      .toContain('report-approved');
    expect(await state(disclosure)).toBe('received');
  });
});

describe('answers that are brought', () => {
  const bring = (bytes: string | Uint8Array<ArrayBuffer>, type = 'application/edi-x12') =>
    inbox.ask(token, '/answers', { method: 'POST', headers: { 'content-type': type }, body: bytes });

  const TA1 = [
    `ISA*00*${' '.repeat(10)}*00*${' '.repeat(10)}*ZZ*GRNT9${' '.repeat(10)}*ZZ*LANTERN${' '.repeat(8)}*260101*1200*^*00501*000000007*0*T*:~`,
    'TA1*999999999*260101*1200*A*000~',
    'IEA*0*000000007~',
  ].join('');

  it('about nobody we know: taken, set aside, and told alike', async () => {
    const answer = await bring(TA1);
    expect([answer.status, await answer.json()]).toEqual([202, { digest: sha256(Buffer.from(TA1)) }]);
    const rows = await inbox.stage.database.asSuperuser('SELECT code FROM quarantine');
    expect(rows).toEqual([{ code: 'control_number_unknown' }]);
    expect((await bring(TA1)).status).toBe(202);
    expect(await inbox.stage.database.asSuperuser('SELECT code FROM quarantine')).toHaveLength(1);
  });

  it('that are none: refused, and nothing is kept', async () => {
    const before = (await inbox.stage.database.asSuperuser('SELECT 1 FROM inbox')).length;
    const answer = await bring('CANARY of nothing');
    expect([answer.status, (await answer.text()).includes('CANARY')]).toEqual([422, false]);
    expect(await inbox.stage.database.asSuperuser('SELECT 1 FROM inbox')).toHaveLength(before);
  });

  it('of another type, encoded, or too large: refused', async () => {
    expect((await bring('{}', 'application/json')).status).toBe(415);
    expect((await bring(TA1, 'text/csv')).status).toBe(415);
    expect((await bring(TA1, 'application/edi-x12; charset=latin1')).status).toBe(415);
    expect((await bring(Buffer.alloc(16 * 1_048_576 + 1, 65))).status).toBe(413);
  });
});

describe('credentials', () => {
  const form = (parts: Record<string, string>) => new URLSearchParams(parts).toString();
  const GRANT = { grant_type: 'client_credentials' };
  const error = async (answer: Response) => [answer.status, ((await answer.json()) as { error: string }).error];

  it('are exchanged for a token by either way, for an hour at most', async () => {
    const { id, secret } = await inbox.credentials('granite-plan');
    const basic = { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` };
    for (const answer of [
      await inbox.askToken(form(GRANT), basic),
      await inbox.askToken(form({ ...GRANT, client_id: id, client_secret: secret })),
    ]) {
      const granted = (await answer.json()) as Record<string, unknown>;
      expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
      expect(granted).toMatchObject({ token_type: 'Bearer' });
      expect(granted['expires_in']).toBeGreaterThan(3_590);
      expect(granted['expires_in']).toBeLessThanOrEqual(3_600);
      expect((await inbox.ask(String(granted['access_token']))).status).toBe(200);
    }
    const stored = JSON.stringify(await inbox.stage.database.asSuperuser('SELECT * FROM credential'));
    expect(stored).not.toMatch(/sl[ct]_/);
  });

  it('several are in force at once; a revoked one ends at once with its tokens, and only with those', async () => {
    const path = `/v1/insurers/${inbox.stage.insurer('harbor-mutual').id}/inbox-credentials`;
    const [one, other] = [await inbox.credentials('harbor-mutual'), await inbox.credentials('harbor-mutual')];
    const tokenOf = async ({ id, secret }: typeof one) => {
      const answer = await inbox.askToken(form({ ...GRANT, client_id: id, client_secret: secret }));
      return ((await answer.json()) as { access_token: string }).access_token;
    };
    const [first, second] = [await tokenOf(one), await tokenOf(other)];
    const listed = await (await inbox.asAdministrator('GET', path)).text();
    expect(listed).toContain(one.id);
    expect(listed).toContain(other.id);
    expect(listed).not.toMatch(/sl[ct]_/);
    expect((await inbox.asAdministrator('DELETE', `${path}/${one.id}`)).status).toBe(204);
    expect((await inbox.asAdministrator('DELETE', `${path}/${one.id}`)).status).toBe(404);
    expect([(await inbox.ask(first)).status, (await inbox.ask(second)).status]).toEqual([401, 200]);
    expect(await error(await inbox.askToken(form({ ...GRANT, client_id: one.id, client_secret: one.secret })))).toEqual(
      [401, 'invalid_client'],
    );
    const elsewhere = `/v1/insurers/${inbox.stage.insurer('granite-plan').id}/inbox-credentials/${other.id}`;
    expect((await inbox.asAdministrator('DELETE', elsewhere)).status).toBe(404);
    expect((await inbox.ask(second)).status).toBe(200);
  });

  it('are for an insurer that fetches', async () => {
    const path = `/v1/insurers/${inbox.stage.insurer('juniper-life').id}/inbox-credentials`;
    expect((await inbox.asAdministrator('POST', path, { label: 'x', days: 1 })).status).toBe(409);
    const nobody = '/v1/insurers/10000000-0000-4000-8000-000000000099/inbox-credentials';
    expect((await inbox.asAdministrator('POST', nobody, { label: 'x', days: 1 })).status).toBe(404);
  });

  it('that are wrong are told alike, in the words of RFC 6749', async () => {
    const [one, other] = [await inbox.credentials('granite-plan'), await inbox.credentials('granite-plan')];
    const { id, secret } = one;
    for (const wrong of [
      { client_id: id, client_secret: `${secret.slice(0, -1)}${secret.endsWith('A') ? 'B' : 'A'}` },
      { client_id: '10000000-0000-4000-8000-000000000098', client_secret: secret },
      { client_id: other.id, client_secret: secret },
      { client_id: id, client_secret: 'CANARY' },
      { client_id: id },
      {},
    ])
      expect(await error(await inbox.askToken(form({ ...GRANT, ...wrong })))).toEqual([401, 'invalid_client']);
    const basic = await inbox.askToken(form(GRANT), { authorization: 'Basic bm9ib2R5OndpdGhvdXQ=' });
    expect([basic.status, basic.headers.get('www-authenticate')?.startsWith('Basic ')]).toEqual([401, true]);
  });

  it('asked for wrongly give nothing', async () => {
    const { id, secret } = await inbox.credentials('granite-plan');
    const good = { client_id: id, client_secret: secret };
    const basic = { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` };
    expect(await error(await inbox.askToken(form({ ...good, grant_type: 'password' })))).toEqual([
      400,
      'unsupported_grant_type',
    ]);
    expect(await error(await inbox.askToken(form({ ...good, ...GRANT, scope: 'all' })))).toEqual([
      400,
      'invalid_scope',
    ]);
    expect(await error(await inbox.askToken(form(good)))).toEqual([400, 'invalid_request']);
    expect(await error(await inbox.askToken(`${form({ ...good, ...GRANT })}&client_id=${id}`))).toEqual([
      400,
      'invalid_request',
    ]);
    expect(await error(await inbox.askToken(form({ ...good, ...GRANT }), basic))).toEqual([400, 'invalid_request']);
    const json = await inbox.askToken(JSON.stringify({ ...good, ...GRANT }), { 'content-type': 'application/json' });
    expect(json.status).toBe(415);
    expect((await inbox.askToken(`${form({ ...good, ...GRANT })}&x=${'a'.repeat(5_000)}`)).status).toBe(413);
    const inQuery = await fetch(`${inbox.url}/v1/oauth/token?${form({ ...good, ...GRANT })}`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: form(GRANT),
    });
    expect(await error(inQuery)).toEqual([400, 'invalid_request']);
  });

  it('that are guessed are slowed down, and come back by themselves', async () => {
    const { id, secret } = await inbox.credentials('granite-plan');
    const wrong = form({ ...GRANT, client_id: id, client_secret: 'wrong' });
    for (let guess = 0; guess < 4; guess += 1) expect((await inbox.askToken(wrong)).status).toBe(401);
    const right = form({ ...GRANT, client_id: id, client_secret: secret });
    const slowed = await inbox.askToken(right);
    expect([slowed.status, slowed.headers.get('retry-after')]).toEqual([429, '1']);
    await sleep(1_100);
    expect((await inbox.askToken(right)).status).toBe(200);
  });

  it('a token that is over, of another practice, or none lets nobody in', async () => {
    await inbox.stage.database.asSuperuser(
      `UPDATE credential SET expires_at = now() WHERE kind = 'inbox-token' AND subject LIKE 'insurer:${inbox.stage.insurer('harbor-mutual').id}/%'`,
    );
    const theirs = await inbox.token('harbor-mutual');
    expect((await inbox.ask(theirs)).status).toBe(200);
    await inbox.stage.database.asSuperuser(
      `UPDATE credential SET expires_at = now() WHERE kind = 'inbox-token' AND subject LIKE 'insurer:${inbox.stage.insurer('harbor-mutual').id}/%'`,
    );
    for (const bad of [theirs, 'slt_short', 'slk_x', '']) expect((await inbox.ask(bad)).status).toBe(401);
    const { secret } = await inbox.credentials('granite-plan');
    expect((await inbox.ask(secret)).status).toBe(401);
  });
});

describe('an insurer that is sent to again', () => {
  it('finds nothing, and what waited goes by the other way', async () => {
    const other = await InboxStage.open(['granite-plan']);
    try {
      const { disclosure } = await other.offer('granite-plan');
      const access = await other.token('granite-plan');
      const [item] = await other.list(access);
      const { id, profile } = other.stage.insurer('granite-plan');
      const changed = await other.asAdministrator('PUT', `/v1/insurers/${id}/connection`, {
        kind: 'https',
        url: `${other.stage.sandbox.url}/insurers/granite-plan`,
        receiverId: profile.payerId,
        production: false,
        secret: 'token-of-granite-plan',
      });
      expect(changed.status).toBe(200);
      expect(await other.list(access)).toEqual([]);
      expect((await other.ask(access, `/${item?.id ?? ''}`)).status).toBe(410);
      await other.stage.dispatch(disclosure);
      expect((await other.stage.record(disclosure)).state).toBe('sent');
      expect(await other.stage.received('granite-plan')).toHaveLength(1);
    } finally {
      await other.close();
    }
  });
});
