import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AT, FakeGateway, insurer, release, uuid } from './fake-gateway.fixture.js';

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

const [draft, signed, scan] = [uuid(60), uuid(61), uuid(70)];
const file = (name: string, content: string): string => {
  writeFileSync(join(place, name), content);
  return join(place, name);
};

const client = {
  ...{ id: uuid(2), code: 'TL-1', revision: 1 },
  identity: {
    ...{ firstName: 'Ada', lastName: 'Invented', birthDate: '1988-04-01', sex: 'F' },
    address: { line: '1 Nowhere Lane', city: 'Trenton', region: 'NJ', postal: '08608' },
  },
};
const known = {
  'GET /v1/clients?code=TL-1': [200, { rows: [client] }],
  'GET /v1/insurers': [200, { rows: [insurer()] }],
  [`GET /v1/clients/${uuid(2)}/releases`]: [
    200,
    { rows: [release(draft), release(signed, { status: 'in-force', warnings: ['eob_exposure'] })] },
  ],
} as const;

const link = {
  ...{ id: uuid(80), release: draft, language: 'en', factor: 'code', createdAt: AT, expiresAt: AT },
  ...{ path: '/v1/sign/sln_secret', code: '123456' },
};

describe('releases', () => {
  it('are listed with what is missing and what the client is to be told', async () => {
    gateway.answers = known;
    const { shown } = await gateway.sluice('releases', 'list', 'TL-1');
    expect(shown[1]).toBe(`${draft}  1         draft     claim-basic  2026-01-01 to 2027-01-01`);
    expect(shown[3]).toBe(`  Tell the client: eob_exposure (${signed})`);
  });

  it('are drafted from options, with the statements that each must make, or from a file', async () => {
    const target = `POST /v1/clients/${uuid(2)}/releases`;
    gateway.answers = { ...known, [target]: [201, release(draft)] };
    const terms = ['--recipient', 'harbor-mutual', '--preset', 'claim-basic', '--valid-until', '2027-01-01'];
    expect((await gateway.sluice('releases', 'draft', 'TL-1', ...terms)).code).toBe(0);
    await gateway.sluice('releases', 'draft', uuid(2), '--file', file('draft.json', '{"grants":["session.*"]}'));
    expect(gateway.sentTo(target)).toEqual([
      {
        ...{ recipient: { kind: 'party', id: uuid(3), class: 'insurer' }, preset: 'claim-basic' },
        ...{
          validUntil: '2027-01-01',
          purposes: [],
          grants: [],
          blanket: false,
          parentConsentedToTreatment: 'unknown',
        },
        statements: ['revocation', 'conditioning', 'redisclosure'],
      },
      { grants: ['session.*'] },
    ]);
  });

  it('are signed with the digest of the paper, the client’s only draft by the client’s code', async () => {
    const target = `POST /v1/releases/${draft}/sign`;
    gateway.answers = { ...known, [target]: [200, release(draft, { status: 'in-force' })] };
    const paper = file('paper.pdf', 'a signed paper');
    const how = ['--paper', paper, '--signed-on', '2026-11-01', '--role', 'client', '--role', 'parent'];
    await gateway.sluice('releases', 'sign', 'TL-1', ...how, '--supersedes', signed);
    expect(gateway.sentTo(target)).toEqual([
      {
        signatures: [
          { role: 'client', signedOn: '2026-11-01', authorityDocumented: false, witnessed: false },
          { role: 'parent', signedOn: '2026-11-01', authorityDocumented: true, witnessed: false },
        ],
        evidence: { kind: 'scan', digest: createHash('sha256').update('a signed paper').digest('hex') },
        relation: { kind: 'supersedes', older: signed },
      },
    ]);
    const both = await gateway.sluice('releases', 'sign', draft, ...how, '--supersedes', signed, '--adds-to', signed);
    expect(both.said).toEqual(['sluice: cli.relation-twice --supersedes, --adds-to']);
  });

  it('are revoked as of the moment of receipt; two that could be meant are not guessed between', async () => {
    const target = `POST /v1/releases/${signed}/revoke`;
    gateway.answers = { ...known, [target]: [200, release(signed, { status: 'revoked' })] };
    const how = ['--received-at', AT, '--channel', 'letter'];
    await gateway.sluice('releases', 'revoke', 'TL-1', ...how);
    expect(gateway.sentTo(target)).toEqual([{ receivedAt: AT, channel: 'letter' }]);
    const rows = [release(draft, { status: 'in-force' }), release(signed, { status: 'in-force' })];
    gateway.answers = { ...known, [`GET /v1/clients/${uuid(2)}/releases`]: [200, { rows }] };
    expect((await gateway.sluice('releases', 'revoke', 'TL-1', ...how)).said[0]).toMatch(/cli.release-ambiguous/);
  });

  it('are ended by what is known of them', async () => {
    const target = `POST /v1/releases/${signed}/end`;
    gateway.answers = { ...known, [target]: [200, release(signed, { status: 'known-false' })] };
    await gateway.sluice('releases', 'end', 'TL-1', '--because', 'known-false', '--at', AT);
    expect(gateway.sentTo(target)).toEqual([{ because: 'known-false', at: AT }]);
  });
});

