import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RouteName, routeOf, ROUTES } from '#libs/contracts';
import type { DisclosureId, Result, SavedViewId, StaffId } from '#libs/kernel';
import type { UseCases } from '../../apps/api/use-cases.js';
import type { Idempotency } from '../../apps/api/use-cases/asked.js';
import type { OneAction } from '../../apps/api/use-cases/bulk-actions.js';
import { createUseCases } from '../../apps/api/wiring/create-use-cases.js';
import { asking } from '../support/asking.js';
import { ago, Stage, valueOf } from '../support/stage.js';

let stage: Stage;
let useCases: UseCases;
const colleague = randomUUID() as StaffId;

beforeAll(async () => {
  stage = await Stage.open();
  useCases = createUseCases(stage.services);
  await stage.services.store.inPractice(stage.context, ({ practice }) =>
    practice.addStaff({
      ...{ id: colleague, name: 'Bo Ledger', roles: ['billing'] },
      ...{ signIn: `bo-${colleague}`, passwordHash: 'never' },
    }),
  );
});

afterAll(() => stage.close());

const billing = (id: StaffId = stage.officer) => asking(stage, ['billing'], { staff: id });

const keyed = (name: RouteName, body: unknown, key: string = randomUUID()): Idempotency => ({
  key,
  route: `${routeOf(name).method} ${routeOf(name).path}`,
  fingerprint: createHash('sha256').update(JSON.stringify(body)).digest('hex'),
  status: routeOf(name).status,
});

const codesOf = (result: Result<unknown>): readonly string[] =>
  result.ok ? [] : result.issues.map(({ code, path }) => `${code} ${path}`.trim());

/** The query as HTTP reads it. */
const asked = (query: Readonly<Record<string, string>>) => {
  const { after, limit, ...rest } = ROUTES.listDisclosures.query.parse(query);
  return { query: rest, paging: { limit: limit ?? 100, ...(after === undefined ? {} : { after }) } };
};

const page = async (query: Readonly<Record<string, string>>, context = billing()) => {
  const { query: wanted, paging } = asked(query);
  const found = valueOf(await useCases.listDisclosures(context, wanted, paging));
  expect(ROUTES.listDisclosures.response.safeParse(found).error?.issues ?? []).toEqual([]);
  return found;
};

const all = async (query: Readonly<Record<string, string>>, between?: () => Promise<void>) => {
  const rows = [];
  let after: string | undefined;
  do {
    const found = await page({ ...query, limit: '2', ...(after === undefined ? {} : { after }) });
    rows.push(...found.rows);
    after = found.next;
    await between?.();
  } while (after !== undefined);
  return rows;
};

const submitted = async (
  change: {
    readonly daysAgo?: number;
    readonly cents?: number;
    readonly party?: Awaited<ReturnType<Stage['client']>>;
  } = {},
) => {
  const party = change.party ?? (await stage.client('harbor-mutual'));
  const base = stage.invoice(party);
  if (base.kind !== 'invoice') throw new Error('not an invoice');
  const { invoice } = base;
  const lines = invoice.lines.map((line) => ({
    ...line,
    date: ago(change.daysAgo ?? 10),
    charge: (change.cents ?? 14_000) as typeof line.charge,
  }));
  const total = (change.cents ?? 14_000) as typeof invoice.total;
  const { disclosure } = await stage.submit(stage.invoice(party, { lines, total }));
  return { ...party, disclosure };
};

const report = async () => {
  const party = await stage.client('cobalt-valley-hmo');
  return (await stage.submit(stage.report(party))).disclosure;
};

const codeOf = async (client: Awaited<ReturnType<typeof submitted>>['client']): Promise<string> =>
  valueOf(await useCases.readClient(billing(), client)).code;

