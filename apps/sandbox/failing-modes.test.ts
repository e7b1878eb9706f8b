import { afterAll, describe, expect, it } from 'vitest';
import { handMade } from './hand-made-claims.js';
import { type PracticeClient, PracticeGround } from './practice-client.js';

const ground = new PracticeGround();
afterAll(() => ground.clear());

const claim = (isa13: string): string => handMade({ isa13, sets: [[{ number: `PCN${isa13}` }]] });
const first = claim('000000501');

/** What a sender sees: a status, or that it never learns one. */
const outcome = (sending: Promise<Response>): Promise<number | 'broken'> =>
  sending.then((response) => response.status).catch(() => 'broken' as const);

const unanswered = async (client: PracticeClient, path: string, init: RequestInit): Promise<boolean> => {
  const error: unknown = await client.request(path, { ...init, signal: AbortSignal.timeout(200) }).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error instanceof Error && error.name === 'TimeoutError';
};

const post = (key: string, body: string): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/edi-x12', 'idempotency-key': key },
  body,
});

describe('an insurer that fails', () => {
  it('is down: 503 to everything, and nothing taken in', async () => {
    const client = await ground.start();
    await client.behave({ mode: 'down' });
    expect(await outcome(client.claims(first))).toBe(503);
    expect((await client.request('/answers')).status).toBe(503);
    expect((await client.totals()).received).toBe(0);
  });

  it('is down and refuses: the connection breaks and nothing is taken in', async () => {
    const client = await ground.start();
    await client.behave({ mode: 'down', refuse: true });
    expect(await outcome(client.claims(first))).toBe('broken');
    expect((await client.totals()).received).toBe(0);
  });

  it('is down at one door only', async () => {
    const client = await ground.start();
    await client.behave({ mode: 'down', scope: 'submissions' });
    expect(await outcome(client.claims(first))).toBe(503);
    expect((await client.request('/answers')).status).toBe(200);
  });

  it('is deaf: receives, adjudicates, never answers', async () => {
    const client = await ground.start();
    await client.behave({ mode: 'deaf' });
    expect(await outcome(client.claims(first))).toBe(202);
    await client.behave({ mode: 'answers' });
    expect(await client.answers()).toEqual([]);
    expect(await client.totals()).toEqual({ doubled: 0, received: 1, adjudicated: 1 });
  });

  it('is silent: takes in and never responds, and knows the key afterwards', async () => {
    const client = await ground.start();
    await client.behave({ mode: 'silent' });
    expect(await unanswered(client, '/claims', post('k1', first))).toBe(true);
    expect(await unanswered(client, '/transmissions/k1', {})).toBe(true);
    expect((await client.totals()).adjudicated).toBe(1);
    await client.behave({ mode: 'silent', scope: 'submissions' });
    expect((await client.request('/transmissions/k1')).status).toBe(200);
    await client.behave({ mode: 'answers' });
    expect(await (await client.claims(first, 'k1')).json()).toMatchObject({ duplicate: true });
    expect(await client.totals()).toEqual({ doubled: 0, received: 2, adjudicated: 1 });
    expect(await client.answers()).toHaveLength(3);
  });

  it('is lossy: takes in and breaks the connection before the response', async () => {
    const client = await ground.start();
    await client.behave({ mode: 'lossy' });
    expect(await outcome(client.claims(first, 'k1'))).toBe('broken');
    expect((await client.request('/transmissions/k1')).status).toBe(200);
    expect((await client.totals()).adjudicated).toBe(1);
  });

  it('is lossy now and then', async () => {
    const client = await ground.start();
    await client.behave({ mode: 'lossy', every: 3 });
    const seen: unknown[] = [];
    for (const number of ['1', '2', '3', '4', '5', '6'])
      seen.push(await outcome(client.claims(claim(`00000050${number}`))));
    expect(seen).toEqual([202, 202, 'broken', 202, 202, 'broken']);
    expect((await client.totals()).adjudicated).toBe(6);
  });

  it('is slow: the response waits, and what arrived is on record meanwhile', async () => {
    const client = await ground.start();
    await client.behave({ mode: 'slow', delayMs: 1_500 });
    const began = performance.now();
    let isAnswered = false;
    const sending = client.claims(first).finally(() => (isAnswered = true));
    await expect.poll(async () => (await client.totals()).received, { interval: 20 }).toBe(1);
    expect(isAnswered).toBe(false);
    expect((await sending).status).toBe(202);
    expect(performance.now() - began).toBeGreaterThanOrEqual(1_490);
  });

  it('drips: the head at once, the body byte by byte', async () => {
    const client = await ground.start();
    await client.behave({ mode: 'slow', dripMs: 2 });
    const began = performance.now();
    const response = await client.claims(first);
    const body = await response.text();
    expect(JSON.parse(body)).toMatchObject({ duplicate: false });
    expect(performance.now() - began).toBeGreaterThanOrEqual(body.length);
  });

  it('talks nonsense: a page instead of a receipt, a page instead of X12', async () => {
    const client = await ground.start();
    await client.behave({ mode: 'nonsense' });
    const response = await client.claims(first);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html']);
    expect(await response.text()).toContain('<html>');
    const answers = await client.answers();
    expect(answers.map((answer) => [answer.mediaType, answer.body.startsWith('<html>')])).toEqual([
      ['application/edi-x12', true],
    ]);
    expect((await client.totals()).adjudicated).toBe(1);
  });

  it('talks nonsense at the door only, or in answers only', async () => {
    const client = await ground.start();
    await client.behave({ mode: 'nonsense', of: 'responses' });
    expect(await (await client.claims(first)).text()).toContain('<html>');
    expect(await (await client.request('/answers')).text()).toContain('<html>');
    await client.behave({ mode: 'nonsense', of: 'answers' });
    expect((await client.claims(claim('000000502'))).status).toBe(202);
    const bodies = (await client.answers()).map((answer) => answer.body.slice(0, 3));
    expect(bodies).toEqual(['ISA', 'ISA', 'ISA', '<ht']);
  });

  it('redirects to itself and takes nothing in', async () => {
    const client = await ground.start();
    await client.behave({ mode: 'redirect' });
    const response = await client.claims(first);
    expect([response.status, response.headers.get('location')]).toEqual([302, '/insurers/acme/claims']);
    expect((await client.totals()).received).toBe(0);
  });

  it('asks for more than it may have', async () => {
    const client = await ground.start();
    await client.behave({ mode: 'over-asking' });
    await client.document('/treatment-reports', { reference: 'R-1', fields: {} });
    const [answer] = await client.answers();
    expect(JSON.parse(answer?.body ?? '')).toEqual({
      kind: 'treatment-report-decision',
      reference: 'R-1',
      decision: 'pended',
      missing: ['progress.note', 'history.trauma'],
    });
  });

  it('denies: reports outright, claims in the remittance, to the cent', async () => {
    const client = await ground.start();
    await client.behave({ mode: 'deny' });
    await client.claims(first);
    await client.document('/treatment-reports', { reference: 'R-1', fields: {} });
    const answers = await client.answers();
    expect(answers[1]?.body).toContain('STC*A2:20:PR');
    expect(answers[2]?.body).toContain('*4*140*0**12*');
    expect(answers[2]?.body).toContain('CAS*CO*197*140~');
    expect(JSON.parse(answers[3]?.body ?? '')).toMatchObject({ decision: 'denied' });
  });

  it('is set only with the control token, for an insurer that is there, to a mode that is there', async () => {
    const client = await ground.start();
    expect((await client.control('/insurers/acme/behaviour', { mode: 'moody' })).status).toBe(400);
    expect((await client.control('/insurers/acme/behaviour', { mode: 'slow', every: 2 })).status).toBe(400);
    expect((await client.control('/insurers/nobody/behaviour', { mode: 'deaf' })).status).toBe(404);
    const stranger = await fetch(`${client.sandbox.url}/control/insurers/acme/behaviour`, {
      method: 'PUT',
      body: JSON.stringify({ mode: 'down' }),
      headers: { authorization: 'Bearer acme-invented-token' },
    });
    expect(stranger.status).toBe(401);
    expect((await client.claims(first)).status).toBe(202);
  });
});
