import supertest from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DisclosureId } from '#libs/kernel';
import { systemIds } from '#libs/settings';
import { ago, Stage } from '../support/stage.js';
import { employ, gatewayOf, listen, PASSWORD, PEOPLE, type StageGateway } from '../support/stage-gateway.js';

/** The story over HTTP: the real gateway, the real store, sandbox insurers; the worker's functions are called by hand. */
let stage: Stage;
let app: StageGateway;
let http: ReturnType<typeof supertest>;
const cookies = new Map<string, string>();

const as = (who: string) => {
  const headers = { cookie: cookies.get(who) ?? '', 'Sluice-Request': '1' };
  return {
    get: (path: string) => http.get(path).set(headers),
    post: (path: string, body?: object) =>
      http.post(path).set(headers).set('Idempotency-Key', systemIds.uuid()).send(body),
  };
};

beforeAll(async () => {
  stage = await Stage.open();
  await employ(stage);
  app = await gatewayOf(stage);
  await listen(app);
  http = supertest(app.getHttpServer());
  for (const signIn of Object.keys(PEOPLE)) {
    const answer = await http.post('/v1/session').set('Sluice-Request', '1').send({ signIn, password: PASSWORD });
    expect(answer.status).toBe(200);
    cookies.set(signIn, String(answer.headers['set-cookie']).split(';')[0] ?? '');
  }
});

afterAll(async () => {
  await app.close();
  await stage.close();
});

interface Accepted {
  readonly disclosures: readonly {
    readonly id: DisclosureId;
    readonly state: string;
    readonly cause?: string;
    readonly nextStep: string;
  }[];
}

const invoiceBody = (party: { readonly client: string; readonly coverage: string }) => ({
  ...party,
  clinician: stage.clinicians.oregon,
  number: 'INV-HTTP',
  issuedOn: ago(1),
  currency: 'USD',
  placeOfService: '11',
  diagnoses: [{ id: 'D1', code: 'F331' }],
  lines: [
    {
      id: 'L1',
      date: ago(12),
      procedure: '90834',
      modifiers: [],
      units: 1,
      charge: 14_000,
      pointers: ['D1'],
      character: 'individual',
    },
  ],
  total: 14_000,
});

describe('the story, over HTTP', () => {
  it('an invoice is held, its gap seen, the release signed, the claim sent and paid, and the ledger tells it', async () => {
    const party = await stage.client('harbor-mutual', { lastName: 'Heldenfels' });
    const body = invoiceBody(party);

    const previewed = await as('bills').post('/v1/invoices/preview', body);
    expect([previewed.status, (previewed.body as { outcome: string }).outcome]).toEqual([200, 'deny']);

    const accepted = await as('bills').post('/v1/invoices', body);
    expect(accepted.status).toBe(202);
    const first = (accepted.body as Accepted).disclosures[0];
    if (!first) throw new Error('nothing was disclosed');
    expect(first).toMatchObject({ state: 'held', format: 'x12-837p' });
    expect(first.nextStep).toContain('ask the client');

    const drafted = await as('keeps').post(`/v1/clients/${party.client}/releases`, {
      recipient: { kind: 'party', id: stage.insurer('harbor-mutual').id, class: 'insurer' },
      preset: 'claim-basic',
      purposes: [],
      grants: [],
      validFrom: ago(30),
      validUntil: '2099-12-31',
      statements: ['revocation', 'conditioning', 'redisclosure'],
      blanket: false,
      parentConsentedToTreatment: 'unknown',
    });
    expect(drafted.status).toBe(201);
    const release = (drafted.body as { id: string }).id;
    const unsigned = await as('keeps').post(`/v1/releases/${release}/sign`, {
      signatures: [],
      evidence: { kind: 'typed', digest: 'a'.repeat(64) },
    });
    expect(unsigned.status).toBe(422);
    const signed = await as('keeps').post(`/v1/releases/${release}/sign`, {
      signatures: [{ role: 'client', signedOn: ago(1), authorityDocumented: false, witnessed: false }],
      evidence: { kind: 'typed', digest: 'a'.repeat(64) },
    });
    expect(signed.status).toBe(200);

    expect((await as('bills').get(`/v1/disclosures/${first.id}`)).body).toMatchObject({ state: 'ready' });
    await stage.dispatch(first.id);
    await expect
      .poll(
        async () => (
          await stage.collect(),
          (await as('bills').get(`/v1/disclosures/${first.id}`)).body as { status: string }
        ),
        { timeout: 5_000 },
      )
      .toMatchObject({ status: 'paid' });

    const verified = await as('keeps').post('/v1/ledger/verify');
    expect(verified.body).toMatchObject({ holds: true });
  });

  it('the client gets the receipt while the claim is held', async () => {
    const party = await stage.client('harbor-mutual');
    const accepted = await as('bills').post('/v1/invoices', invoiceBody(party));
    const { document } = accepted.body as { document: string };
    const url = `/v1/documents/${document}/receipt`;
    const paper = await as('bills').post(url).set('Accept', 'application/pdf').responseType('blob');
    expect([paper.status, paper.headers['content-type']]).toEqual([200, 'application/pdf']);
    expect((paper.body as Buffer).subarray(0, 5).toString()).toBe('%PDF-');
    const data = await as('bills').post(url).set('Accept', 'application/json');
    expect(data.body).toMatchObject({ schema: { name: 'sluice.receipt' }, fields: { 'fee.total': '140.00' } });
    expect((await as('keeps').post(url)).status).toBe(403);
    const rows = (await as('keeps').get(`/v1/ledger?client=${party.client}`)).body as { rows: { kind: string }[] };
    expect(rows.rows.filter(({ kind }) => kind === 'receipt-given')).toHaveLength(2);
  });

  it('a role sees what it needs: billing no narrative, an administrator no client at all', async () => {
    expect((await as('runs').get('/v1/clients')).status).toBe(403);
    expect((await as('runs').post('/v1/invoices', invoiceBody(await stage.client('harbor-mutual')))).status).toBe(403);
    expect((await as('bills').post('/v1/treatment-reports', {})).status).toBe(403);
  });

  it('hostile bodies are refused by code and path, and nothing of them is kept or said again', async () => {
    const canary = 'CANARYVALUE';
    const party = await stage.client('harbor-mutual');
    const hostile = [
      { ...invoiceBody(party), [canary]: canary },
      { ...invoiceBody(party), note: `${canary}\u0000` },
      { ...invoiceBody(party), lines: Array.from({ length: 51 }, () => ({ id: canary })) },
      { ...invoiceBody(party), number: canary.repeat(1_000) },
    ];
    const before = (await as('bills').get('/v1/disclosures?limit=100')).text;
    for (const body of hostile) {
      const answer = await as('bills').post('/v1/invoices', body);
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500);
      expect(answer.headers['content-type']).toContain('application/problem+json');
      expect(answer.text).not.toContain('CANARY');
    }
    expect((await as('bills').get('/v1/disclosures?limit=100')).text).toBe(before);
  });
});
