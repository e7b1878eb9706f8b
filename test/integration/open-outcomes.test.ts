import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  dispatchHint,
  explainDisclosure,
  makeChoice,
  recordRouteIn,
  revokeRelease,
  type SendingServices,
} from '#libs/application';
import type { DisclosureId } from '#libs/kernel';
import { ago, Stage, valueOf } from '../support/stage.js';

type Outcome = Awaited<ReturnType<SendingServices['transport']['send']>>;

const NOT_SENT: Outcome = { kind: 'not-sent', code: 'connect_timeout' };
const REFUSED: Outcome = { kind: 'refused', code: 'unauthorized', status: 403 };

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open();
});

afterAll(async () => {
  await stage.close();
});

beforeEach(async () => {
  await stage.behave('harbor-mutual', { mode: 'answers' });
  // What a test makes fail must not close the lane to the next.
  await stage.database.asSuperuser(`UPDATE lane SET breaker = 'closed', failures = 0, slow = false`);
});

const stands = async (id: DisclosureId) => {
  const { state, cause } = await stage.record(id);
  return [state, cause];
};

const choose = (disclosure: DisclosureId, kind: 'send-again' | 'cancel') =>
  makeChoice(stage.services, stage.context, { disclosure, choice: { kind } });

/** The insurer has it, and its answer was lost. */
const lost = async () => {
  const party = await stage.client('harbor-mutual');
  const release = await stage.release(party.client, 'harbor-mutual');
  const { disclosure } = await stage.submit(stage.invoice(party));
  await stage.behave('harbor-mutual', { mode: 'lossy' });
  await stage.dispatch(disclosure);
  expect((await stage.record(disclosure)).state).toBe('unknown');
  await stage.behave('harbor-mutual', { mode: 'answers' });
  return { disclosure, release: release.id };
};

/** One attempt that ends so, whatever the insurer would say. */
const attempt = async (disclosure: DisclosureId, outcome: Outcome): Promise<void> => {
  const { transport } = stage.services;
  const services: SendingServices = {
    ...stage.services,
    transport: {
      send: () => Promise.resolve(outcome),
      probe: (...of) => transport.probe(...of),
      answers: (...of) => transport.answers(...of),
    },
  };
  await sleep(10);
  const { lane } = await stage.record(disclosure);
  const report = await dispatchHint(services, { practice: stage.practice, lane, disclosures: [disclosure] });
  expect(report.permitted).toBe(1);
};

