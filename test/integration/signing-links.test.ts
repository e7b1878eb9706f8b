import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CreateSigningLink, SigningLinkMade } from '#libs/contracts';
import type { ClientId, ReleaseId, Result } from '#libs/kernel';
import type { UseCases } from '../../apps/api/use-cases.js';
import { createUseCases } from '../../apps/api/wiring/create-use-cases.js';
import { asking } from '../support/asking.js';
import { ago, Stage, valueOf } from '../support/stage.js';
import { gatewayOf, type StageGateway } from '../support/stage-gateway.js';

let stage: Stage;
let useCases: UseCases;
let app: StageGateway;
const clock = { at: Date.now(), now: (): number => clock.at };
const written: unknown[] = [];

beforeAll(async () => {
  stage = await Stage.open();
  useCases = createUseCases(stage.services);
  const log = { write: (event: object, cause?: unknown) => void written.push([event, cause]) };
  app = await gatewayOf(stage, { useCases, clock, log, secureCookies: true });
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
});

afterAll(async () => {
  await app.close();
  await stage.close();
});

const officer = () => asking(stage, ['privacy-officer']);

const codesOf = (result: Result<unknown>) => (result.ok ? [] : result.issues.map(({ code }) => code));

const terms = () => stage.terms('harbor-mutual', { validUntil: ago(-90) });

const BIRTH = '1991-09-30';

const drafted = async (client?: ClientId): Promise<{ client: ClientId; release: ReleaseId }> => {
  const whose = client ?? (await stage.client('harbor-mutual')).client;
  const claim = { key: randomUUID(), route: 'POST /x', fingerprint: 'f', status: 201 };
  const draft = valueOf(await useCases.draftRelease(officer(), { client: whose, terms: terms() }, claim));
  return { client: whose, release: draft.body.id as ReleaseId };
};

const linkFor = async (release: ReleaseId, change: Partial<CreateSigningLink> = {}): Promise<SigningLinkMade> =>
  valueOf(
    await useCases.createSigningLink(officer(), release, { language: 'en', days: 3, factor: 'birth-date', ...change }),
  );

