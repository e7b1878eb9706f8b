import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { revokeRelease } from '#libs/application';
import { routeOf } from '#libs/contracts';
import type { ClinicianId } from '#libs/kernel';
import type { UseCases } from '../../apps/api/use-cases.js';
import type { RequestContext } from '../../apps/api/use-cases/asked.js';
import { createUseCases } from '../../apps/api/wiring/create-use-cases.js';
import { asking } from '../support/asking.js';
import { ago, Stage, valueOf } from '../support/stage.js';

let stage: Stage;
let useCases: UseCases;

beforeAll(async () => {
  stage = await Stage.open();
  useCases = createUseCases(stage.services);
});

afterAll(async () => {
  await stage.close();
});

const as = (roles: RequestContext['roles'], clinician?: ClinicianId) => asking(stage, roles, { clinician });

const auditor = () => as(['auditor']);

const blocks = async (count: number): Promise<void> => {
  for (let made = 0; made < count; made += 1)
    await stage.services.store.inPractice(stage.context, ({ ledger }) => {
      ledger.record({ kind: 'settings-changed', actor: 'worker', codes: ['example'] });
      return Promise.resolve();
    });
};

/** Walks by ranges to the end, as a browser does. */
const walked = async (most: number) => {
  const told = [];
  let next: string | undefined;
  do {
    const range = valueOf(await useCases.verifyLedger(auditor(), { most, ...(next === undefined ? {} : { next }) }));
    expect(routeOf('verifyLedger').response?.safeParse(range).error?.issues ?? []).toEqual([]);
    told.push(range);
    next = range.next;
  } while (next !== undefined);
  return told;
};

describe('verifying in ranges', () => {
  it('says the same in the end as walking all at once, and how far it is', async () => {
    await blocks(7);
    const whole = valueOf(await useCases.verifyLedger(auditor(), {}));
    expect(whole).toMatchObject({ holds: true, blocks: 7, of: 7 });
    expect(whole).not.toHaveProperty('next');
    const ranges = await walked(3);
    expect(ranges.map(({ blocks: done, of, holds }) => [done, of, holds])).toEqual([
      [3, 7, true],
      [6, 7, true],
      [7, 7, true],
    ]);
    expect(ranges.at(-1)).toEqual(whole);
    expect(await walked(7)).toEqual([whole]);
  });

  it('finds a link that is broken between two ranges', async () => {
    const first = valueOf(await useCases.verifyLedger(auditor(), { most: 3 }));
    // Block 3 is forged whole, and so is consistent in itself; block 4 does not follow from what was walked.
    const kept = await stage.database.asSuperuser('SELECT hash FROM ledger_block WHERE height = 3');
    await stage.database.asSuperuser(`UPDATE ledger_block SET previous = sha256('forged') WHERE height = 4`);
    const second = valueOf(await useCases.verifyLedger(auditor(), { most: 3, next: first.next ?? '' }));
    expect(second).toMatchObject({ holds: false, broken: { height: 4, code: 'chain_broken' } });
    expect(second).not.toHaveProperty('next');
    await stage.database.asSuperuser('UPDATE ledger_block SET previous = $1 WHERE height = 4', [kept[0]?.['hash']]);
    expect(valueOf(await useCases.verifyLedger(auditor(), {})).holds).toBe(true);
  });

  it('begins nowhere that the installation did not sign', async () => {
    const { next = '' } = valueOf(await useCases.verifyLedger(auditor(), { most: 3 }));
    const [text = '', signature = ''] = next.split('.');
    const forged = JSON.parse(Buffer.from(text, 'base64url').toString()) as Record<string, unknown>;
    const of = (change: object) => Buffer.from(JSON.stringify({ ...forged, ...change })).toString('base64url');
    for (const bad of [`${of({ height: 5 })}.${signature}`, `${text}.${signature.slice(1)}`, text, 'x.y', `${next}.z`])
      expect(await useCases.verifyLedger(auditor(), { most: 3, next: bad })).toMatchObject({
        ok: false,
        issues: [{ code: 'cursor_invalid', path: '?/next' }],
      });
  });

  it('notices what was cut off behind a range', async () => {
    const { next = '' } = valueOf(await useCases.verifyLedger(auditor(), { most: 6 }));
    await stage.database.asSuperuser(
      'UPDATE ledger_head SET height = 6, hash = (SELECT hash FROM ledger_block WHERE height = 6)',
    );
    const told = valueOf(await useCases.verifyLedger(auditor(), { most: 6, next }));
    expect(told).toMatchObject({ holds: false, broken: { code: 'head_mismatch' } });
    await stage.database.asSuperuser(
      'UPDATE ledger_head SET height = 7, hash = (SELECT hash FROM ledger_block WHERE height = 7)',
    );
  });
});