describe('an attempt of which nobody knows what became', () => {
  it('stays so, though a later one is proven not to have arrived', async () => {
    const { disclosure } = await lost();
    await attempt(disclosure, NOT_SENT);
    expect(await stands(disclosure)).toEqual(['unknown', 'connect_timeout']);
    await sleep(10);
    await stage.dispatch(disclosure);
    expect((await stage.record(disclosure)).state).toBe('sent');
    expect((await stage.judgement()).totals.doubled).toBe(0);
  });

  it('is presumed disclosed when the release is revoked, and not closed as if nothing had gone', async () => {
    const { disclosure, release } = await lost();
    await attempt(disclosure, NOT_SENT);
    valueOf(await revokeRelease(stage.services, stage.context, { release, channel: 'fax' }));
    await sleep(10);
    await stage.dispatch(disclosure);
    expect(await stands(disclosure)).toEqual(['parked', 'outcome_unknown']);
  });

  it('is not repeated to an insurer that may have forgotten it: a person asks', async () => {
    const { disclosure } = await lost();
    await stage.database.asSuperuser(
      `UPDATE attempt SET permitted_at = permitted_at - interval '25 hours' WHERE transmission_id IN
        (SELECT transmission_id FROM transmission_item WHERE disclosure_id = $1)`,
      [disclosure],
    );
    await sleep(10);
    await stage.dispatch(disclosure);
    expect(await stands(disclosure)).toEqual(['parked', 'outcome_unknown']);
    expect((await stage.judgement()).totals.doubled).toBe(0);
  });

  it('is asked about, though the insurer turned the next one away; what it does not have goes again', async () => {
    const { disclosure } = await lost();
    await attempt(disclosure, REFUSED);
    expect(await stands(disclosure)).toEqual(['parked', 'outcome_unknown']);
    const shown = valueOf(await explainDisclosure(stage.services, stage.context, disclosure));
    expect(shown.summary.state).toBe('parked');
    expect(valueOf(await choose(disclosure, 'send-again')).state).toBe('sealed');
    await stage.dispatch(disclosure);
    expect((await stage.record(disclosure)).state).toBe('sent');
    expect((await stage.judgement()).totals.doubled).toBe(0);
  });

  it('counts as none once a person has asked: what may not go any more is held, and sealed anew if it may', async () => {
    const { disclosure, release } = await lost();
    await attempt(disclosure, REFUSED);
    valueOf(await choose(disclosure, 'send-again'));
    valueOf(await revokeRelease(stage.services, stage.context, { release, channel: 'fax' }));
    await sleep(10);
    await stage.dispatch(disclosure);
    expect((await stage.record(disclosure)).state).toBe('held');
    expect((await choose(disclosure, 'cancel')).ok).toBe(true);
  });

  it('is none any more once the insurer answers, though somebody had already said that it goes again', async () => {
    const { disclosure } = await lost();
    await attempt(disclosure, REFUSED);
    expect(valueOf(await choose(disclosure, 'send-again')).state).toBe('sealed');
    await vi.waitFor(
      async () => {
        await stage.collect();
        expect((await stage.record(disclosure)).state).toBe('received');
      },
      { timeout: 5_000, interval: 100 },
    );
    expect(await stage.dispatch(disclosure)).toMatchObject({ permitted: 0 });
    expect((await stage.judgement()).totals.doubled).toBe(0);
  });

  it('stays with the route on which it was made, and keeps no new one from being recorded', async () => {
    const one = await lost();
    await attempt(one.disclosure, NOT_SENT);
    const party = await stage.client('harbor-mutual');
    await stage.release(party.client, 'harbor-mutual');
    const other = await stage.submit(stage.invoice(party));
    const insurer = stage.insurer('harbor-mutual');
    const before = await stage.record(one.disclosure);
    const recorded = await stage.services.store.inPractice(stage.context, (transaction) =>
      recordRouteIn(stage.services, transaction, {
        context: stage.context,
        insurer: insurer.id,
        through: {
          agent: {
            name: 'Crossing',
            resolvesTo: insurer.profile.payerId,
            payerId: 'CX001',
            resolution: 'duplicate-detection',
            agreement: { reference: 'Agreement 7', signedOn: ago(30) },
          },
          connection: {
            url: `${stage.sandbox.url}/clearinghouses/crossing`,
            receiverId: 'CROSSING',
            production: false,
          },
          token: 'token-of-crossing',
        },
      }),
    );
    expect(recorded.ok).toBe(true);
    const after = await stage.record(one.disclosure);
    expect([after.state, after.lane]).toEqual(['unknown', before.lane]);
    expect((await stage.record(other.disclosure)).lane).not.toBe(before.lane);
  });
});

/** Something to wait for, until it is opened. */
const gate = () => {
  let open = (): void => undefined;
  const promise = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { promise, resolve: () => open() };
};

