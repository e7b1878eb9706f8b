import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { collectAnswers, explainDisclosure, type IncomingAnswer, type SendingServices } from '#libs/application';
import type { DisclosureId } from '#libs/kernel';
import { Stage, valueOf } from '../support/stage.js';

let stage: Stage;
let sent: { readonly disclosure: DisclosureId; readonly answers: readonly IncomingAnswer[] };

/** The stage's services, with a transport that hands over these answers as if the insurer had. */
const hearing = (answers: readonly IncomingAnswer[]): SendingServices => ({
  ...stage.services,
  transport: {
    ...stage.services.transport,
    send: () => Promise.reject(new Error('nothing is sent here')),
    probe: () => Promise.resolve({ kind: 'unsupported' }),
    answers: (_cursor, to) =>
      Promise.resolve({ kind: 'read', answers: to.profile.id === 'harbor-mutual' ? answers : [], next: 'kept' }),
  },
});

const statusOf = async (): Promise<string> =>
  valueOf(await explainDisclosure(stage.services, stage.context, sent.disclosure)).summary.status;

const kinds = async (): Promise<readonly string[]> =>
  valueOf(await explainDisclosure(stage.services, stage.context, sent.disclosure)).summary.answers.map(
    (one) => one.kind,
  );

/** What the sandbox answers to one claim: TA1, 999, 277CA, 835, in this order. */
const gather = (): Promise<readonly IncomingAnswer[]> =>
  vi.waitFor(
    async () => {
      const read = await stage.services.transport.answers('', stage.insurer('harbor-mutual'));
      if (read.kind !== 'read' || read.answers.length < 4) throw new Error('not all answers are there');
      return read.answers;
    },
    { timeout: 5_000 },
  );

beforeAll(async () => {
  stage = await Stage.open();
  const party = await stage.client('harbor-mutual');
  await stage.release(party.client, 'harbor-mutual');
  const { disclosure } = await stage.submit(stage.invoice(party));
  await stage.dispatch(disclosure);
  sent = { disclosure, answers: await gather() };
});

afterAll(async () => {
  await stage.close();
});

describe('answers come as they like', () => {
  it('in the wrong order: the remittance first, the envelope’s acknowledgement last', async () => {
    const collected = await collectAnswers(hearing([...sent.answers].reverse()), stage.practice);
    expect(collected).toMatchObject({ quarantined: 0 });
    expect(await statusOf()).toBe('paid');
    expect((await stage.record(sent.disclosure)).state).toBe('received');
  });

  it('again and again: nothing is appended twice', async () => {
    const before = await kinds();
    const collected = await collectAnswers(hearing([...sent.answers, ...sent.answers]), stage.practice);
    expect(collected.matched).toBe(0);
    expect(await kinds()).toEqual(before);
    expect(new Set(before)).toEqual(new Set(['interchange-accepted', 'set-accepted', 'claim-accepted', 'paid']));
  });

  it('about something that we never sent: set aside, never guessed at', async () => {
    const last = sent.answers.at(-1);
    if (last === undefined) throw new Error('no answer');
    const strange = Buffer.from(last.bytes)
      .toString('latin1')
      .replaceAll(/P\d{9}/g, 'P000000000');
    const collected = await collectAnswers(
      hearing([{ ...last, id: 'strange', bytes: Buffer.from(strange, 'latin1') }]),
      stage.practice,
    );
    expect(collected).toMatchObject({ matched: 0, quarantined: 1 });
    expect(await statusOf()).toBe('paid');
  });

  it.each<[string, IncomingAnswer['mediaType'], string]>([
    ['hypertext', 'application/edi-x12', '<html>busy</html>'],
    ['half an interchange', 'application/edi-x12', 'ISA*00*          *00*'],
    ['another sort of JSON', 'application/json', '{"kind":"surprise","reference":"x"}'],
    ['no JSON', 'application/json', 'nonsense'],
  ])('nonsense (%s): set aside whole, and the rest is read', async (name, mediaType, text) => {
    const collected = await collectAnswers(
      hearing([{ id: `nonsense-${name}`, mediaType, bytes: Buffer.from(text) }]),
      stage.practice,
    );
    expect(collected).toEqual({ read: 1, matched: 0, quarantined: 1 });
    expect(await statusOf()).toBe('paid');
  });
});
