import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ClientId, ReleaseId, Result, ScanId } from '#libs/kernel';
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

const PDF = Buffer.from('%PDF-1.7\nCANARYSIGNATURE');

const as = (who: string, roles: RequestContext['roles'] = ['privacy-officer']) => asking(stage, roles, { staff: who });

const FIRST = randomUUID();
const SECOND = randomUUID();

const codesOf = (result: Result<unknown>) => (result.ok ? [] : result.issues.map(({ code }) => code));

const claim = () => ({ key: randomUUID(), route: 'POST /scans', fingerprint: 'f', status: 201 });

const terms = () => stage.terms('harbor-mutual', { validUntil: ago(-90) });

const draftFor = async (client: ClientId): Promise<ReleaseId> =>
  valueOf(await useCases.draftRelease(as(FIRST), { client, terms: terms() }, claim())).body.id as ReleaseId;

const attach = (release: ReleaseId, who = FIRST, bytes: Buffer = PDF, mediaType = 'application/pdf') =>
  useCases.attachScan(as(who), { release, mediaType, bytes }, claim());

const ACCEPTED = {
  outcome: 'accepted',
  signatures: [{ role: 'client', signedOn: ago(1), authorityDocumented: false, witnessed: false }],
} as const;

const accepted = () => ({ ...ACCEPTED, signatures: [...ACCEPTED.signatures] });

describe('a scan of a signed paper', () => {
  it('signs the release once somebody else has looked at it, and lets go what waited', async () => {
    const party = await stage.client('harbor-mutual');
    const held = await stage.submit(stage.invoice(party));
    expect(held.status).toBe('held');
    const release = await draftFor(party.client);
    const scan = valueOf(await attach(release)).body;
    expect(scan).toMatchObject({ status: 'to-check', size: PDF.length });
    expect((await stage.record(held.disclosure)).state).toBe('held');
    expect(codesOf(await useCases.checkScan(as(FIRST), scan.id as ScanId, accepted()))).toEqual([
      'second_person_required',
    ]);
    const seen = valueOf(await useCases.readScan(as(SECOND), scan.id as ScanId));
    expect(Buffer.from(seen.bytes).equals(PDF)).toBe(true);
    const signed = valueOf(await useCases.checkScan(as(SECOND), scan.id as ScanId, accepted()));
    expect(signed.status).toBe('in-force');
    expect((await stage.record(held.disclosure)).state).toBe('ready');
    const record = await stage.services.store.inPractice(stage.context, ({ authority }) => authority.release(release));
    expect(record?.evidence).toEqual({ kind: 'scan', digest: createHash('sha256').update(PDF).digest('hex') });
    expect(codesOf(await useCases.checkScan(as(SECOND), scan.id as ScanId, accepted()))).toEqual(['already_checked']);
    const told = valueOf(await useCases.readReleaseHistory(as(SECOND), release)).events.map(({ kind }) => kind);
    expect(told).toEqual(['release-drafted', 'scan-attached', 'release-signed', 'scan-checked']);
  });

  it('is the only way to sign by a picture', async () => {
    const release = await draftFor((await stage.client('harbor-mutual')).client);
    for (const kind of ['scan', 'fax'] as const) {
      const signing = { signatures: [...ACCEPTED.signatures], evidence: { kind, digest: 'ab'.repeat(32) } };
      expect(codesOf(await useCases.signRelease(as(SECOND), release, signing))).toEqual(['scan_check_required']);
    }
  });

  it('that will not do leaves the draft as it was, and another may be attached', async () => {
    const release = await draftFor((await stage.client('harbor-mutual')).client);
    const scan = valueOf(await attach(release)).body;
    const refused = await useCases.checkScan(as(SECOND), scan.id as ScanId, {
      outcome: 'refused',
      reason: 'illegible',
    });
    expect(valueOf(refused).status).toBe('draft');
    valueOf(await attach(release));
    const listed = valueOf(await useCases.listScans(as(SECOND), release));
    expect(listed.map(({ status }) => status).sort()).toEqual(['refused', 'to-check']);
  });

  it('shows a paper that the draft must still say', async () => {
    const release = await draftFor((await stage.client('harbor-mutual')).client);
    const scan = valueOf(await attach(release)).body;
    valueOf(await useCases.reviseRelease(as(FIRST), release, { terms: { ...terms(), validUntil: ago(-400) } }));
    expect(codesOf(await useCases.checkScan(as(SECOND), scan.id as ScanId, accepted()))).toEqual(['draft_changed']);
    // What refuses it leaves the scan to be checked.
    expect(valueOf(await useCases.listScans(as(SECOND), release))[0]?.status).toBe('to-check');
  });

  it('that lacks a core element is not signed by being checked', async () => {
    const { client } = await stage.client('harbor-mutual');
    const { validUntil: _never, ...open } = terms();
    const drafted = valueOf(await useCases.draftRelease(as(FIRST), { client, terms: open }, claim()));
    const scan = valueOf(await attach(drafted.body.id as ReleaseId)).body;
    expect(codesOf(await useCases.checkScan(as(SECOND), scan.id as ScanId, accepted()))).toEqual([
      'element_missing:expiry',
    ]);
  });

  it.each([
    ['what is not what it is called', Buffer.from('%PDF-1.7'), 'image/png'],
    ['a page of text', Buffer.from('<html>'), 'application/pdf'],
    ['nothing', Buffer.alloc(0), 'image/jpeg'],
    ['a kind that is not taken', Buffer.from('GIF89a'), 'image/gif'],
  ])('is refused if it is %s', async (_what, bytes, type) => {
    const release = await draftFor((await stage.client('harbor-mutual')).client);
    expect(codesOf(await attach(release, FIRST, bytes, type))).toEqual(['media_type_differs']);
  });

  it('stands nowhere readable, and nobody changes what was checked', async () => {
    const release = await draftFor((await stage.client('harbor-mutual')).client);
    const scan = valueOf(await attach(release)).body;
    const [row] = await stage.database.asSuperuser('SELECT content FROM release_scan WHERE id = $1', [scan.id]);
    expect(Buffer.from(row?.['content'] as Uint8Array).includes('CANARYSIGNATURE')).toBe(false);
    await expect(
      stage.database.asSuperuser(
        `UPDATE release_scan SET outcome = 'accepted', checked_by = attached_by, checked_at = now() WHERE id = $1`,
        [scan.id],
      ),
    ).rejects.toThrow(/second_person/);
  });

  it('of a client out of reach is not there', async () => {
    const release = await draftFor((await stage.client('harbor-mutual')).client);
    const scan = valueOf(await attach(release)).body;
    const own: RequestContext = {
      ...as(SECOND, ['clinician']),
      reach: { kind: 'own', clinician: stage.clinicians.oregon },
    };
    expect(codesOf(await useCases.readScan(own, scan.id as ScanId))).toEqual(['not_found']);
    expect(codesOf(await useCases.checkScan(own, scan.id as ScanId, accepted()))).toEqual(['not_found']);
    expect(
      codesOf(await useCases.attachScan(own, { release, mediaType: 'application/pdf', bytes: PDF }, claim())),
    ).toEqual(['not_found']);
  });
});