describe('the list of disclosures', () => {
  it('filters by everything that it says it does, and counts what it filters', async () => {
    const cheap = await submitted({ daysAgo: 40, cents: 9_000 });
    const dear = await submitted({ daysAgo: 20, cents: 20_000 });
    const written = await report();
    const ids = async (query: Readonly<Record<string, string>>) => {
      const found = await page({ ...query, count: 'true' });
      expect(found.count).toEqual({ counted: found.rows.length, more: false });
      return new Set(found.rows.map(({ id }) => id));
    };
    expect(await ids({ serviceTo: ago(30) })).toEqual(new Set([cheap.disclosure]));
    expect(await ids({ serviceFrom: ago(20), serviceTo: ago(20) })).toEqual(new Set([dear.disclosure]));
    expect(await ids({ totalFrom: '15000' })).toEqual(new Set([dear.disclosure]));
    expect(await ids({ totalTo: '9000' })).toEqual(new Set([cheap.disclosure]));
    expect(await ids({ format: 'treatment-report' })).toEqual(new Set([written]));
    expect(await ids({ purpose: 'COVAUTH' })).toEqual(new Set([written]));
    expect(await ids({ createdFrom: ago(0) })).toEqual(new Set([cheap.disclosure, dear.disclosure, written]));
    expect(await ids({ createdTo: ago(1) })).toEqual(new Set());
    expect(await ids({ status: 'paid,rejected' })).toEqual(new Set());
    const code = await codeOf(cheap.client);
    expect(await ids({ clientCode: code.slice(0, -1) })).toEqual(new Set([cheap.disclosure]));
    expect(await ids({ clientCode: `${code}x` })).toEqual(new Set());
    expect(await ids({ clientCode: '%' })).toEqual(new Set());
  });

  it('filters by status as it shows it, whatever was answered', async () => {
    const party = await stage.client('harbor-mutual');
    await stage.release(party.client, 'harbor-mutual');
    const { disclosure } = await submitted({ party });
    await stage.dispatch(disclosure);
    const add = (kind: 'set-accepted' | 'claim-rejected' | 'paid') =>
      stage.services.store.inPractice(stage.context, async ({ answers, transmissions }) => {
        const { transmission } = (await transmissions.ofDisclosures([disclosure])).get(disclosure) ?? {};
        if (transmission === undefined) throw new Error('nothing was sent');
        await answers.add([{ id: randomUUID(), disclosure, transmission, kind, receivedAt: 1, detail: {} }]);
      });
    const seen: (string | undefined)[] = [];
    for (const kind of [undefined, 'set-accepted', 'claim-rejected', 'paid'] as const) {
      if (kind !== undefined) await add(kind);
      const status = valueOf(await useCases.readDisclosure(billing(), disclosure)).status;
      seen.push(status);
      for (const one of ['sent', 'rejected', 'paid'] as const) {
        const found = (await page({ status: one, client: party.client })).rows.map(({ id }) => id);
        expect([kind, one, found]).toEqual([kind, one, one === status ? [disclosure] : []]);
      }
      const either = (await page({ status: 'held,sent,rejected,paid', client: party.client })).rows;
      expect(either.map((row) => row.status)).toEqual([status]);
    }
    expect(seen).toEqual(['sent', 'sent', 'rejected', 'paid']);
  });

  it.each([
    '-createdAt',
    'createdAt',
    'filingDeadline',
    '-filingDeadline,createdAt',
    'state,-total',
    '-total,firstServiceOn',
    'format,-updatedAt',
  ])('goes through %s in pages, every row once, in the order of one page', async (sort) => {
    const whole = (await page({ sort })).rows.map(({ id }) => id);
    expect(whole.length).toBeGreaterThan(3);
    expect((await all({ sort })).map(({ id }) => id)).toEqual(whole);
  });

  it('has what has no value last, both ways', async () => {
    for (const sort of ['total', '-total']) {
      const totals = (await page({ sort })).rows.map(({ total }) => total);
      const known = totals.filter((total) => total !== undefined);
      expect(totals.slice(known.length).every((total) => total === undefined)).toBe(true);
      expect(totals.length).toBeGreaterThan(known.length);
      const ordered = [...known].sort((one, other) => (sort === 'total' ? one - other : other - one));
      expect(known).toEqual(ordered);
    }
  });

  it('keeps its place while rows come in and change', async () => {
    const before = new Set((await page({})).rows.map(({ id }) => id));
    const found = (
      await all({ sort: '-createdAt' }, async () => {
        const { disclosure } = await submitted({ daysAgo: 15 });
        valueOf(await useCases.cancelDisclosure(billing(), { disclosure }));
      })
    ).map(({ id }) => id);
    expect(found).toHaveLength(before.size);
    expect(new Set(found)).toEqual(before);
  });

  it('refuses a cursor of another order, or of nobody', async () => {
    const { next } = await page({ sort: 'total', limit: '1' });
    const cursor = (place: readonly unknown[]) => Buffer.from(JSON.stringify(place), 'utf8').toString('base64url');
    const id = randomUUID();
    for (const [sort, after] of [
      ['-total', next],
      ['total,createdAt', next],
      ['total', cursor(['total', 'x', id])],
      ['filingDeadline', cursor(['filingDeadline', '2026-99-99', id])],
      ['createdAt', cursor(['createdAt', '', id])],
      ['createdAt', cursor(['createdAt', '9999999999999999', id])],
      ['state', cursor(['state', "x' OR 1=1", id])],
    ] as const) {
      const { query, paging } = asked({ sort, after: String(after) });
      expect([sort, codesOf(await useCases.listDisclosures(billing(), query, paging))]).toEqual([
        sort,
        ['cursor_invalid ?/after'],
      ]);
    }
  });
});

