import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { accepted, detail, disclosure, FakeGateway, insurer, uuid } from './fake-gateway.fixture.js';

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

const one = uuid(50);
const paid = `${one}  TL-1    Harbor   x12-837p  paid    Nothing to do; it is paid.`;
const headings = `Disclosure${' '.repeat(26)}  Client  Insurer  Format    Status  Next step`;

describe('where disclosures stand', () => {
  it('is searched by any number, and nothing found is not well', async () => {
    gateway.answers = { 'GET /v1/search?q=P000000001': [200, { rows: [disclosure(one)] }] };
    expect(await gateway.sluice('search', 'P000000001')).toEqual({ shown: [headings, paid], said: [], code: 0 });
    gateway.answers = { 'GET /v1/search?q=P000000001': [200, { rows: [] }] };
    expect(await gateway.sluice('search', 'P000000001')).toEqual({ shown: ['Nothing found.'], said: [], code: 1 });
  });

  it('is listed page after page, by client and insurer as people name them, and as JSON', async () => {
    const query = `state=held&client=${uuid(2)}&insurer=${uuid(3)}&limit=100`;
    gateway.answers = {
      'GET /v1/clients?code=TL-1': [200, { rows: [{ id: uuid(2), ...client }] }],
      'GET /v1/insurers': [200, { rows: [insurer()] }],
      [`GET /v1/disclosures?${query}`]: [200, { rows: [disclosure(one)], next: 'n1' }],
      [`GET /v1/disclosures?${query}&after=n1`]: [200, { rows: [disclosure(uuid(51)), disclosure(uuid(52))] }],
    };
    const asked = ['--state', 'held', '--client', 'TL-1', '--insurer', 'harbor-mutual'];
    const listed = await gateway.sluice('disclosures', 'list', ...asked, '--limit', '2', '--json');
    expect(JSON.parse(listed.shown.join(''))).toEqual([disclosure(one), disclosure(uuid(51))]);
  });

  it.each([
    ['replacement', '7', 'replacement'],
    ['void', '8', 'void'],
    ['resubmission', '1', 'resubmission'],
    ['resubmission', '8', 'void, sent again'],
  ] as const)('says of a %s with frequency %s that it is a %s', async (kind, frequency, shown) => {
    const row = disclosure(one, { status: 'sent', correction: { kind, frequency, of: uuid(51) } });
    gateway.answers = { 'GET /v1/search?q=P1': [200, { rows: [row] }] };
    expect((await gateway.sluice('search', 'P1')).shown[1]).toContain(`sent (${shown})`);
  });

  it('is waited for', async () => {
    gateway.answers = { [`GET /v1/disclosures/${one}`]: [200, detail(one)] };
    expect((await gateway.sluice('disclosures', 'wait', one, '--for', 'paid,denied')).code).toBe(0);
    expect((await gateway.sluice('disclosures', 'wait', one, '--for', 'held', '--within', '0')).code).toBe(1);
  });

  it('is cancelled, or refused with its code', async () => {
    gateway.answers = {
      [`POST /v1/disclosures/${one}/cancel`]: [200, disclosure(one, { state: 'cancelled', status: 'cancelled' })],
    };
    expect((await gateway.sluice('cancel', one)).shown[1]).toContain('cancelled');
    expect(await gateway.sluice('cancel', uuid(51))).toEqual({ shown: [], said: ['sluice: not_found'], code: 1 });
  });
});

const client = {
  ...{ code: 'TL-1', revision: 1 },
  identity: {
    ...{ firstName: 'Ada', lastName: 'Invented', birthDate: '1988-04-01', sex: 'F' },
    address: { line: '1 Nowhere Lane', city: 'Trenton', region: 'NJ', postal: '08608' },
  },
};

describe('a receipt', () => {
  it('goes into a new file of its owner, and is never written over another one', async () => {
    gateway.answers = {
      [`GET /v1/disclosures/${one}`]: [200, detail(one)],
      [`POST /v1/documents/${uuid(1)}/receipt`]: [200, '%PDF-1.7 invented', 'application/pdf'],
    };
    const file = join(place, 'receipt.pdf');
    expect((await gateway.sluice('receipt', one, '--to', file)).shown).toEqual([`${file}: the receipt, 17 bytes.`]);
    expect([readFileSync(file, 'utf8'), statSync(file).mode & 0o777]).toEqual(['%PDF-1.7 invented', 0o600]);
    expect((await gateway.sluice('receipt', one, '--to', file)).said).toEqual([
      `sluice: cli.file-not-creatable ${file} (must not exist yet)`,
    ]);
  });
});

