import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dispatchHint, revokeRelease, type SendingServices } from '#libs/application';
import { Stage, valueOf } from '../support/stage.js';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open();
});

afterAll(async () => {
  await stage.close();
});

const INSURER = 'cobalt-valley-hmo';

const claim = async () => {
  const party = await stage.client(INSURER);
  const release = await stage.release(party.client, INSURER, { preset: 'claim-basic' });
  const { disclosure } = await stage.submit(stage.invoice(party));
  const { lane } = await stage.record(disclosure);
  return { disclosure, lane, release };
};

/** The lane as it is when its time to wait is over and one claim may try it. */
const mayBeTried = (lane: string) =>
  stage.database.asSuperuser(
    `UPDATE lane SET breaker = 'open', failures = 5, open_until = now() - interval '1 second' WHERE id = $1`,
    [lane],
  );

const breakerOf = async (lane: string): Promise<unknown> =>
  (await stage.database.asSuperuser('SELECT breaker FROM lane WHERE id = $1', [lane]))[0]?.['breaker'];

describe('a broken lane', () => {
  it('is tried with a claim that may go, not with one that has to be asked about first', async () => {
    const [asked, waiting] = [await claim(), await claim()];
    const { transport } = stage.services;
    const deaf: SendingServices = {
      ...stage.services,
      transport: {
        probe: (...probed) => transport.probe(...probed),
        answers: (...from) => transport.answers(...from),
        send: async (...sending) => {
          await transport.send(...sending);
          return { kind: 'ambiguous', code: 'response_timeout' };
        },
      },
    };
    const hint = (disclosures: readonly (typeof asked)[]) => ({
      practice: stage.practice,
      lane: asked.lane,
      disclosures: disclosures.map((one) => one.disclosure),
    });
    await dispatchHint(deaf, hint([asked]));
    expect((await stage.record(asked.disclosure)).state).toBe('unknown');
    await mayBeTried(asked.lane);
    expect(await dispatchHint(stage.services, hint([asked, waiting]))).toEqual({
      permitted: 1,
      accepted: 1,
      resolved: 1,
    });
    expect((await stage.record(asked.disclosure)).state).toBe('sent');
    expect((await stage.record(waiting.disclosure)).state).toBe('sent');
    expect(await breakerOf(asked.lane)).toBe('closed');
  });

  it('is tried by the next one at once if the first may not go any more', async () => {
    const [revoked, next] = [await claim(), await claim()];
    valueOf(await revokeRelease(stage.services, stage.context, { release: revoked.release.id, channel: 'fax' }));
    await mayBeTried(next.lane);
    const hint = { practice: stage.practice, lane: next.lane };
    expect(await dispatchHint(stage.services, { ...hint, disclosures: [revoked.disclosure] })).toMatchObject({
      permitted: 0,
    });
    expect(await dispatchHint(stage.services, { ...hint, disclosures: [next.disclosure] })).toMatchObject({
      permitted: 1,
      accepted: 1,
    });
    expect(await breakerOf(next.lane)).toBe('closed');
  });
});
