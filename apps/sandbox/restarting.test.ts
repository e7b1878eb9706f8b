import { appendFileSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { handMade } from './hand-made-claims.js';
import { LedgerDamaged } from './ledger.js';
import { acme, PracticeGround } from './practice-client.js';

const ground = new PracticeGround();
afterAll(() => ground.clear());

const claim = (number: number, frequency = '1', f8?: string): string =>
  handMade({
    isa13: String(number).padStart(9, '0'),
    wantsTa1: true,
    sets: [[{ number: `PCN${number}`, frequency, ...(f8 === undefined ? {} : { f8 }) }]],
  });

describe('a sandbox that starts again on its ledger', () => {
  it('knows keys and interchange numbers, and repeats receipts and answers byte for byte', async () => {
    const ledgerFile = ground.newLedger();
    const before = await ground.start({ ledgerFile });
    await before.behave({ mode: 'answers', paidPercent: 37 });
    const receipt = ((await (await before.claims(claim(1), 'k1')).json()) as { receipt: string }).receipt;
    await before.behave({ mode: 'deny' });
    await before.claims(claim(2), 'k2');
    await before.document('/treatment-reports', { reference: 'R-1', fields: {} }, 'k3');
    await before.behave({ mode: 'deaf' });
    await before.claims(claim(3), 'k4');
    await before.behave({ mode: 'nonsense' });
    await before.claims(claim(4), 'k5');
    await before.behave({ mode: 'answers' });
    await before.claims(claim(5, '8', /ACM01\d+/.exec((await before.answers())[2]?.body ?? '')?.[0]), 'k6');
    const answers = await before.answers();
    expect(answers).toHaveLength(14);
    expect(answers[3]?.body).toContain('*1*140*51.8*');
    await ground.stop(before);

    const after = await ground.start({ ledgerFile });
    expect(await after.answers()).toEqual(answers);
    expect(await (await after.claims(claim(1), 'k1')).json()).toEqual({ receipt, duplicate: true });
    expect((await after.claims(claim(1), 'other')).status).toBe(202);
    expect((await after.request('/transmissions/k4')).status).toBe(200);
    expect(await after.totals()).toEqual({ doubled: 0, received: 8, adjudicated: 6 });
    expect((await after.answers()).at(-1)?.body).toContain('*R*025');
    expect(after.sandbox.instance).not.toBe(before.sandbox.instance);
  });

  it('keeps every answer at its place when delays made them overtake each other', async () => {
    const ledgerFile = ground.newLedger();
    let now = Date.parse('2026-11-20T10:00:00Z');
    const clock = { now: () => now };
    const before = await ground.start({ ledgerFile, clock });
    await before.behave({ mode: 'answers', answerDelayMs: 5000 });
    await before.document('/statements', { reference: 'LATE' });
    await before.behave({ mode: 'answers' });
    await before.document('/statements', { reference: 'EARLY' });
    now += 5000;
    const answers = await before.answers();
    expect(answers.map((answer) => (JSON.parse(answer.body) as { reference: string }).reference)).toEqual([
      'EARLY',
      'LATE',
    ]);
    await ground.stop(before);
    now -= 60_000;
    const after = await ground.start({ ledgerFile, clock });
    now += 60_000;
    expect(await after.answers()).toEqual(answers);
  });

  it('drops a torn last line, whose sender was never answered, and goes on', async () => {
    const ledgerFile = ground.newLedger();
    const before = await ground.start({ ledgerFile });
    await before.claims(claim(1), 'k1');
    const whole = statSync(ledgerFile).size;
    await before.claims(claim(2), 'k2');
    await ground.stop(before);
    truncateSync(ledgerFile, statSync(ledgerFile).size - 100);

    const after = await ground.start({ ledgerFile });
    expect(statSync(ledgerFile).size).toBe(whole);
    expect((await after.request('/transmissions/k1')).status).toBe(200);
    expect((await after.request('/transmissions/k2')).status).toBe(404);
    expect(await (await after.claims(claim(2), 'k2')).json()).toMatchObject({ duplicate: false });
    expect(await after.totals()).toEqual({ doubled: 0, received: 2, adjudicated: 2 });
  });

  it('does not start on a ledger in which somebody wrote', async () => {
    const ledgerFile = ground.newLedger();
    const before = await ground.start({ ledgerFile });
    await before.claims(claim(1));
    await ground.stop(before);
    const good = readFileSync(ledgerFile, 'utf8');
    writeFileSync(ledgerFile, `{"seq":0}\n${good}`);
    await expect(ground.start({ ledgerFile })).rejects.toThrow(LedgerDamaged);
    expect(readFileSync(ledgerFile, 'utf8')).toBe(`{"seq":0}\n${good}`);

    writeFileSync(ledgerFile, good);
    appendFileSync(ledgerFile, '{"seq":2');
    await ground.stop(await ground.start({ ledgerFile }));
    expect(readFileSync(ledgerFile, 'utf8')).toBe(good);
  });

  it('has the row on disk when the sender learns of it', async () => {
    const ledgerFile = ground.newLedger();
    const client = await ground.start({ ledgerFile });
    await client.behave({ mode: 'lossy' });
    await client.claims(claim(1), 'k1').catch(() => undefined);
    const rows = readFileSync(ledgerFile, 'utf8').trim().split('\n');
    expect(rows).toHaveLength(1);
    const row = JSON.parse(rows[0] ?? '') as { bodyBase64: string };
    expect(Buffer.from(row.bodyBase64, 'base64').toString('latin1')).toBe(claim(1));
  });

  it('does not share what one insurer knows with another', async () => {
    const globex = { ...acme, id: 'globex' };
    const ledgerFile = ground.newLedger();
    const before = await ground.start({ ledgerFile, insurers: [acme, globex] });
    await before.claims(claim(1), 'k1');
    await ground.stop(before);
    const after = await ground.start({ ledgerFile, insurers: [acme, globex] });
    const headers = { authorization: 'Bearer acme-invented-token' };
    const probe = await fetch(`${after.sandbox.url}/insurers/globex/transmissions/k1`, { headers });
    expect(probe.status).toBe(404);
    const answers = (await (await fetch(`${after.sandbox.url}/insurers/globex/answers`, { headers })).json()) as object;
    expect(answers).toMatchObject({ answers: [] });
  });
});