describe('a hint that comes twice', () => {
  it('sends nothing again whose outcome becomes unknown while the second worker waits for its locks', async () => {
    const party = await stage.client('cobalt-valley-hmo');
    await stage.release(party.client, 'cobalt-valley-hmo');
    const { disclosure } = await stage.submit(stage.invoice(party));
    const { lane } = await stage.record(disclosure);
    const hint = { practice: stage.practice, lane, disclosures: [disclosure] };
    const { transport } = stage.services;
    const [begun, lostNow] = [gate(), gate()];
    const first: SendingServices = {
      ...stage.services,
      transport: {
        send: async (...of) => {
          await transport.send(...of);
          begun.resolve();
          await lostNow.promise;
          return { kind: 'ambiguous', code: 'response_timeout' };
        },
        probe: (...of) => transport.probe(...of),
        answers: (...of) => transport.answers(...of),
      },
    };
    const sending = dispatchHint(first, hint);
    await begun.promise;
    const [held, freed] = [gate(), gate()];
    // Somebody writes to the client's papers, and whoever would send waits for that.
    const writing = stage.services.store.inPractice(stage.context, async (transaction) => {
      await transaction.authority.hold(party.client);
      held.resolve();
      await freed.promise;
    });
    await held.promise;
    const second = dispatchHint(stage.services, hint);
    await vi.waitFor(async () => {
      const waiting = await stage.database.asSuperuser(
        `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      expect(waiting.length).toBeGreaterThan(0);
    });
    lostNow.resolve();
    await sending;
    expect((await stage.record(disclosure)).state).toBe('unknown');
    freed.resolve();
    await writing;
    expect(await second).toMatchObject({ permitted: 0 });
    await sleep(10);
    await stage.dispatch(disclosure);
    expect((await stage.record(disclosure)).state).toBe('sent');
    expect((await stage.judgement()).totals.doubled).toBe(0);
  });
});

describe('an insurer that is still taking in what it was sent', () => {
  it('has not got it yet, which proves nothing: it is not sent a second time', async () => {
    const patient = await Stage.open({ timing: { absenceMs: 1_000, retryBaseMs: 20, retryCapMs: 100 } });
    try {
      const party = await patient.client('cobalt-valley-hmo');
      await patient.release(party.client, 'cobalt-valley-hmo');
      const { disclosure } = await patient.submit(patient.invoice(party));
      const { transport } = patient.services;
      const underWay: (() => Promise<Outcome>)[] = [];
      const slow: SendingServices = {
        ...patient.services,
        transport: {
          send: (...of) => {
            underWay.push(() => transport.send(...of));
            return Promise.resolve({ kind: 'ambiguous', code: 'response_timeout' });
          },
          probe: (...of) => transport.probe(...of),
          answers: (...of) => transport.answers(...of),
        },
      };
      const { lane } = await patient.record(disclosure);
      await dispatchHint(slow, { practice: patient.practice, lane, disclosures: [disclosure] });
      expect((await patient.record(disclosure)).state).toBe('unknown');
      await sleep(30);
      await patient.dispatch(disclosure);
      await patient.dispatch(disclosure);
      expect((await patient.record(disclosure)).state).toBe('unknown');
      expect((await patient.record(disclosure)).dueAt - Date.now()).toBeGreaterThan(500);
      expect(await Promise.all(underWay.map((arrives) => arrives()))).toMatchObject([{ kind: 'accepted' }]);
      await sleep(1_000);
      await patient.dispatch(disclosure);
      expect((await patient.record(disclosure)).state).toBe('sent');
      expect((await patient.judgement()).totals.doubled).toBe(0);
    } finally {
      await patient.close();
    }
  });

  it('is sent it again once it has had the time, and has nothing still', async () => {
    const patient = await Stage.open({ timing: { absenceMs: 200, retryBaseMs: 20, retryCapMs: 100 } });
    try {
      const party = await patient.client('cobalt-valley-hmo');
      await patient.release(party.client, 'cobalt-valley-hmo');
      const { disclosure } = await patient.submit(patient.invoice(party));
      await patient.behave('cobalt-valley-hmo', { mode: 'down', refuse: true });
      await patient.dispatch(disclosure);
      expect((await patient.record(disclosure)).state).toBe('unknown');
      await patient.behave('cobalt-valley-hmo', { mode: 'answers' });
      await sleep(300);
      await patient.dispatch(disclosure);
      expect((await patient.record(disclosure)).state).toBe('sealed');
      await patient.dispatch(disclosure);
      expect((await patient.record(disclosure)).state).toBe('sent');
    } finally {
      await patient.close();
    }
  });
});

describe('an insurer that is asked what it has, and does not answer', () => {
  it('is asked less and less often, and after a day a person is', async () => {
    const patient = await Stage.open({ timing: { answerTimeoutMs: 400, retryBaseMs: 20, retryCapMs: 100_000 } });
    try {
      const party = await patient.client('cobalt-valley-hmo');
      await patient.release(party.client, 'cobalt-valley-hmo');
      const { disclosure } = await patient.submit(patient.invoice(party));
      await patient.behave('cobalt-valley-hmo', { mode: 'lossy' });
      await patient.dispatch(disclosure);
      await patient.behave('cobalt-valley-hmo', { mode: 'down' });
      const pause = async () => {
        await patient.dispatch(disclosure);
        return (await patient.record(disclosure)).dueAt - Date.now();
      };
      await sleep(40);
      const first = await pause();
      await sleep(150);
      expect(await pause()).toBeGreaterThan(first);
      expect((await patient.record(disclosure)).state).toBe('unknown');
      await sleep(300);
      await patient.dispatch(disclosure);
      const { state, cause } = await patient.record(disclosure);
      expect([state, cause]).toEqual(['parked', 'outcome_unknown']);
    } finally {
      await patient.close();
    }
  });
});