describe('scans', () => {
  const view = {
    ...{ id: scan, release: draft, mediaType: 'application/pdf', size: 9, status: 'to-check' },
    ...{ attachedBy: 'staff:1', attachedAt: AT },
  };

  it('are attached in their own media type, listed, looked at and checked', async () => {
    const check = `POST /v1/scans/${scan}/check`;
    gateway.answers = {
      ...known,
      [`POST /v1/releases/${draft}/scans`]: [201, view],
      [`GET /v1/releases/${draft}/scans`]: [200, { rows: [view] }],
      [`GET /v1/scans/${scan}/content`]: [200, '%PDF-1.7', 'application/pdf'],
      [check]: [200, release(draft, { status: 'in-force' })],
    };
    expect((await gateway.sluice('scans', 'attach', 'TL-1', file('p.pdf', '%PDF-1.7!'))).shown[1]).toContain(
      'to-check',
    );
    expect(gateway.asked.at(-1)?.body).toBe('%PDF-1.7!');
    expect((await gateway.sluice('scans', 'list', draft)).shown[1]).toContain(scan);
    await gateway.sluice('scans', 'look', scan, '--to', join(place, 'seen.pdf'));
    expect(readFileSync(join(place, 'seen.pdf'), 'utf8')).toBe('%PDF-1.7');
    await gateway.sluice('scans', 'check', scan, '--accept', '--signed-on', '2026-11-01');
    await gateway.sluice('scans', 'check', scan, '--refuse', 'illegible');
    expect(gateway.sentTo(check)).toEqual([
      {
        outcome: 'accepted',
        signatures: [{ role: 'client', signedOn: '2026-11-01', authorityDocumented: false, witnessed: false }],
      },
      { outcome: 'refused', reason: 'illegible' },
    ]);
  });

  it('are refused before anything is sent where they are none, or nobody says what was seen', async () => {
    expect((await gateway.sluice('scans', 'attach', draft, file('p.txt', 'x'))).said[0]).toMatch(/cli.not-a-scan/);
    expect((await gateway.sluice('scans', 'check', scan)).said).toEqual(['sluice: cli.one-of --accept, --refuse']);
    expect((await gateway.sluice('scans', 'check', scan, '--accept')).said).toEqual([
      'sluice: cli.required --signed-on',
    ]);
    expect(gateway.asked).toEqual([]);
  });
});

describe('signing links', () => {
  it('are shown once with what the client is asked, listed without their secret, and withdrawn', async () => {
    const { path: _path, code: _code, ...rest } = link;
    gateway.answers = {
      ...known,
      [`POST /v1/releases/${draft}/signing-links`]: [201, link],
      [`GET /v1/releases/${draft}/signing-links`]: [
        200,
        { rows: [{ ...rest, createdBy: 'staff:1', tries: 0, status: 'open' }] },
      ],
      [`POST /v1/releases/${draft}/signing-links/${uuid(80)}/withdraw`]: [204, undefined],
    };
    const made = await gateway.sluice('links', 'make', 'TL-1', '--factor', 'code', '--language', 'es');
    expect(made.shown[0]).toBe('/v1/sign/sln_secret');
    expect(made.shown[1]).toContain('123456');
    expect(gateway.sentTo(`POST /v1/releases/${draft}/signing-links`)).toEqual([
      { days: 7, language: 'es', factor: 'code' },
    ]);
    expect((await gateway.sluice('links', 'list', draft)).shown[1]).toContain('open');
    expect((await gateway.sluice('links', 'withdraw', draft, uuid(80))).shown[0]).toContain('withdrawn');
  });
});

describe('renewals', () => {
  it('are drafted in bulk with links; one that cannot be is told and is not well', async () => {
    const issues = [{ code: 'not_signed', path: '', severity: 'error' }];
    const { code: _code, ...asked } = { ...link, factor: 'birth-date' };
    gateway.answers = {
      'POST /v1/renewals': [
        200,
        {
          rows: [
            { release: signed, draft, link: asked, issues: [] },
            { release: draft, issues },
          ],
        },
      ],
    };
    const renewed = await gateway.sluice('renewals', signed, draft, '--until', '2028-01-01', '--links');
    expect(renewed.shown.map((line) => line.split(/ {2,}/).at(-1))).toEqual([
      'Link, or why not',
      '/v1/sign/sln_secret',
      'not_signed',
    ]);
    expect(renewed.code).toBe(1);
    expect(gateway.sentTo('POST /v1/renewals')).toEqual([
      {
        releases: [signed, draft],
        validUntil: '2028-01-01',
        link: { days: 7, language: 'en', factor: 'birth-date' },
      },
    ]);
  });

  it('are reminded of', async () => {
    const row = { release: signed, client: uuid(2), validUntil: '2026-12-01', daysLeft: 9 };
    const reminders = [{ days: 30, dueAt: AT }];
    gateway.answers = { 'GET /v1/reminders?within=14': [200, { rows: [{ ...row, reminders }] }] };
    expect((await gateway.sluice('reminders', '--within', '14')).shown[1]).toMatch(/2026-12-01 {2}9 {10}30 days$/);
    expect((await gateway.sluice('reminders', '--within', '15')).said[0]).toMatch(/cli.not-a-choice --within/);
  });
});
