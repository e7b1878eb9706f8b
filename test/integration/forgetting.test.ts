import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addClient, type DocumentContent, draftRelease, forgetClient } from '#libs/application';
import type { Invoice } from '#libs/billing';
import { centsOf, type DisclosureId, plainDate, type Result } from '#libs/kernel';
import type { UseCases } from '../../apps/api/use-cases.js';
import { createUseCases } from '../../apps/api/wiring/create-use-cases.js';
import { asking } from '../support/asking.js';
import { ago, Stage, valueOf } from '../support/stage.js';

let stage: Stage;
let useCases: UseCases;

beforeAll(async () => {
  stage = await Stage.open();
  useCases = createUseCases(stage.services);
});
afterAll(() => stage.close());

const officer = () => asking(stage, ['privacy-officer']);

const codesOf = (result: Result<unknown>): readonly string[] =>
  result.ok ? [] : result.issues.map(({ code }) => code);

const codeOf = async (client: Awaited<ReturnType<Stage['client']>>['client']): Promise<string> => {
  const found = await stage.services.store.inPractice(stage.context, ({ clients }) => clients.byIds([client]));
  return found.get(client)?.code ?? 'gone';
};

const verified = () => stage.services.store.inPractice(stage.context, ({ ledger }) => ledger.verify());

const submitted = async (content: DocumentContent): Promise<DisclosureId> => (await stage.submit(content)).disclosure;

const lineOn = (daysAgo: number): Invoice['lines'][number] => ({
  id: 'L1',
  date: ago(daysAgo),
  procedure: '90834',
  modifiers: [],
  units: 1,
  charge: centsOf(14_000),
  pointers: ['D1'],
  character: 'individual',
});

const page = { limit: 100 };

