import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ageOf } from './age.js';
import { AT, disclosure, FakeGateway, insurer, uuid } from './fake-gateway.fixture.js';

const gateway = new FakeGateway();
let place = '';
beforeAll(() => gateway.open());
afterAll(() => gateway.close());
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'sluice-inbox-'));
  gateway.asked.length = 0;
  gateway.answers = {};
});
afterEach(() => rmSync(place, { recursive: true }));

const pulls = insurer({ connection: { kind: 'inbox' } });
const other = insurer({ id: uuid(4), profile: { id: 'juniper-life', version: '1' }, payerId: 'JNPR3' });
const insurers = { 'GET /v1/insurers': [200, { rows: [pulls, other] }] } as const;
const list = (after = '') =>
  `GET /v1/disclosures?insurer=${uuid(3)}&state=sealed%2Csending%2Cunknown&sort=createdAt&limit=100${after}`;
const before = (milliseconds: number) => new Date(Date.now() - milliseconds).toISOString();
const CREDENTIALS = `/v1/insurers/${uuid(3)}/inbox-credentials`;
const credential = (id: string, label: string) => ({ id, label, createdAt: AT, expiresAt: '2027-01-01T00:00:00Z' });

describe('what waits in an inbox', () => {
  it('is listed page after page with its age, oldest first, of insurers that fetch alone, and names no client', async () => {
    const waits = (id: string, state: string, age: number) =>
      disclosure(id, { state, status: state, createdAt: before(age) });
    gateway.answers = {
      ...insurers,
      [list()]: [200, { rows: [waits(uuid(50), 'sealed', 3.5 * 86_400_000)], next: 'n1' }],
      [list('&after=n1')]: [200, { rows: [waits(uuid(51), 'unknown', 7_300_000)] }],
    };
    const { shown, code } = await gateway.sluice('inbox', 'waiting');
    expect(shown.slice(1)).toEqual([
      `${uuid(50)}  Harbor   x12-837p  to be fetched       3 d ago`,
      `${uuid(51)}  Harbor   x12-837p  to be acknowledged  2 h ago`,
    ]);
    expect([code, /TL-1|Invented Client/.test(shown.join(''))]).toEqual([0, false]);
    const asJson = await gateway.sluice('inbox', 'waiting', 'harbor-mutual', '--json');
    expect(asJson.shown.join('')).not.toMatch(/TL-1|Invented Client/);
    expect(JSON.parse(asJson.shown.join(''))).toHaveLength(2);
    gateway.answers = { ...insurers, [list()]: [200, { rows: [] }] };
    expect((await gateway.sluice('inbox', 'waiting')).shown).toEqual(['Nothing waits.']);
  });

  it('is nothing that another kind of insurer has', async () => {
    gateway.answers = insurers;
    expect((await gateway.sluice('inbox', 'waiting', 'JNPR3')).said[0]).toMatch(/^sluice: cli.insurer-does-not-fetch/);
  });

  it.each([
    [-5, '0 s'],
    [999, '0 s'],
    [61_000, '1 min'],
    [3_599_999, '59 min'],
    [86_400_000, '1 d'],
  ])('%i ms is %s', (age, text) => expect(ageOf(age)).toBe(text));
});

describe('credentials of an inbox', () => {
  it('are issued into a new file of its owner, and the secret is shown nowhere else', async () => {
    gateway.answers = {
      ...insurers,
      [`POST ${CREDENTIALS}`]: [
        201,
        { id: uuid(60), label: 'Claims', expiresAt: '2027-01-01T00:00:00Z', secret: 'slc_invented' },
      ],
    };
    const file = join(place, 'harbor.json');
    const asked = ['inbox', 'issue', 'harbor-mutual', '--label', 'Claims', '--days', '30', '--to', file];
    const issued = await gateway.sluice(...asked);
    expect(gateway.sentTo(`POST ${CREDENTIALS}`)).toEqual([{ label: 'Claims', days: 30 }]);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
      ...{ client_id: uuid(60), client_secret: 'slc_invented', expires_at: '2027-01-01T00:00:00Z' },
    });
    expect([statSync(file).mode & 0o777, issued.code]).toEqual([0o600, 0]);
    expect(JSON.stringify(issued)).not.toContain('slc_invented');
    // A file that is there is not written over, and then no secret is made either.
    expect((await gateway.sluice(...asked)).said[0]).toMatch(/^sluice: cli.file-not-creatable/);
    expect(gateway.sentTo(`POST ${CREDENTIALS}`)).toHaveLength(1);
  });

  it('leave no file behind when they are refused', async () => {
    gateway.answers = insurers;
    const file = join(place, 'harbor.json');
    const asked = ['inbox', 'issue', 'harbor-mutual', '--label', 'Claims', '--to', file];
    expect((await gateway.sluice(...asked)).said).toEqual(['sluice: not_found']);
    expect(existsSync(file)).toBe(false);
  });

  it('are listed, and revoked by client id or by what one alone is for', async () => {
    const rows = [credential(uuid(60), 'Claims'), credential(uuid(61), 'Reports'), credential(uuid(62), 'Reports')];
    gateway.answers = {
      ...insurers,
      [`GET ${CREDENTIALS}`]: [200, { rows }],
      [`DELETE ${CREDENTIALS}/${uuid(60)}`]: [204, undefined],
      [`DELETE ${CREDENTIALS}/${uuid(61)}`]: [204, undefined],
    };
    expect((await gateway.sluice('inbox', 'credentials', 'HRBM1')).shown[1]).toBe(
      `${uuid(60)}  Claims   ${AT}  2027-01-01T00:00:00Z`,
    );
    for (const [which, id] of [
      ['Claims', uuid(60)],
      [uuid(61), uuid(61)],
    ] as const)
      expect((await gateway.sluice('inbox', 'revoke', 'harbor-mutual', which)).shown[0]).toContain(`${id}: revoked`);
    for (const which of ['Reports', 'Nothing'])
      expect((await gateway.sluice('inbox', 'revoke', 'harbor-mutual', which)).said[0]).toMatch(
        /^sluice: cli.credential-unknown/,
      );
    expect(gateway.asked.filter(({ what }) => what.startsWith('DELETE'))).toHaveLength(2);
  });
});