/** A browser of one client: it keeps cookies, follows what it is sent to, and comes from an address of its own. */
let addresses = 0;
const browser = () => {
  let cookie = '';
  addresses += 1;
  const remoteAddress = `192.0.2.${addresses}`;
  const headersSeen: object[] = [];
  const go = async (method: 'GET' | 'POST', url: string, form?: Record<string, string | readonly string[]>) => {
    const payload = new URLSearchParams();
    for (const [name, value] of Object.entries(form ?? {}))
      for (const one of typeof value === 'string' ? [value] : value) payload.append(name, one);
    const answer = await app.inject({
      method,
      url,
      remoteAddress,
      headers: {
        ...(cookie === '' ? {} : { cookie }),
        ...(form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
      },
      ...(form === undefined ? {} : { payload: payload.toString() }),
    });
    headersSeen.push(answer.headers);
    const set = answer.headers['set-cookie'];
    if (set !== undefined) cookie = String(set).split(';')[0] ?? '';
    return answer;
  };
  return {
    go,
    headersSeen,
    cookie: () => cookie,
    open: async (path: string) => {
      await go('GET', path);
      return go('GET', '/v1/sign');
    },
    answer: (answer: string) => go('POST', '/v1/sign/answer', { answer, lang: 'en' }),
    sign: (keep: readonly string[], name = 'Ottilie Vantongeren', lang = 'en') =>
      go('POST', '/v1/sign/signature', { name, keep, lang }),
  };
};

const keptIn = (page: string): readonly string[] =>
  [...page.matchAll(/name="keep" value="([^"]+)"/g)].map((found) => found[1] ?? '');

const checkedIn = (page: string): readonly string[] =>
  [...page.matchAll(/name="keep" value="([^"]+)" checked/g)].map((found) => found[1] ?? '');

describe('a signing link', () => {
  it('leads a client from the question to a signed release and a copy of it', async () => {
    const { client, release } = await drafted();
    const link = await linkFor(release);
    const { go, open, answer, sign, headersSeen } = browser();
    const first = await go('GET', link.path);
    expect([first.statusCode, first.headers.location, first.body]).toEqual([303, '/v1/sign', '']);
    expect(first.headers['set-cookie']).toMatch(/^__Host-sluice-sign=slv_.*HttpOnly; SameSite=Lax; Secure$/);
    const question = await open(link.path);
    expect(question.body).toContain('date of birth');
    expect(question.body).not.toContain('Lantern');
    expect((await answer(BIRTH)).statusCode).toBe(303);
    const page = await go('GET', '/v1/sign');
    expect(page.body).toContain('Lantern Street Psychotherapy');
    expect(page.body).toContain(stage.insurer('harbor-mutual').profile.name);
    expect(page.body).toContain('your main diagnosis');
    expect(page.body).toContain('You may take this permission back at any time');
    const signed = await sign(keptIn(page.body));
    expect([signed.statusCode, signed.headers.location]).toEqual([303, '/v1/sign?lang=en']);
    expect((await go('GET', '/v1/sign')).body).toContain('You have signed');
    const copy = await go('GET', '/v1/sign/copy');
    expect([copy.headers['content-type'], copy.rawPayload.subarray(0, 5).toString()]).toEqual([
      'application/pdf',
      '%PDF-',
    ]);

    const { view } = valueOf(await useCases.readRelease(officer(), release));
    expect([view.status, view.signatures[0]?.role]).toEqual(['in-force', 'client']);
    const record = await stage.services.store.inPractice(stage.context, ({ authority }) => authority.release(release));
    expect(record?.evidence).toMatchObject({
      kind: 'typed',
      typed: {
        name: 'Ottilie Vantongeren',
        language: 'en',
        link: link.id,
        textDigest: expect.stringMatching(/^[0-9a-f]{64}$/),
      },
    });
    const history = valueOf(await useCases.readReleaseHistory(officer(), release)).events;
    expect(history.map(({ kind }) => kind)).toEqual([
      'release-drafted',
      'signing-link-made',
      'signing-link-opened',
      'release-signed',
      'signing-link-ended',
    ]);
    expect(history.at(-1)?.actor).toBe(`link:${link.id}`);
    // Nothing that is kept, passed on, framed or run.
    for (const headers of headersSeen)
      expect(headers).toMatchObject({
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        'x-frame-options': 'DENY',
      });
    expect(page.headers['content-security-policy']).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'$/,
    );
    expect(page.body).not.toMatch(/<script|onclick|javascript:/i);
    expect(JSON.stringify(written)).not.toContain(link.path.slice('/v1/sign/'.length));
    expect(client).toBeTruthy();
  });

  it('lets the client take groups out, and never adds any', async () => {
    const { release } = await drafted();
    const { open, answer, go, sign } = browser();
    await open((await linkFor(release)).path);
    await answer(BIRTH);
    const all = keptIn((await go('GET', '/v1/sign')).body);
    expect(all).toContain('diagnosis');
    expect(all).not.toContain('administrative');
    const before = valueOf(await useCases.readRelease(officer(), release)).view.granted.map(({ field }) => field);
    await sign([...all.filter((one) => one !== 'diagnosis'), 'notes', 'special']);
    const after = valueOf(await useCases.readRelease(officer(), release)).view.granted.map(({ field }) => field);
    expect(after).toEqual(before.filter((field) => !field.startsWith('diagnosis.')));
    expect(after).toContain('client.name.last');
  });

  it('is read in Spanish, and signed in the language that was read', async () => {
    const { release } = await drafted();
    const { open, answer, go, sign } = browser();
    await open((await linkFor(release, { language: 'es' })).path);
    await answer(BIRTH);
    const page = await go('GET', '/v1/sign');
    expect(page.body).toContain('<html lang="es">');
    expect(page.body).toContain('su diagnóstico principal');
    expect(page.body).toContain('La aseguradora sabrá lo que toda reclamación');
    expect(page.body).not.toContain('your ');
    await sign(keptIn(page.body), 'Ottilie Vantongeren', 'es');
    const record = await stage.services.store.inPractice(stage.context, ({ authority }) => authority.release(release));
    expect(record?.evidence?.typed?.language).toBe('es');
    const copy = await go('GET', '/v1/sign/copy');
    expect(copy.rawPayload.length).toBeGreaterThan(2_000);
    expect(valueOf(await useCases.readReleaseCopy(officer(), release)).length).toBe(copy.rawPayload.length);
  });

  it('asks for a code that was told, where that was chosen', async () => {
    const { release } = await drafted();
    const link = await linkFor(release, { factor: 'code' });
    const { open, answer } = browser();
    await open(link.path);
    expect((await answer(BIRTH)).statusCode).toBe(403);
    expect((await answer(link.code ?? '')).statusCode).toBe(303);
  });

  it('shows and signs nothing without an answer, nor for another visit', async () => {
    const { release } = await drafted();
    const link = await linkFor(release);
    const one = browser();
    await one.open(link.path);
    expect((await one.sign(['diagnosis'])).statusCode).toBe(403);
    await one.answer(BIRTH);
    // Somebody else opens the link: the first visit is over, and the second has answered nothing.
    const other = browser();
    await other.open(link.path);
    expect((await one.sign(['diagnosis'])).statusCode).toBe(403);
    expect((await other.go('GET', '/v1/sign')).body).toContain('date of birth');
    expect(valueOf(await useCases.readRelease(officer(), release)).view.status).toBe('draft');
  });

  it('without a name is not signed', async () => {
    const { release } = await drafted();
    const { open, answer, sign } = browser();
    await open((await linkFor(release)).path);
    await answer(BIRTH);
    expect((await sign(['diagnosis'], ' ')).statusCode).toBe(422);
    expect(valueOf(await useCases.readRelease(officer(), release)).view.status).toBe('draft');
  });

  it('gives back what was taken out and the name when it could not be signed', async () => {
    const { release } = await drafted();
    const { open, answer, go, sign } = browser();
    await open((await linkFor(release)).path);
    await answer(BIRTH);
    const all = keptIn((await go('GET', '/v1/sign')).body);
    const kept = all.filter((one) => one !== 'diagnosis');
    const refused = await sign(kept, '"');
    expect(refused.statusCode).toBe(422);
    expect(checkedIn(refused.body)).toEqual(kept);
    expect(keptIn(refused.body)).toEqual(all);
    expect(refused.body).toContain('name="name" value="&quot;"');
  });

  it('from another site signs nothing', async () => {
    const { release } = await drafted();
    const { go, open, answer, cookie } = browser();
    await open((await linkFor(release)).path);
    await answer(BIRTH);
    const answered = await app.inject({
      method: 'POST',
      url: '/v1/sign/signature',
      headers: {
        cookie: cookie(),
        'sec-fetch-site': 'cross-site',
        'content-type': 'application/x-www-form-urlencoded',
      },
      payload: 'name=Mallory+Maid',
    });
    expect(answered.statusCode).toBe(403);
    expect((await go('GET', '/v1/sign')).statusCode).toBe(200);
    expect(valueOf(await useCases.readRelease(officer(), release)).view.status).toBe('draft');
  });
});

