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

describe('an insurer that is not the one registered', () => {
  const lane = async () =>
    stage.services.store.inPractice(stage.context, async ({ lanes }) => {
      const { id } = stage.insurer('harbor-mutual');
      const found = (await lanes.ofInsurers([id])).get(id);
      if (found === undefined) throw new Error('no lane');
      return found;
    });

  it('is found out when it is asked for answers; nothing is asked or sent until a person has cleared the lane', async () => {
    const events: unknown[] = [];
    let asked = 0;
    const services = {
      ...hearing([]),
      log: { event: (...event: unknown[]) => void events.push(event), failure: () => undefined },
    };
    const lying: SendingServices = {
      ...services,
      transport: {
        ...services.transport,
        answers: (_cursor, to) => {
          if (to.profile.id !== 'harbor-mutual') return Promise.resolve({ kind: 'read', answers: [], next: '' });
          asked += 1;
          return Promise.resolve({ kind: 'failed', code: 'host_key_changed' });
        },
      },
    };
    await collectAnswers(lying, stage.practice);
    const stopped = await lane();
    expect(stopped.breaker).toBe('stopped');
    expect(events).toContainEqual(['lane.stopped', { lane: stopped.id, code: 'host_key_changed' }]);
    await collectAnswers(lying, stage.practice);
    expect(asked).toBe(1);

    const party = await stage.client('harbor-mutual');
    await stage.release(party.client, 'harbor-mutual');
    const { disclosure } = await stage.submit(stage.invoice(party));
    await stage.dispatch(disclosure);
    expect((await stage.record(disclosure)).state).toBe('ready');
    await stage.services.store.inPractice(stage.context, ({ lanes }) => lanes.clear(stopped.id));
    await stage.dispatch(disclosure);
    expect((await stage.record(disclosure)).state).not.toBe('ready');
  });

  it('tells the transport that answers are stored, after they are', async () => {
    let stored = -1;
    const counting = hearing([]);
    await collectAnswers(
      {
        ...counting,
        transport: {
          ...counting.transport,
          answers: (_cursor, to) =>
            Promise.resolve({
              kind: 'read',
              answers:
                to.profile.id === 'harbor-mutual'
                  ? [{ id: 'kept', mediaType: 'application/json', bytes: Buffer.from('no') }]
                  : [],
              next: '',
              taken: async () => {
                stored = (await stage.database.asSuperuser('SELECT 1 FROM inbox')).length;
              },
            }),
        },
      },
      stage.practice,
    );
    expect(stored).toBe(1);
  });
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