describe('a correction', () => {
  const invoice = { client: 'TL-1', coverage: 'harbor-mutual', clinician: 'Ostrander', lines: [] };
  const coverage = {
    ...{ id: uuid(5), client: uuid(2), insurer: uuid(3), terms: { memberId: 'M', relationship: 'self' } },
    ...{ funding: 'unknown', fundingEvidence: false, assignmentSigned: false },
  };
  const clinician = {
    ...{ id: uuid(4), firstName: 'Linnea', lastName: 'Ostrander', credential: 'LPC' },
    ...{ profession: 'counselor', jurisdiction: 'US-OR' },
  };
  const named = {
    'GET /v1/clients?code=TL-1': [200, { rows: [{ id: uuid(2), ...client }] }],
    'GET /v1/insurers': [200, { rows: [insurer()] }],
    'GET /v1/clinicians': [200, { rows: [clinician] }],
    [`GET /v1/clients/${uuid(2)}/coverages`]: [200, { rows: [coverage] }],
    'GET /v1/search?q=P1': [200, { rows: [disclosure(one)] }],
  } as const;

  it.each([
    ['replace', 'replacement'],
    ['resubmit', 'resubmission'],
  ])('%s finds the claim by number and puts ids for names, twice under one key', async (command, route) => {
    const file = join(place, 'invoice.json');
    writeFileSync(file, JSON.stringify(invoice));
    const target = `POST /v1/disclosures/${one}/${route}`;
    gateway.answers = { ...named, [target]: [202, accepted()] };
    expect((await gateway.sluice('corrections', command, 'P1', file)).shown).toEqual([
      `${uuid(90)}  x12-837p  ready  Nothing to do.`,
    ]);
    await gateway.sluice('corrections', command, 'P1', file);
    expect(gateway.sentTo(target)[0]).toEqual({ client: uuid(2), coverage: uuid(5), clinician: uuid(4), lines: [] });
    expect(new Set(gateway.asked.filter(({ what }) => what === target).map(({ key }) => key)).size).toBe(1);
  });

  it('is only tried out with --dry-run: what would come of it, under no key', async () => {
    const file = join(place, 'invoice.json');
    writeFileSync(file, JSON.stringify(invoice));
    const warning = { code: 'late_soon', path: '/lines/0', severity: 'warning' };
    const goes = { valid: true, outcome: 'send', gaps: [], warnings: [warning] };
    const gap = { code: 'no_grant', cause: 'revoked', curer: 'client', sentence: 'The release was revoked.' };
    gateway.answers = {
      ...named,
      [`POST /v1/disclosures/${one}/replacement?validate=only`]: [200, goes],
      [`POST /v1/disclosures/${one}/resubmission?validate=only`]: [200, goes],
      [`POST /v1/disclosures/${one}/void?validate=only`]: [200, { ...goes, outcome: 'hold', gaps: [gap] }],
    };
    for (const command of ['replace', 'resubmit'])
      expect(await gateway.sluice('corrections', command, 'P1', file, '--dry-run')).toEqual({
        shown: ['would go', '  Warning late_soon /lines/0'],
        said: [],
        code: 0,
      });
    const held = await gateway.sluice('corrections', 'void', 'P1', '--dry-run');
    expect([held.shown[0], held.shown[1], held.code]).toEqual(['would wait', '  client: The release was revoked.', 1]);
    expect(gateway.asked.every(({ key }) => key === undefined)).toBe(true);
  });

  it('voids, and is not well where what it makes is held', async () => {
    gateway.answers = { ...named, [`POST /v1/disclosures/${one}/void`]: [202, accepted('held')] };
    expect((await gateway.sluice('corrections', 'void', 'P1')).code).toBe(1);
  });

  it.each([
    ['a client', { ...invoice, client: 'NOBODY' }, 'cli.client-unknown client'],
    ['a coverage', { ...invoice, coverage: 'nobody' }, 'cli.insurer-unknown insurer'],
    ['a clinician', { ...invoice, clinician: 'Nobody' }, 'cli.clinician-unknown /clinician'],
  ])('that names %s whom nobody knows is not sent, and the name not said again', async (_who, body, code) => {
    const file = join(place, 'invoice.json');
    writeFileSync(file, JSON.stringify(body));
    gateway.answers = { ...named, 'GET /v1/clients?code=NOBODY': [200, { rows: [] }] };
    const { said, code: exit } = await gateway.sluice('corrections', 'replace', 'P1', file);
    expect([said[0]?.startsWith(`sluice: ${code}`), exit]).toEqual([true, 1]);
    expect(said.join('')).not.toMatch(/NOBODY|Nobody/);
    expect(gateway.asked.some(({ what }) => what.startsWith('POST'))).toBe(false);
  });

  it('of a number that several disclosures have is refused', async () => {
    gateway.answers = { 'GET /v1/search?q=P1': [200, { rows: [disclosure(one), disclosure(uuid(51))] }] };
    expect((await gateway.sluice('corrections', 'void', 'P1')).said[0]).toMatch(/^sluice: cli.disclosure-ambiguous/);
  });
});