describe('reading the ledger', () => {
  const kinds = async (filter: Parameters<UseCases['readLedger']>[1]) =>
    valueOf(await useCases.readLedger(auditor(), filter, { limit: 100 })).rows.map(({ kind }) => kind);

  it('goes by kind, client and day, also for an auditor who reaches no client', async () => {
    const party = await stage.client('harbor-mutual');
    await stage.release(party.client, 'harbor-mutual');
    expect(await kinds({ kind: ['release-signed'] })).toEqual(['release-signed']);
    expect(await kinds({ client: party.client, kind: ['release-signed', 'client-recorded'] })).toEqual([
      'release-signed',
      'client-recorded',
    ]);
    expect(await kinds({ kind: ['release-signed'], from: ago(0), to: ago(0) })).toEqual(['release-signed']);
    expect(await kinds({ kind: ['release-signed'], to: ago(1) })).toEqual([]);
    expect(await kinds({ kind: ['release-signed'], from: ago(-1) })).toEqual([]);
  });
});

describe('the accounting of a client', () => {
  it('says when, to whom, which fields and why, without a value', async () => {
    const party = await stage.client('harbor-mutual', { lastName: 'Canarysson' });
    const release = await stage.release(party.client, 'harbor-mutual');
    const { disclosure } = await stage.submit(stage.invoice(party));
    const read = (filter: object = {}) =>
      useCases.accountForClient(as(['privacy-officer']), { client: party.client, ...filter }, { limit: 10 });
    expect(valueOf(await read()).rows).toEqual([]);
    await stage.dispatch(disclosure);
    const page = valueOf(await read());
    expect(routeOf('accountForClient').response?.safeParse(page).error?.issues ?? []).toEqual([]);
    expect(page.rows).toMatchObject([
      { disclosure, purpose: 'HPAYMT', format: 'x12-837p', releases: [release.id], digest: expect.any(String) },
    ]);
    expect(page.rows[0]?.recipient.id).toBe(stage.insurer('harbor-mutual').id);
    const fields = page.rows[0]?.fields.map(({ field }) => field) ?? [];
    expect(fields).toContain('diagnosis.primary');
    expect(new Set(fields).size).toBe(fields.length);
    for (const value of ['Canarysson', 'F331', '90834', '1991-09-30'])
      expect(JSON.stringify(page)).not.toContain(value);
    expect(valueOf(await read({ to: ago(1) })).rows).toEqual([]);
    expect(valueOf(await read({ from: ago(0) })).rows).toHaveLength(1);
  });

  it('says what left, though a later decision would have kept it', async () => {
    const party = await stage.client('harbor-mutual');
    const release = await stage.release(party.client, 'harbor-mutual');
    const { disclosure } = await stage.submit(stage.invoice(party));
    await stage.behave('harbor-mutual', { mode: 'lossy' });
    await stage.dispatch(disclosure);
    await stage.behave('harbor-mutual', { mode: 'answers' });
    expect((await stage.record(disclosure)).state).toBe('unknown');
    valueOf(await revokeRelease(stage.services, stage.context, { release: release.id, channel: 'fax' }));
    await stage.dispatch(disclosure);
    const account = await useCases.accountForClient(as(['privacy-officer']), { client: party.client }, { limit: 10 });
    expect(valueOf(account).rows).toMatchObject([{ disclosure, releases: [release.id] }]);
    expect(valueOf(account).rows[0]?.fields.map(({ field }) => field)).toContain('diagnosis.primary');
  });

  it('says what an insurer had in hand that turned it away', async () => {
    const party = await stage.client('harbor-mutual');
    await stage.release(party.client, 'harbor-mutual');
    const { disclosure } = await stage.submit(stage.invoice(party));
    await stage.behave('harbor-mutual', { mode: 'redirect' });
    await stage.dispatch(disclosure);
    await stage.behave('harbor-mutual', { mode: 'answers' });
    const account = await useCases.accountForClient(as(['privacy-officer']), { client: party.client }, { limit: 10 });
    expect(valueOf(account).rows).toMatchObject([{ disclosure }]);
  });

  it('is not there out of reach, and goes in pages', async () => {
    const party = await stage.client('harbor-mutual');
    await stage.release(party.client, 'harbor-mutual');
    const ids = [];
    for (const day of [11, 12, 13]) {
      const content = stage.invoice(party);
      if (content.kind !== 'invoice') throw new Error('it is an invoice');
      const lines = content.invoice.lines.map((line) => ({ ...line, date: ago(day) }));
      const { disclosure } = await stage.submit(stage.invoice(party, { number: `INV-${day}`, lines }));
      await stage.dispatch(disclosure);
      ids.push(disclosure);
    }
    const asked = { client: party.client };
    const first = valueOf(await useCases.accountForClient(as(['privacy-officer']), asked, { limit: 2 }));
    const rest = valueOf(
      await useCases.accountForClient(as(['privacy-officer']), asked, { limit: 2, after: first.next ?? '' }),
    );
    expect([...first.rows, ...rest.rows].map(({ disclosure }) => disclosure)).toEqual(ids.toReversed());
    expect(rest).not.toHaveProperty('next');
    expect(
      await useCases.accountForClient(as(['clinician'], stage.clinicians.jersey), asked, { limit: 2 }),
    ).toMatchObject({ ok: false, issues: [{ code: 'not_found' }] });
  });
});
