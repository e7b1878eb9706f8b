import { request as httpRequest } from 'node:http';
import { afterAll, describe, expect, it } from 'vitest';
import { handMade, segmentsOf } from './hand-made-claims.js';
import { acme, PracticeGround, TOKEN } from './practice-client.js';

const ground = new PracticeGround();
afterAll(() => ground.clear());

const one = handMade({ sets: [[{ number: 'PCN1' }]] });

describe('submitting', () => {
  it('gives a receipt, and the same receipt for the same key and bytes without adjudicating again', async () => {
    const client = await ground.start();
    const first = await client.claims(one, 'k1');
    const receipt = (await first.json()) as { receipt: string; duplicate: boolean };
    expect(first.status).toBe(202);
    expect(receipt.duplicate).toBe(false);

    const second = await client.claims(one, 'k1');
    expect(second.status).toBe(202);
    expect(await second.json()).toEqual({ receipt: receipt.receipt, duplicate: true });
    expect(await client.totals()).toEqual({ doubled: 0, received: 2, adjudicated: 1 });
    expect(await client.answers()).toHaveLength(3);
  });

  it('refuses other bytes under a used key, and the same bytes at another door', async () => {
    const client = await ground.start();
    await client.claims(one, 'k1');
    const other = await client.claims(handMade({ isa13: '000000502', sets: [[{ number: 'PCN2' }]] }), 'k1');
    expect(other.status).toBe(422);
    const report = { reference: 'R-1', fields: {} };
    expect((await client.document('/treatment-reports', report, 'k2')).status).toBe(202);
    expect((await client.document('/statements', report, 'k2')).status).toBe(422);
    expect((await client.totals()).adjudicated).toBe(2);
  });

  it('answers TA1 R 025 to an interchange number that it has had from the same sender', async () => {
    const client = await ground.start();
    await client.claims(one, 'k1');
    const again = await client.claims(one, 'k2');
    expect(again.status).toBe(202);
    const answers = await client.answers();
    expect(answers).toHaveLength(4);
    expect(segmentsOf(answers[3]?.body ?? '')[1]).toEqual(['TA1', '000000501', '261101', '1200', 'R', '025']);
    expect(await client.totals()).toEqual({ doubled: 0, received: 2, adjudicated: 1 });
  });

  it('adjudicates twice when it can recognise nothing, and the judgement says so', async () => {
    const capabilities = { idempotencyKey: false, duplicateDetection: false, probe: false };
    const client = await ground.start({ insurers: [{ ...acme, capabilities }] });
    await client.claims(one, 'k1');
    await client.claims(one, 'k1');
    expect(await client.totals()).toEqual({ doubled: 1, received: 2, adjudicated: 2 });
    const judged = (await (await client.control('/judgement')).json()) as { claims: unknown };
    expect(judged.claims).toEqual([{ insurer: 'acme', claim: 'PCN1', frequency: '1', adjudications: 2 }]);
  });

  it('counts a claim that was rejected and sent again as one adjudication', async () => {
    const client = await ground.start();
    await client.claims(handMade({ sets: [[{ number: 'PCN1', diagnoses: '' }]] }));
    await client.claims(handMade({ isa13: '000000502', sets: [[{ number: 'PCN1' }]] }));
    expect(await client.totals()).toEqual({ doubled: 0, received: 2, adjudicated: 1 });
  });

  it('counts a document that was processed twice', async () => {
    const capabilities = { idempotencyKey: false };
    const client = await ground.start({ insurers: [{ ...acme, capabilities }] });
    await client.document('/statements', { reference: 'S1' });
    await client.document('/statements', { reference: 'S1' });
    expect((await client.totals()).doubled).toBe(1);
  });

  it('says what it knows of a transmission, if it offers that', async () => {
    const client = await ground.start();
    await client.claims(one, 'k/1');
    const known = await client.request('/transmissions/k%2F1');
    expect(known.status).toBe(200);
    const received = (await (await client.control('/insurers/acme/received')).json()) as {
      count: number;
      received: readonly { sha256: string; length: number }[];
    };
    expect(received.count).toBe(1);
    expect(received.received[0]?.length).toBe(one.length);
    expect(await known.json()).toEqual({ known: true, sha256: received.received[0]?.sha256 });
    const unknown = await client.request('/transmissions/k2');
    expect([unknown.status, await unknown.json()]).toEqual([404, { known: false }]);

    const mute = await ground.start({ insurers: [{ ...acme, capabilities: { probe: false } }] });
    expect((await mute.request('/transmissions/k1')).status).toBe(501);
  });

  it('lets nobody in without the token, and no insurer in with the token of another', async () => {
    const globex = { ...acme, id: 'globex', token: 'globex-invented-token' };
    const client = await ground.start({ insurers: [acme, globex] });
    const headers = { 'content-type': 'application/edi-x12', 'idempotency-key': 'k1' };
    const post = (insurer: string, authorization: string): Promise<Response> =>
      fetch(`${client.sandbox.url}/insurers/${insurer}/claims`, {
        method: 'POST',
        body: one,
        headers: { ...headers, authorization },
      });
    expect((await post('acme', '')).status).toBe(401);
    expect((await post('globex', `Bearer ${TOKEN}`)).status).toBe(401);
    expect((await post('nobody', `Bearer ${TOKEN}`)).status).toBe(404);
    expect((await fetch(`${client.sandbox.url}/control/judgement`)).status).toBe(401);
    expect((await client.totals()).received).toBe(0);
  });

  it.each([
    ['no interchange', 'hello', 400],
    ['a byte above 0x7E', one.replace('CLEO', 'CLÉO'), 400],
    ['a short ISA', one.slice(0, 80), 400],
    ['nothing', '', 400],
  ])('refuses %s, and keeps the bytes', async (_name, body, status) => {
    const client = await ground.start();
    expect((await client.claims(body)).status).toBe(status);
    expect((await client.totals()).adjudicated).toBe(0);
    expect((await client.totals()).received).toBe(body === '' ? 0 : 1);
  });

  it('refuses what is too large, however it is announced', async () => {
    const client = await ground.start();
    expect((await client.claims('x'.repeat(2 * 1024 * 1024 + 1))).status).toBe(413);
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const request = httpRequest(
        `${client.sandbox.url}/insurers/acme/claims`,
        {
          method: 'POST',
          headers: {
            authorization: `Bearer ${TOKEN}`,
            'content-type': 'application/edi-x12',
            'idempotency-key': 'k1',
            'transfer-encoding': 'chunked',
          },
        },
        (response) => resolve(response.statusCode),
      );
      request.on('error', reject);
      for (let count = 0; count < 33; count++) request.write('x'.repeat(64 * 1024));
      request.end();
    });
    expect(status).toBe(413);
    expect((await client.totals()).received).toBe(0);
  });

  it('refuses a missing or long key, a wrong type and an unknown door', async () => {
    const client = await ground.start();
    const type = { 'content-type': 'application/edi-x12' };
    const post = async (path: string, headers: Record<string, string>): Promise<number> =>
      (await client.request(path, { method: 'POST', headers, body: one })).status;
    expect(await post('/claims', type)).toBe(400);
    expect(await post('/claims', { ...type, 'idempotency-key': 'k'.repeat(65) })).toBe(400);
    expect(await post('/claims', { ...type, 'idempotency-key': 'k'.repeat(64) })).toBe(202);
    expect(await post('/claims', { 'content-type': 'text/plain', 'idempotency-key': 'k' })).toBe(415);
    expect(await post('/elsewhere', { ...type, 'idempotency-key': 'k' })).toBe(404);
    expect(await post('/claims/more', { ...type, 'idempotency-key': 'k' })).toBe(404);
    expect((await client.request('/claims', { method: 'DELETE' })).status).toBe(405);
    expect((await client.request('/%zz')).status).toBe(400);
  });

  it('keeps what a broken connection had brought, and does not adjudicate it', async () => {
    const client = await ground.start();
    await new Promise<void>((resolve) => {
      const request = httpRequest(`${client.sandbox.url}/insurers/acme/claims`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${TOKEN}`,
          'content-type': 'application/edi-x12',
          'idempotency-key': 'k1',
          'content-length': String(one.length),
        },
      });
      request.on('error', () => resolve());
      request.write(one.slice(0, 400), () => setTimeout(() => request.destroy(new Error('gone')), 50));
    });
    const rows = async (): Promise<readonly { outcome: string; bodyBase64: string }[]> =>
      ((await (await client.control('/ledger')).json()) as { rows: readonly { outcome: string; bodyBase64: string }[] })
        .rows;
    await expect.poll(async () => (await rows()).length).toBe(1);
    const [row] = await rows();
    expect(row?.outcome).toBe('incomplete');
    expect(Buffer.from(row?.bodyBase64 ?? '', 'base64').toString('latin1')).toBe(one.slice(0, 400));
    expect(await client.totals()).toEqual({ doubled: 0, received: 0, adjudicated: 0 });
    expect(await (await client.claims(one, 'k1')).json()).toMatchObject({ duplicate: false });
  });

  it('tells who it is, and shows every row with its bytes', async () => {
    const client = await ground.start();
    expect(await (await client.control('/ledger')).json()).toEqual({ rows: [] });
    await client.claims(one, 'k1');
    await client.document('/statements', { reference: 'Über-1' }, 'k2');
    const health = await (await client.control('/health')).json();
    expect(health).toEqual({ ok: true, instance: client.sandbox.instance });
    const { rows } = (await (await client.control('/ledger')).json()) as {
      rows: readonly { bodyBase64: string; claims: unknown; isa13?: string; reference?: string }[];
    };
    expect(rows).toHaveLength(2);
    expect(Buffer.from(rows[0]?.bodyBase64 ?? '', 'base64').toString('latin1')).toBe(one);
    expect(rows[0]).toMatchObject({ isa13: '000000501', seq: 1, duplicate: false, adjudicated: true });
    expect(rows[0]?.claims).toMatchObject([{ clm01: 'PCN1', total: 14000, frequency: '1', lines: 1 }]);
    expect(rows[1]?.reference).toBe('Über-1');
  });
});
