import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  changeConnectionIn,
  dispatchHint,
  type InsurerRecord,
  makeChoice,
  type SendingServices,
} from '#libs/application';
import type { DisclosureId } from '#libs/kernel';
import { InboxStage } from '../support/inbox-stage.js';
import type { Played, Stage } from '../support/stage.js';
import { valueOf } from '../support/stage.js';

let inbox: InboxStage;
let stage: Stage;

beforeAll(async () => {
  inbox = await InboxStage.open([], {}, { answerTimeoutMs: 3_600_000 });
  ({ stage } = inbox);
});

afterAll(async () => {
  await inbox.close();
});

const accepted = async (insurer: Played): Promise<DisclosureId> => {
  const party = await stage.client(insurer);
  await stage.release(party.client, insurer);
  return (await stage.submit(stage.invoice(party))).disclosure;
};

const stands = async (id: DisclosureId) => {
  const { state, cause } = await stage.record(id);
  return [state, cause];
};

const change = async (insurer: Played, connection: Partial<InsurerRecord['connection']>): Promise<void> => {
  const { id, connection: before, token } = stage.insurer(insurer);
  valueOf(
    await stage.services.store.inPractice(stage.context, (transaction) =>
      changeConnectionIn(transaction, {
        ...{ context: stage.context, id, secret: token },
        connection: { ...before, ...connection } as InsurerRecord['connection'],
      }),
    ),
  );
};

const isaOf = (claim: string | undefined) => ({ receiver: claim?.slice(54, 69).trim(), usage: claim?.at(102) });

describe('a connection that changes while a claim is on its way', () => {
  it('is sealed anew for the new place once a person has asked and nothing was taken in', async () => {
    const insurer = 'juniper-life';
    const disclosure = await accepted(insurer);
    await stage.behave(insurer, { mode: 'silent' });
    await stage.dispatch(disclosure);
    expect((await stage.record(disclosure)).state).toBe('unknown');
    await stage.behave(insurer, { mode: 'answers' });
    await change(insurer, { receiverId: 'NEWPLACE' });
    await sleep(10);
    await stage.dispatch(disclosure);
    expect(await stands(disclosure)).toEqual(['parked', 'outcome_unknown']);
    valueOf(await makeChoice(stage.services, stage.context, { disclosure, choice: { kind: 'send-again' } }));
    await stage.dispatch(disclosure);
    expect((await stage.record(disclosure)).state).toBe('sent');
    expect(isaOf((await stage.received(insurer)).at(-1))).toEqual({ receiver: 'NEWPLACE', usage: 'T' });
  });

  it('sends no test to what has become the live system: what never went is sealed anew', async () => {
    const insurer = 'harbor-mutual';
    const disclosure = await accepted(insurer);
    const services: SendingServices = {
      ...stage.services,
      transport: {
        send: () => Promise.resolve({ kind: 'not-sent', code: 'connect_timeout' }),
        probe: (...of) => stage.services.transport.probe(...of),
        answers: (...of) => stage.services.transport.answers(...of),
      },
    };
    const { lane } = await stage.record(disclosure);
    await dispatchHint(services, { practice: stage.practice, lane, disclosures: [disclosure] });
    expect((await stage.record(disclosure)).state).toBe('sealed');
    await change(insurer, { receiverId: 'LIVEPLACE', production: true });
    await sleep(10);
    await stage.dispatch(disclosure);
    expect((await stage.record(disclosure)).state).toBe('sent');
    expect(isaOf((await stage.received(insurer)).at(-1))).toEqual({ receiver: 'LIVEPLACE', usage: 'P' });
  });

  it('changes nothing where only the secret is another', async () => {
    const insurer = 'harbor-mutual';
    const disclosure = await accepted(insurer);
    await stage.behave(insurer, { mode: 'lossy' });
    await stage.dispatch(disclosure);
    await stage.behave(insurer, { mode: 'answers' });
    await change(insurer, { receiverId: 'LIVEPLACE', production: true, pin: 'A'.repeat(44) });
    await change(insurer, { receiverId: 'LIVEPLACE', production: true });
    await sleep(10);
    await stage.dispatch(disclosure);
    expect((await stage.record(disclosure)).state).not.toBe('parked');
    expect((await stage.judgement()).totals.doubled).toBe(0);
  });

  it.each(['granite-plan', 'harbor-mutual', 'cobalt-valley-hmo'] as const)(
    'shows nobody at the new place what %s may have got at the old one',
    async (insurer) => {
      const disclosure = await accepted(insurer);
      await stage.behave(insurer, { mode: 'lossy' });
      await stage.dispatch(disclosure);
      expect((await stage.record(disclosure)).state).toBe('unknown');
      await inbox.connect(insurer);
      await sleep(10);
      await stage.dispatch(disclosure);
      expect(await stands(disclosure)).toEqual(['parked', 'outcome_unknown']);
      expect(await inbox.list(await inbox.token(insurer))).toEqual([]);
    },
  );
});
