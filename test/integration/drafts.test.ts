import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DraftRelease, routeOf, ROUTES } from '#libs/contracts';
import type { ClientId, ReleaseId, Result } from '#libs/kernel';
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

const officer = () => asking(stage, ['privacy-officer']);

const codesOf = (result: Result<unknown>) => (result.ok ? [] : result.issues.map(({ code }) => code));

const terms = (change: Partial<DraftRelease> = {}) => stage.terms('harbor-mutual', { validUntil: ago(-90), ...change });

const draftFor = async (client: ClientId): Promise<ReleaseId> => {
  const claim = { key: randomUUID(), route: 'POST /releases', fingerprint: 'f', status: 201 };
  return valueOf(await useCases.draftRelease(officer(), { client, terms: terms() }, claim)).body.id as ReleaseId;
};

const SIGNING = {
  signatures: [{ role: 'client', signedOn: ago(0), authorityDocumented: false, witnessed: false }],
  evidence: { kind: 'drawn', digest: 'ab'.repeat(32) },
} as const;

const signing = (change: object = {}) => ROUTES.signRelease.body.parse({ ...SIGNING, ...change });

describe('a draft that two people have open', () => {
  it('is revised by the first; the second is told, and may once the other text was read', async () => {
    const { client } = await stage.client('harbor-mutual');
    const id = await draftFor(client);
    const { tag } = valueOf(await useCases.readRelease(officer(), id));
    const first = valueOf(await useCases.reviseRelease(officer(), id, { terms: terms({ validUntil: ago(-30) }), tag }));
    expect(first.tag).not.toBe(tag);
    const late = { terms: terms({ validUntil: ago(-10) }), tag };
    expect(codesOf(await useCases.reviseRelease(officer(), id, late))).toEqual(['precondition_failed']);
    const read = valueOf(await useCases.readRelease(officer(), id));
    expect(read).toEqual(first);
    valueOf(await useCases.reviseRelease(officer(), id, { ...late, tag: read.tag }));
  });

  it('is revised by one of two who save at the same moment', async () => {
    const { client } = await stage.client('harbor-mutual');
    const id = await draftFor(client);
    const { tag } = valueOf(await useCases.readRelease(officer(), id));
    const both = await Promise.all(
      [20, 40].map((days) => useCases.reviseRelease(officer(), id, { terms: terms({ validUntil: ago(-days) }), tag })),
    );
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(both.flatMap(codesOf)).toEqual(['precondition_failed']);
  });

  it('is not signed by whoever read another text', async () => {
    const { client } = await stage.client('harbor-mutual');
    const id = await draftFor(client);
    const { tag } = valueOf(await useCases.readRelease(officer(), id));
    valueOf(await useCases.reviseRelease(officer(), id, { terms: terms({ validUntil: ago(-30) }) }));
    expect(codesOf(await useCases.signRelease(officer(), id, { ...signing(), tag }))).toEqual(['precondition_failed']);
    const now = valueOf(await useCases.readRelease(officer(), id));
    expect(valueOf(await useCases.signRelease(officer(), id, { ...signing(), tag: now.tag })).status).toBe('in-force');
  });
});

it('records at signing what the release does to an older one', async () => {
  const { client } = await stage.client('harbor-mutual');
  const older = await draftFor(client);
  valueOf(await useCases.signRelease(officer(), older, signing()));
  const newer = await draftFor(client);
  valueOf(await useCases.signRelease(officer(), newer, signing({ relation: { kind: 'supersedes', older } })));
  expect(valueOf(await useCases.readRelease(officer(), older)).view).toMatchObject({
    status: 'superseded',
    supersededBy: newer,
  });
});

it('shows a release as the client reads it, in both languages', async () => {
  const { client } = await stage.client('harbor-mutual');
  const id = await draftFor(client);
  const texts = await Promise.all((['en', 'es'] as const).map((one) => useCases.readReleaseText(officer(), id, one)));
  const [english, spanish] = texts.map(valueOf);
  for (const text of [english, spanish]) {
    expect(routeOf('readReleaseText').response?.safeParse(text).error?.issues ?? []).toEqual([]);
    expect(text?.statements).toHaveLength(3);
  }
  expect(english?.groups.map(({ category }) => category)).toEqual(spanish?.groups.map(({ category }) => category));
  expect(spanish?.title).not.toBe(english?.title);
});

it('previews an amended invoice without taking its own services for another’s', async () => {
  const party = await stage.client('harbor-mutual');
  const content = stage.invoice(party);
  if (content.kind !== 'invoice') throw new Error('no invoice');
  const { document } = await stage.submit(content);
  const body = ROUTES.previewInvoice.body.parse(JSON.parse(JSON.stringify(content.invoice)));
  const billing: RequestContext = { ...officer(), roles: ['billing'], reach: { kind: 'practice' } };
  expect(codesOf(await useCases.previewInvoice(billing, body))).toEqual(['duplicate_service']);
  expect(valueOf(await useCases.previewInvoice(billing, body, document)).view.outcome).toBe('deny');
});

describe('a paper that is recorded long after it was signed', () => {
  it('was signed by who the client was on that day', async () => {
    const { client } = await stage.client('harbor-mutual', { birthDate: ago(18 * 366 + 30) });
    const signed = async (days: number) =>
      codesOf(
        await useCases.signRelease(officer(), await draftFor(client), {
          ...signing(),
          signatures: [{ role: 'client', signedOn: ago(days), authorityDocumented: false, witnessed: false }],
        }),
      );
    expect(await signed(700)).toEqual(['signer_incomplete']);
    expect(await signed(1)).toEqual([]);
  });
});