describe('forgetting a client', () => {
  it('makes all of it unreadable, cancels what was not sent, and the ledger still verifies', async () => {
    const party = await stage.client('harbor-mutual');
    const other = await stage.client('harbor-mutual');
    const release = await stage.release(party.client, 'harbor-mutual');
    await stage.release(other.client, 'harbor-mutual');
    const sentId = await submitted(stage.invoice(party));
    const kept = await submitted(stage.invoice(other));
    await stage.dispatch(sentId, kept);
    await stage.collect();
    expect((await stage.record(sentId)).state).toBe('received');
    const held = await submitted(
      stage.invoice(party, { number: 'INV-2', lines: [lineOn(12)], diagnoses: [{ id: 'D1', code: 'F1020' }] }),
    );
    const ready = await submitted(stage.invoice(party, { number: 'INV-3', lines: [lineOn(11)] }));
    const before = [await stage.record(held), await stage.record(ready)].map((one) => one.state);
    expect(before).toEqual(['held', 'ready']);

    const code = await codeOf(party.client);
    const forgotten = valueOf(await forgetClient(stage.services, stage.context, code));
    expect(forgotten).toEqual({ client: party.client, cancelled: 2 });

    expect((await stage.record(held)).state).toBe('cancelled');
    expect((await stage.record(ready)).state).toBe('cancelled');
    expect((await stage.record(sentId)).state).toBe('received');
    const answers = await Promise.all([
      useCases.readClient(officer(), party.client),
      useCases.listCoverages(officer(), party.client),
      useCases.listReleases(officer(), party.client),
      useCases.readRelease(officer(), release.id),
      useCases.listRestrictions(officer(), party.client),
      useCases.readDisclosure(officer(), sentId),
      useCases.explainDisclosure(officer(), sentId),
      useCases.revealDisclosure(officer(), sentId),
      useCases.readDocument(officer(), (await stage.record(sentId)).document),
    ]);
    expect(answers.map(codesOf)).toEqual(answers.map(() => ['not_found']));
    expect(valueOf(await useCases.listClients(officer(), {}, page)).rows.map((one) => one.id)).not.toContain(
      party.client,
    );
    expect(valueOf(await useCases.listDisclosures(officer(), {}, page)).rows.map((one) => one.id)).toEqual([kept]);
    expect((await useCases.explainDisclosure(officer(), kept)).ok).toBe(true);
    const events = valueOf(await useCases.readLedger(officer(), { client: party.client }, page)).rows;
    expect(events.map((one) => one.kind).slice(0, 3)).toEqual(['client-forgotten', 'cancelled', 'cancelled']);
    expect(events[0]?.actor).toBe(stage.context.actor);
    expect((await verified()).broken).toBeUndefined();

    // Whoever comes later, by whatever way, finds nobody, and disturbs nobody else.
    expect(codesOf(await forgetClient(stage.services, stage.context, code))).toEqual(['not_found']);
    expect(codesOf(await addClient(stage.services, stage.context, { code, identity: identity() }))).toEqual([
      'code_in_use',
    ]);
    const draft = {
      purposes: [],
      grants: [],
      statements: [],
      blanket: false,
      parentConsentedToTreatment: 'unknown' as const,
    };
    expect((await draftRelease(stage.services, stage.context, { client: party.client, draft })).ok).toBe(false);
    expect(codesOf(await stage.trySubmit(stage.invoice(party, { number: 'INV-4' })))).not.toEqual([]);
    await stage.dispatch(sentId, held, ready);
    await stage.sweep();
    await stage.collect();
    expect((await verified()).broken).toBeUndefined();
  });

  it('leaves no copy of what an insurer answered', async () => {
    const party = await stage.client('harbor-mutual');
    await stage.release(party.client, 'harbor-mutual');
    const id = await submitted(stage.invoice(party));
    await stage.dispatch(id);
    await stage.collect();
    const bytes = () =>
      stage.database.asSuperuser(
        `SELECT i.digest FROM inbox i JOIN answer a ON a.incoming = i.digest WHERE a.client_id = $1 AND i.bytes IS NOT NULL`,
        [party.client],
      );
    expect((await bytes()).length).toBeGreaterThan(0);
    valueOf(await forgetClient(stage.services, stage.context, await codeOf(party.client)));
    expect(await bytes()).toEqual([]);
    const [key] = await stage.database.asSuperuser('SELECT wrapped, destroyed_at FROM data_key WHERE client_id = $1', [
      party.client,
    ]);
    expect([key?.['wrapped'], key?.['destroyed_at'] instanceof Date]).toEqual([null, true]);
  });

  it('waits while something may be on its way, and changes nothing', async () => {
    const party = await stage.client('juniper-life');
    await stage.release(party.client, 'juniper-life');
    const id = await submitted(stage.invoice(party));
    const code = await codeOf(party.client);
    const takeLease = () =>
      stage.services.store.inPractice(stage.context, ({ disclosures }) =>
        disclosures.lease([id], { states: ['ready'], milliseconds: 60_000, fence: 'somebody' }),
      );
    await takeLease();
    const refused = await forgetClient(stage.services, stage.context, code);
    expect(refused).toMatchObject({ ok: false, issues: [{ code: 'disclosure_under_way', path: id }] });
    await stage.database.asSuperuser(`UPDATE disclosure SET state = 'sealed' WHERE id = $1`, [id]);
    await stage.database.asSuperuser(`UPDATE disclosure SET state = 'sending' WHERE id = $1`, [id]);
    expect(codesOf(await forgetClient(stage.services, stage.context, code))).toEqual(['disclosure_under_way']);
    expect(await codeOf(party.client)).toBe(code);
    expect((await verified()).broken).toBeUndefined();
  });
});

const identity = () => ({
  firstName: 'Ottilie',
  lastName: 'Vantongeren',
  birthDate: plainDate('1991-09-30'),
  sex: 'F' as const,
  address: { line: '7 Imaginary Lane', city: 'Nowhere', region: 'OR', postal: '000000002' },
});