describe('the export', () => {
  const exported = async (query: Readonly<Record<string, string>>): Promise<string> => {
    const lines = valueOf(await useCases.exportDisclosures(billing(), ROUTES.exportDisclosures.query.parse(query)));
    let text = '';
    for await (const line of lines) text += line;
    return text;
  };

  it('has every row of the filter, no name, and the ledger knows of it first', async () => {
    const { rows } = await page({ sort: 'createdAt' });
    const text = await exported({ sort: 'createdAt', totalFrom: '1', clientCode: 'C-' });
    const [head, ...lines] = text.split('\r\n').slice(0, -1);
    expect(head).toBe(
      'id,client,insurer,format,purpose,state,status,cause,curer,correction,filing_deadline,first_service_on,last_service_on,total,created_at,updated_at',
    );
    const wanted = rows.filter(({ total }) => total !== undefined);
    expect(lines.map((line) => line.split(',')[0])).toEqual(wanted.map(({ id }) => id));
    expect(text).not.toContain('Ottilie');
    expect(text).toContain('140.00');
    const { rows: ledger } = await stage.services.store.inPractice(stage.context, (one) =>
      one.ledger.page({}, { limit: 1 }),
    );
    expect(ledger[0]?.entry).toMatchObject({
      kind: 'list-exported',
      actor: `staff:${stage.officer}`,
      codes: [`rows:${wanted.length}`, 'filter:clientCode', 'filter:totalFrom', 'sort:createdAt'],
    });
  });

  it('gives a spreadsheet no formula', async () => {
    const party = await stage.client('harbor-mutual');
    await stage.database.asSuperuser(`UPDATE client SET code = '=HYPERLINK("x"),1' WHERE id = '${party.client}'`);
    await submitted({ party });
    const text = await exported({ client: party.client });
    expect(text).toContain(`,"'=HYPERLINK(""x""),1",`);
  });
});

describe('saved views', () => {
  const view = (name: string, change: object = {}) =>
    ROUTES.createView.body.parse({ name, filter: { state: 'held,parked' }, columns: ['client', 'total'], ...change });
  const create = (one: ReturnType<typeof view>, context = billing()) =>
    useCases.createView(context, one, keyed('createView', one));

  it('are kept for whoever made them, and change under their version', async () => {
    const { body: made } = valueOf(await create(view('Held', { sort: '-total' })));
    expect(ROUTES.createView.response.safeParse(made).error?.issues ?? []).toEqual([]);
    expect(made).toMatchObject({ filter: { state: 'held,parked' }, sort: '-total', version: 1 });
    const id = made.id as SavedViewId;
    expect(codesOf(await create(view('Held')))).toEqual(['view_name_taken /name']);
    expect(valueOf(await useCases.listViews(billing(colleague)))).toEqual([]);
    const change = (version: number, context = billing()) =>
      useCases.changeView(context, { id, view: view('Waiting'), version });
    expect(codesOf(await change(1, billing(colleague)))).toEqual(['not_found']);
    const changed = valueOf(await change(1));
    expect(changed).toMatchObject({ name: 'Waiting', version: 2 });
    expect(changed.sort).toBeUndefined();
    expect(codesOf(await change(1))).toEqual(['precondition_failed']);
    expect(codesOf(await useCases.deleteView(billing(colleague), id))).toEqual(['not_found']);
    valueOf(await useCases.deleteView(billing(), id));
    expect(valueOf(await useCases.listViews(billing()))).toEqual([]);
    const program = { ...billing(), actor: `key:${randomUUID()}` };
    expect(codesOf(await useCases.listViews(program))).toEqual(['forbidden']);
  });

  it('are fifty at most, also when they come at once', async () => {
    for (let made = 0; made < 48; made += 1) valueOf(await create(view(`View ${made}`)));
    const last = await Promise.all([48, 49, 50, 51].map((made) => create(view(`View ${made}`))));
    expect(last.filter(({ ok }) => ok)).toHaveLength(2);
    expect(last.flatMap(codesOf)).toEqual(['too_many_views', 'too_many_views']);
    expect(valueOf(await useCases.listViews(billing()))).toHaveLength(50);
  });
});