/** What is told of a link, without what differs with every visit. */
const toldOf = async (path: string, answer: string) => {
  const { go, open, answer: say } = browser();
  const begun = await go('GET', path);
  const question = await open(path);
  const said = await say(answer);
  const copy = await go('GET', '/v1/sign/copy');
  const headers = (of: { headers: Record<string, unknown> }) =>
    Object.keys(of.headers)
      .filter((name) => !['date', 'sluice-correlation'].includes(name))
      .sort();
  return [begun, question, said, copy].map((one) => [one.statusCode, one.headers.location, one.body, headers(one)]);
};

describe('a link that cannot be used', () => {
  it('is answered alike, whether nobody made it, it is over, used, withdrawn or dead, or its draft was changed', async () => {
    const nobody = `/v1/sign/sln_${'A'.repeat(43)}`;
    const expected = await toldOf(nobody, BIRTH);
    expect(expected[2]?.[0]).toBe(403);

    const used = await linkFor((await drafted()).release);
    const signer = browser();
    await signer.open(used.path);
    await signer.answer(BIRTH);
    await signer.sign(keptIn((await signer.go('GET', '/v1/sign')).body));
    expect(await toldOf(used.path, BIRTH)).toEqual(expected);

    const expired = await linkFor((await drafted()).release);
    await stage.database.asSuperuser(`UPDATE signing_link SET expires_at = now() - interval '1 second' WHERE id = $1`, [
      expired.id,
    ]);
    expect(await toldOf(expired.path, BIRTH)).toEqual(expected);

    const withdrawn = await drafted();
    const ended = await linkFor(withdrawn.release);
    const at = { release: withdrawn.release, link: ended.id as Parameters<UseCases['withdrawSigningLink']>[1]['link'] };
    valueOf(await useCases.withdrawSigningLink(officer(), at));
    expect(codesOf(await useCases.withdrawSigningLink(officer(), at))).toEqual(['not_found']);
    expect(await toldOf(ended.path, BIRTH)).toEqual(expected);

    const changed = await drafted();
    const void_ = await linkFor(changed.release);
    valueOf(await useCases.reviseRelease(officer(), changed.release, { terms: { ...terms(), validUntil: ago(-400) } }));
    expect(await toldOf(void_.path, BIRTH)).toEqual(expected);

    const replaced = await drafted();
    const older = await linkFor(replaced.release);
    await linkFor(replaced.release);
    expect(await toldOf(older.path, BIRTH)).toEqual(expected);

    // And a good one with a wrong answer.
    const good = await linkFor((await drafted()).release);
    expect(await toldOf(good.path, '1999-01-01')).toEqual(expected);
    expect(await toldOf('/v1/sign/nonsense', BIRTH)).toEqual(expected);
  });

  it('is dead after three wrong answers, also given at once, and the right one comes too late', async () => {
    const { release } = await drafted();
    const link = await linkFor(release);
    const { open, go } = browser();
    await open(link.path);
    const wrong = await Promise.all(
      ['1', '2', '3'].map((day) => go('POST', '/v1/sign/answer', { answer: `1991-01-0${day}` })),
    );
    expect(wrong.map(({ statusCode }) => statusCode)).toEqual([403, 403, 403]);
    const late = browser();
    await late.open(link.path);
    expect((await late.answer(BIRTH)).statusCode).toBe(403);
    const [view] = valueOf(await useCases.listSigningLinks(officer(), release));
    expect([view?.status, view?.tries]).toEqual(['tries', 3]);
  });

  it('and tries do not begin anew with a new visit', async () => {
    const { release } = await drafted();
    const link = await linkFor(release);
    for (let visit = 0; visit < 3; visit += 1) {
      const { open, answer } = browser();
      await open(link.path);
      expect((await answer('1990-01-01')).statusCode).toBe(403);
    }
    expect(valueOf(await useCases.listSigningLinks(officer(), release))[0]?.status).toBe('tries');
  });

  it('signs once, also when it is sent twice at the same moment', async () => {
    const { release } = await drafted();
    const { open, answer, go, sign } = browser();
    await open((await linkFor(release)).path);
    await answer(BIRTH);
    const kept = keptIn((await go('GET', '/v1/sign')).body);
    await Promise.all([sign(kept), sign(kept)]);
    const signed = await stage.database.asSuperuser('SELECT 1 FROM release WHERE id = $1', [release]);
    expect(signed).toHaveLength(1);
  });

  it('keeps no client waiting because of what strangers try from the same address', async () => {
    const before = addresses;
    const stranger = browser();
    for (let guess = 0; guess < 12; guess += 1) {
      await stranger.go('GET', `/v1/sign/made-up-${guess}`);
      await stranger.go('POST', '/v1/sign/answer', { answer: '1980-01-01' });
    }
    addresses = before;
    const { open, answer } = browser();
    await open((await linkFor((await drafted()).release)).path);
    expect((await answer(BIRTH)).statusCode).toBe(303);
  });

  it('makes whoever guesses wait', async () => {
    const { go } = browser();
    const statuses: number[] = [];
    for (let guess = 0; guess < 6; guess += 1)
      statuses.push((await go('POST', '/v1/sign/answer', { answer: '123456' })).statusCode);
    expect(statuses).toEqual([403, 403, 403, 403, 429, 429]);
    clock.at += 120_000;
    expect((await go('POST', '/v1/sign/answer', { answer: '123456' })).statusCode).toBe(403);
  });
});

describe('what is kept of a link', () => {
  it('is no secret: neither token nor session opens anything from the database', async () => {
    const link = await linkFor((await drafted()).release, { factor: 'code' });
    const token = link.path.slice('/v1/sign/'.length);
    const rows = await stage.database.asSuperuser('SELECT t::text AS row FROM signing_link t WHERE id = $1', [link.id]);
    const text = String(rows[0]?.['row']);
    expect(text).toContain(createHash('sha256').update(token).digest('hex'));
    expect(text).not.toContain(token);
    expect(text).not.toContain(link.code);
  });

  it('is made for nobody whom it would lead nowhere', async () => {
    const { client } = await drafted();
    const claim = { key: randomUUID(), route: 'POST /x', fingerprint: 'f', status: 201 };
    const { validUntil: _never, ...open } = terms();
    const draft = valueOf(await useCases.draftRelease(officer(), { client, terms: open }, claim));
    const made = await useCases.createSigningLink(officer(), draft.body.id as ReleaseId, {
      language: 'en',
      days: 3,
      factor: 'birth-date',
    });
    expect(codesOf(made)).toEqual(['element_missing:expiry']);
  });
});
