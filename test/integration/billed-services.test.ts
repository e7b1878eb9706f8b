import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { amendDocumentIn, type Choice, makeChoice } from '#libs/application';
import type { ServiceLine } from '#libs/billing';
import { centsOf, type DisclosureId } from '#libs/kernel';
import { ago, Stage, valueOf } from '../support/stage.js';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open();
});

afterAll(async () => {
  await stage.close();
});

type Party = Awaited<ReturnType<Stage['client']>>;

const line = (id: string, days: number): ServiceLine => ({
  ...{ id, date: ago(days), procedure: '90834', modifiers: [], units: 1, charge: centsOf(14_000) },
  ...{ pointers: ['D1'], character: 'individual' },
});

const invoice = ({ client, coverage }: Party, ...lines: readonly ServiceLine[]) =>
  stage.invoice({ client, coverage }, { lines, total: centsOf(14_000 * lines.length) });

const choose = (disclosure: DisclosureId, choice: Choice) =>
  makeChoice(stage.services, stage.context, { disclosure, choice });

/** Without a release whatever is submitted is held. */
const held = async (...lines: readonly ServiceLine[]) => {
  const party = await stage.client('harbor-mutual');
  return { party, ...(await stage.submit(invoice(party, ...lines))) };
};

describe('services that were billed', () => {
  it('can be billed anew once their invoice is cancelled before anything has gone', async () => {
    const { party, disclosure } = await held(line('L1', 9), line('L2', 8));
    await expect(stage.submit(invoice(party, line('L1', 8)))).rejects.toThrow('duplicate_service');
    valueOf(await choose(disclosure, { kind: 'cancel' }));
    const second = await stage.submit(invoice(party, line('L1', 8)));
    await expect(stage.submit(invoice(party, line('L1', 8)))).rejects.toThrow('duplicate_service');
    valueOf(await choose(second.disclosure, { kind: 'cancel' }));
    await stage.submit(invoice(party, line('L1', 8), line('L2', 9)));
  });

  it('stay billed where nobody knows whether the claim that is given up has arrived', async () => {
    const party = await stage.client('granite-plan');
    await stage.release(party.client, 'granite-plan');
    const { disclosure } = await stage.submit(invoice(party, line('L1', 7)));
    await stage.behave('granite-plan', { mode: 'silent', scope: 'submissions' });
    await stage.dispatch(disclosure);
    await stage.dispatch(disclosure);
    expect(await stage.record(disclosure)).toMatchObject({ state: 'parked', cause: 'outcome_unknown' });
    valueOf(await choose(disclosure, { kind: 'cancel' }));
    await expect(stage.submit(invoice(party, line('L1', 7)))).rejects.toThrow('duplicate_service');
  });

  it('can be billed anew where the insurer refused the claim at its door', async () => {
    const party = await stage.client('harbor-mutual');
    await stage.release(party.client, 'harbor-mutual');
    const { disclosure } = await stage.submit(invoice(party, line('L1', 4)));
    await stage.behave('harbor-mutual', { mode: 'redirect', scope: 'submissions' });
    await stage.dispatch(disclosure);
    await stage.behave('harbor-mutual', { mode: 'answers' });
    expect(await stage.record(disclosure)).toMatchObject({ state: 'parked', attempts: 1 });
    await expect(stage.submit(invoice(party, line('L1', 4)))).rejects.toThrow('duplicate_service');
    valueOf(await choose(disclosure, { kind: 'cancel' }));
    await stage.submit(invoice(party, line('L1', 4)));
  });

  it('stay billed where the insurer refused it, but may have taken it before', async () => {
    const party = await stage.client('harbor-mutual');
    await stage.release(party.client, 'harbor-mutual');
    const { disclosure } = await stage.submit(invoice(party, line('L1', 2)));
    await stage.behave('harbor-mutual', { mode: 'lossy', every: 1 });
    await stage.dispatch(disclosure);
    expect((await stage.record(disclosure)).state).toBe('unknown');
    await stage.behave('harbor-mutual', { mode: 'redirect', scope: 'submissions' });
    await stage.dispatch(disclosure);
    await stage.behave('harbor-mutual', { mode: 'answers' });
    const { state, cause } = await stage.record(disclosure);
    expect([state, cause]).toEqual(['parked', 'outcome_unknown']);
    valueOf(await choose(disclosure, { kind: 'cancel' }));
    await expect(stage.submit(invoice(party, line('L1', 2)))).rejects.toThrow('duplicate_service');
  });

  it('stay billed where a database that was restored does not know that the claim went', async () => {
    const { party, disclosure } = await held(line('L1', 3));
    await stage.database.asSuperuser(
      `UPDATE disclosure SET state = 'parked', cause = 'outcome_unknown', curer = 'practice' WHERE id = '${disclosure}'`,
    );
    valueOf(await choose(disclosure, { kind: 'cancel' }));
    await expect(stage.submit(invoice(party, line('L1', 3)))).rejects.toThrow('duplicate_service');
  });

  it('can be billed otherwise once their line was taken out, and come back only while nobody bills them', async () => {
    const { party, disclosure } = await held(line('L1', 6), line('L2', 5));
    valueOf(await choose(disclosure, { kind: 'exclude-lines', lines: ['L2'] }));
    await expect(stage.submit(invoice(party, line('L1', 6)))).rejects.toThrow('duplicate_service');
    const other = await stage.submit(invoice(party, line('L1', 5)));
    expect(await choose(disclosure, { kind: 'exclude-lines', lines: ['L1'] })).toMatchObject({
      ...{ ok: false, issues: [{ code: 'duplicate_service' }] },
    });
    expect((await stage.record(disclosure)).options.excludedLines).toEqual(['L2']);
    const { document } = await stage.record(disclosure);
    const content = invoice(party, line('L1', 6), line('L2', 5));
    const { services, context } = stage;
    valueOf(
      await services.store.inPractice(context, (transaction) =>
        amendDocumentIn(services, transaction, { context, document, content }),
      ),
    );
    valueOf(await choose(other.disclosure, { kind: 'cancel' }));
    valueOf(await choose(disclosure, { kind: 'exclude-lines', lines: ['L1'] }));
    await stage.submit(invoice(party, line('L1', 6)));
    await expect(stage.submit(invoice(party, line('L1', 5)))).rejects.toThrow('duplicate_service');
  });

  it('do not come into an invoice by an amendment while another bills them, and the invoice stays as it was', async () => {
    const { party, disclosure } = await held(line('L1', 12));
    await stage.submit(invoice(party, line('L1', 11)));
    const { services, context } = stage;
    const { document } = await stage.record(disclosure);
    const found = await services.store.inPractice(context, async (transaction) => {
      const content = invoice(party, line('L1', 11));
      const amended = await amendDocumentIn(services, transaction, { context, document, content });
      return { amended, stored: (await transaction.documents.byIds([document])).get(document)?.content };
    });
    expect(found.amended).toMatchObject({ ok: false, issues: [{ code: 'duplicate_service', path: '/lines' }] });
    expect(found.stored).toEqual(invoice(party, line('L1', 12)));
  });
});
