import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AT, FakeGateway, insurer, uuid } from './fake-gateway.fixture.js';

const gateway = new FakeGateway();
let place = '';
beforeAll(() => gateway.open());
afterAll(() => gateway.close());
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'sluice-commands-'));
  gateway.asked.length = 0;
  gateway.answers = {};
});
afterEach(() => rmSync(place, { recursive: true }));

const file = (name: string, content: string): string => {
  writeFileSync(join(place, name), content);
  return join(place, name);
};

const KEY = '-----BEGIN PRIVATE KEY-----\ninvented\n-----END PRIVATE KEY-----\n';
const connection = {
  ...{ kind: 'sftp', url: 'sftp://crossing.example:22', receiverId: 'CROSSING', production: false },
  ...{ hostKey: `SHA256:${'a'.repeat(43)}`, user: 'lantern', authentication: 'private-key', inbound: '/in' },
};
const agent = {
  ...{ name: 'Crossing', payerId: 'CX1', resolvesTo: 'HRBM1', resolution: 'probe', connection },
  agreement: { reference: 'BAA-1', signedOn: '2026-01-05' },
};
const route = { id: uuid(30), insurer: uuid(3), kind: 'clearinghouse', recordedAt: AT, recordedBy: 'staff:1', agent };

describe('the practice', () => {
  it('is shown with its time zone, which can be changed', async () => {
    const practice = { id: uuid(1), name: 'Meadow', timeZone: 'UTC' };
    const target = 'PUT /v1/practice/time-zone';
    const timeZone = 'America/Los_Angeles';
    gateway.answers = { 'GET /v1/practice': [200, practice], [target]: [200, { ...practice, timeZone }] };
    expect((await gateway.sluice('practice', 'show')).shown).toEqual(['Meadow, whose days are those of UTC']);
    const { shown } = await gateway.sluice('practice', 'time-zone', timeZone);
    expect(shown).toEqual([`Meadow, whose days are those of ${timeZone}`]);
    expect(gateway.sentTo(target)).toEqual([{ timeZone }]);
  });
});

describe('routes', () => {
  it('lead through a clearinghouse by its agreement, to the insurer itself unless said otherwise', async () => {
    const target = `POST /v1/insurers/${uuid(3)}/routes`;
    gateway.answers = { 'GET /v1/insurers': [200, { rows: [insurer()] }], [target]: [201, route] };
    const paper = ['--agreement', 'BAA-1', '--signed-on', '2026-01-05', '--payer-id', 'CX1', '--resolution', 'probe'];
    const door = ['--connection', file('c.json', JSON.stringify(connection)), '--secret-file', file('key', KEY)];
    const added = await gateway.sluice('routes', 'add', 'harbor-mutual', '--through', 'Crossing', ...paper, ...door);
    expect(added.shown[1]).toBe(`${AT}  Crossing  BAA-1, signed 2026-01-05  CX1       sftp crossing.example:22  probe`);
    expect(gateway.sentTo(target)).toEqual([
      { kind: 'clearinghouse', ...agent, connection: { ...connection, token: KEY } },
    ]);
    expect(JSON.stringify(added)).not.toContain('invented');
  });

  it('lead directly again, and are listed', async () => {
    const target = `POST /v1/insurers/${uuid(3)}/routes`;
    const { agent: _agent, ...direct } = { ...route, kind: 'direct' };
    gateway.answers = {
      'GET /v1/insurers': [200, { rows: [insurer()] }],
      [target]: [201, direct],
      [`GET /v1/insurers/${uuid(3)}/routes`]: [200, { rows: [direct, route] }],
    };
    await gateway.sluice('routes', 'direct', 'HRBM1');
    expect(gateway.sentTo(target)).toEqual([{ kind: 'direct' }]);
    const { shown } = await gateway.sluice('routes', 'list', uuid(3));
    expect(shown.slice(1).map((line) => line.split(/ {2,}/)[1])).toEqual(['directly', 'Crossing']);
    expect((await gateway.sluice('routes', 'list', 'nobody')).said[0]).toMatch(/^sluice: cli.insurer-unknown insurer/);
  });
});

describe('connections', () => {
  it('are listed with whether anybody answers, changed with their secret, and cleared', async () => {
    const stopped = insurer({ lane: { breaker: 'stopped', slow: true } });
    gateway.answers = {
      'GET /v1/insurers': [200, { rows: [stopped] }],
      [`PUT /v1/insurers/${uuid(3)}/connection`]: [200, insurer({ connection: { kind: 'sftp' } })],
      [`POST /v1/insurers/${uuid(3)}/clear-lane`]: [200, insurer()],
    };
    expect((await gateway.sluice('connections', 'list')).shown[1]).toContain('STOPPED');
    const door = ['--connection', file('c.json', JSON.stringify(connection)), '--secret-file', file('t', 'token-1\n')];
    expect((await gateway.sluice('connections', 'change', 'HRBM1', ...door)).shown[1]).toContain('sftp');
    expect(gateway.sentTo(`PUT /v1/insurers/${uuid(3)}/connection`)).toEqual([{ ...connection, secret: 'token-1' }]);
    expect((await gateway.sluice('connections', 'clear', 'harbor-mutual')).shown[1]).toContain('answers');
  });

  it('are sent a claim about nobody', async () => {
    const target = `POST /v1/insurers/${uuid(3)}/connection/test-claim`;
    const told = { insurer: uuid(3), route: 'direct', kind: 'https', at: AT, interchange: '000000007' };
    gateway.answers = {
      'GET /v1/insurers': [200, { rows: [insurer()] }],
      [target]: [200, { ...told, outcome: 'not-sent', code: 'connection_refused' }],
    };
    const { shown, code } = await gateway.sluice('connections', 'test', 'harbor-mutual');
    expect(shown).toEqual(['The test claim did not go (connection_refused): interchange 000000007.']);
    expect(code).toBe(1);
    expect(gateway.asked.filter(({ what }) => what === target)).toHaveLength(1);
    gateway.answers = { ...gateway.answers, [target]: [200, { ...told, outcome: 'accepted', status: 202 }] };
    expect(await gateway.sluice('connections', 'test', 'harbor-mutual')).toMatchObject({
      ...{ code: 0, shown: ['The test claim was taken: interchange 000000007.'] },
    });
  });

  it('are checked without a word about anybody', async () => {
    const target = `POST /v1/insurers/${uuid(3)}/connection/check`;
    const steps = [
      { step: 'address', outcome: 'ok' },
      { step: 'tls', outcome: 'failed', code: 'tls_failed' },
      { step: 'authenticate', outcome: 'skipped' },
    ];
    const told = { insurer: uuid(3), route: 'clearinghouse', kind: 'https', at: AT };
    gateway.answers = {
      'GET /v1/insurers': [200, { rows: [insurer()] }],
      [target]: [200, { ...told, ok: false, steps }],
    };
    const failed = await gateway.sluice('connections', 'check', 'harbor-mutual');
    expect(failed.shown).toEqual([
      'https by clearinghouse: it cannot be reached so.',
      '  address       ok',
      '  tls           failed (tls_failed)',
      '  authenticate  skipped',
    ]);
    expect(failed.code).toBe(1);
    gateway.answers = {
      ...gateway.answers,
      [target]: [200, { ...told, ok: true, steps: [{ step: 'address', outcome: 'ok' }] }],
    };
    expect(await gateway.sluice('connections', 'check', 'harbor-mutual')).toMatchObject({
      ...{ code: 0, shown: ['https by clearinghouse: it can be reached.', '  address  ok'] },
    });
  });
});