describe('one action on many', () => {
  const cancel = (disclosure: DisclosureId): OneAction => ({ disclosure, action: { action: 'cancel' } });
  const claimed = (actions: readonly OneAction[], key: string = randomUUID()) =>
    actions.map((one) => ({ ...one, idempotency: keyed('actOnDisclosures', one, `${key} ${one.disclosure}`) }));
  const outcome = (results: readonly Result<{ readonly state: string }>[]) =>
    results.map((one) => (one.ok ? one.value.state : codesOf(one)));

  it('is rehearsed as it would be, and keeps nothing of it', async () => {
    const open = await submitted();
    const gone = await submitted();
    valueOf(await useCases.cancelDisclosure(billing(), { disclosure: gone.disclosure }));
    const before = await stage.record(open.disclosure);
    const actions = [cancel(open.disclosure), cancel(gone.disclosure), cancel(randomUUID() as DisclosureId)];
    const expected = ['cancelled', ['not_cancellable /state'], ['not_found']];
    expect(outcome(await useCases.rehearseActions(billing(), actions))).toEqual(expected);
    expect(await stage.record(open.disclosure)).toEqual(before);
    const key = randomUUID();
    expect(outcome(await useCases.actOnDisclosures(billing(), claimed(actions, key)))).toEqual(expected);
    expect((await stage.record(open.disclosure)).state).toBe('cancelled');
    const again = await useCases.actOnDisclosures(billing(), claimed(actions, key));
    expect(again[0]).toMatchObject({ ok: true, value: { state: 'cancelled', replayed: true } });
  });

  it('goes through the gate of each: state, version and reach', async () => {
    const one = await submitted();
    const other = await submitted();
    const choose = (disclosure: DisclosureId, version?: number): OneAction => ({
      disclosure,
      ...(version === undefined ? {} : { version }),
      action: { action: 'choose', choice: { choice: 'draft-amendment' } },
    });
    const results = await useCases.actOnDisclosures(
      billing(),
      claimed([choose(one.disclosure), choose(other.disclosure, 99)]),
    );
    expect(results[0]).toMatchObject({ ok: true, value: { state: 'held', release: expect.any(String) } });
    expect(outcome(results)[1]).toEqual(['precondition_failed']);
    const nobody = { ...billing(), reach: { kind: 'nothing' } } as const;
    expect(outcome(await useCases.actOnDisclosures(nobody, claimed([cancel(one.disclosure)])))).toEqual([
      ['not_found'],
    ]);
  });

  it('assigns and puts off', async () => {
    const { disclosure } = await submitted();
    const actions: OneAction[] = [{ disclosure, version: 0, action: { action: 'assign', staff: colleague } }];
    expect(outcome(await useCases.rehearseActions(billing(), actions))).toEqual(['held']);
    expect(valueOf(await useCases.readWork(billing(), disclosure)).version).toBe(0);
    expect(outcome(await useCases.actOnDisclosures(billing(), claimed(actions)))).toEqual(['held']);
    const stale: OneAction = { disclosure, version: 0, action: { action: 'snooze', until: ago(-2) } };
    expect(outcome(await useCases.actOnDisclosures(billing(), claimed([stale])))).toEqual([['precondition_failed']]);
    const fresh = { ...stale, version: 1 };
    expect(outcome(await useCases.actOnDisclosures(billing(), claimed([fresh])))).toEqual(['held']);
    expect(valueOf(await useCases.readWork(billing(), disclosure))).toMatchObject({
      assignee: { id: colleague },
      snoozedUntil: ago(-2),
      version: 2,
    });
  });
});
