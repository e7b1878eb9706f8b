import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routeOf, ROUTES } from '#libs/contracts';
import type { UseCases } from '../../apps/api/use-cases.js';
import { createUseCases } from '../../apps/api/wiring/create-use-cases.js';
import { asking } from '../support/asking.js';
import { Stage, valueOf } from '../support/stage.js';

let stage: Stage;
let useCases: UseCases;

beforeAll(async () => {
  stage = await Stage.open();
  useCases = createUseCases(stage.services);
});

afterAll(() => stage.close());

const officer = () => asking(stage, ['privacy-officer']);

const CEILING = 'us-nj-45-14b-32';
const READING = { kind: 'reading', reading: 'nj-transaction-is-administrative', version: '1' } as const;

const rows = async (): Promise<number> =>
  Number((await stage.database.asSuperuser('SELECT count(*)::int AS n FROM ledger_block'))[0]?.['n']);

describe('what a reading would do', () => {
  it('is what choosing it then does, told beforehand and kept nowhere', async () => {
    const waiting = await stage.client('harbor-mutual');
    await stage.release(waiting.client, 'harbor-mutual');
    const unsigned = await stage.client('harbor-mutual');
    const content = (party: typeof waiting) => stage.invoice(party, { clinician: stage.clinicians.jersey });
    const held = await stage.submit(content(waiting));
    const other = await stage.submit(content(unsigned));
    expect([held.status, other.status]).toEqual(['held', 'held']);

    const before = await rows();
    const reading = ROUTES.chooseReading.body.parse({ ceiling: CEILING, choice: READING });
    const effect = valueOf(await useCases.weighReading(officer(), reading));
    expect(routeOf('chooseReading').validateOnly?.safeParse(effect).error?.issues ?? []).toEqual([]);
    const insurer = { id: stage.insurer('harbor-mutual').id, name: 'Harbor Mutual Health' };
    expect(effect).toEqual({
      ...{ looked: 2, truncated: false, staysHeld: 1, wouldHold: [] },
      wouldGo: [{ insurer, disclosures: 1 }],
    });
    expect(await rows()).toBe(before);
    expect((await stage.record(held.disclosure)).state).toBe('held');

    const idempotency = { key: 'K', route: 'POST /v1/readings', fingerprint: 'f', status: 201 };
    const chosen = valueOf(await useCases.chooseReading(officer(), reading, idempotency)).body;
    expect((await stage.record(held.disclosure)).state).toBe('ready');
    const back = valueOf(await useCases.weighRevocation(officer(), chosen.id));
    expect(back).toMatchObject({ wouldGo: [], wouldHold: [{ insurer, disclosures: 1 }], staysHeld: 1 });
    expect((await stage.record(held.disclosure)).state).toBe('ready');
  });

  it('of a ceiling or a reading that does not exist is refused', async () => {
    const codes = async (body: object) => {
      const answer = await useCases.weighReading(officer(), ROUTES.chooseReading.body.parse(body));
      return answer.ok ? [] : answer.issues.map(({ code }) => code);
    };
    expect(await codes({ ceiling: 'nowhere', choice: READING })).toEqual(['unknown_ceiling']);
    expect(await codes({ ceiling: CEILING, choice: { ...READING, version: '9' } })).toEqual(['unknown_reading']);
    const gone = await useCases.weighRevocation(officer(), stage.practice);
    expect(gone.ok ? [] : gone.issues.map(({ code }) => code)).toEqual(['not_found']);
  });
});
