import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROUTES } from '#libs/contracts';
import type { ReleaseId, Result } from '#libs/kernel';
import type { UseCases } from '../../apps/api/use-cases.js';
import { createUseCases } from '../../apps/api/wiring/create-use-cases.js';
import { asking } from '../support/asking.js';
import { ago, Stage, valueOf } from '../support/stage.js';

/** One transparent pixel. */
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

let stage: Stage;
let useCases: UseCases;

beforeAll(async () => {
  stage = await Stage.open();
  useCases = createUseCases(stage.services);
});

afterAll(async () => {
  await stage.close();
});

const officer = () => asking(stage, ['privacy-officer']);

const codesOf = (result: Result<unknown>) =>
  result.ok ? [] : result.issues.map(({ code, path }) => [code, path].join(' ').trim());

const drafted = async (): Promise<ReleaseId> => {
  const { client } = await stage.client('harbor-mutual');
  const terms = stage.terms('harbor-mutual', { validUntil: ago(-90) });
  const claim = { key: randomUUID(), route: 'POST /releases', fingerprint: 'f', status: 201 };
  const made = await useCases.draftRelease(officer(), { client, terms }, claim);
  return valueOf(made).body.id as ReleaseId;
};

const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const sign = async (release: ReleaseId, evidence: object) => {
  const { tag } = valueOf(await useCases.readRelease(officer(), release));
  const signing = ROUTES.signRelease.body.parse({
    signatures: [{ role: 'client', signedOn: ago(0), authorityDocumented: false, witnessed: false }],
    evidence,
  });
  return useCases.signRelease(officer(), release, { ...signing, tag });
};

describe('the picture of a drawn signature', () => {
  it('is kept with the release, and shown to whoever may look at signed papers', async () => {
    const release = await drafted();
    const picture = PICTURE.toString('base64');
    const signed = await sign(release, { kind: 'drawn', digest: digestOf(PICTURE), picture });
    expect(codesOf(signed)).toEqual([]);
    const { view } = valueOf(await useCases.readRelease(officer(), release));
    expect(view.evidence).toEqual({ kind: 'drawn', kept: true });
    const shown = valueOf(await useCases.readSignature(officer(), release));
    expect(Buffer.from(shown).equals(PICTURE)).toBe(true);
  });

  it('stays with it when the release is ended', async () => {
    const release = await drafted();
    const picture = PICTURE.toString('base64');
    valueOf(await sign(release, { kind: 'drawn', digest: digestOf(PICTURE), picture }));
    const ending = ROUTES.endRelease.body.parse({ because: 'known-false', at: new Date().toISOString() });
    valueOf(await useCases.endRelease(officer(), release, ending));
    expect(Buffer.from(valueOf(await useCases.readSignature(officer(), release))).equals(PICTURE)).toBe(true);
  });

  it('lies in the database under the client’s key alone', async () => {
    const release = await drafted();
    await sign(release, { kind: 'drawn', digest: digestOf(PICTURE), picture: PICTURE.toString('base64') });
    const [row] = (await stage.database.asSuperuser(
      `SELECT position(decode('89504e470d0a1a0a', 'hex') in signature) AS place, length(signature) AS size FROM release WHERE id = '${release}'`,
    )) as { place: number; size: number }[];
    expect(row?.place).toBe(0);
    expect(row?.size).toBeGreaterThan(PICTURE.length);
  });

  it('may stay with the practice: then there is none to look at', async () => {
    const release = await drafted();
    await sign(release, { kind: 'drawn', digest: digestOf(PICTURE) });
    const { view } = valueOf(await useCases.readRelease(officer(), release));
    expect(view.evidence).toEqual({ kind: 'drawn', kept: false });
    expect(codesOf(await useCases.readSignature(officer(), release))).toEqual(['not_found']);
  });

  it.each([
    ['another picture than the digest says', { kind: 'drawn', digest: 'ab'.repeat(32), picture: PICTURE }],
    ['no PNG', { kind: 'drawn', digest: digestOf(Buffer.from('<svg/>')), picture: Buffer.from('<svg/>') }],
    ['a typed name', { kind: 'typed', digest: digestOf(PICTURE), picture: PICTURE }],
  ])('signs nothing if it is %s', async (_what, { picture, ...evidence }) => {
    const release = await drafted();
    const signed = await sign(release, { ...evidence, picture: picture.toString('base64') });
    expect(codesOf(signed)).toEqual(['picture_differs /evidence/picture']);
    expect(valueOf(await useCases.readRelease(officer(), release)).view.status).toBe('draft');
  });
});
