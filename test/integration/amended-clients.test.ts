import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { explainDisclosure } from '#libs/application';
import type { Invoice } from '#libs/billing';
import { ROUTES } from '#libs/contracts';
import { centsOf, type ClientId, type Result } from '#libs/kernel';
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

afterAll(async () => {
  await stage.close();
});

const biller = () => asking(stage, ['billing']);

const codesOf = (result: Result<unknown>) =>
  result.ok ? [] : result.issues.map(({ code, path }) => `${code} ${path}`.trim());

const read = async (client: ClientId) => valueOf(await useCases.readClient(biller(), client));

type Identity = Awaited<ReturnType<typeof read>>['identity'];

/** As somebody would who has just read the client. */
const amend = async (client: ClientId, change: Partial<Identity>) => {
  const before = await read(client);
  const body = ROUTES.amendClient.body.parse({ identity: { ...before.identity, ...change } });
  return useCases.amendClient(biller(), client, { ...body, version: before.revision });
};

const claimFor = async (change: Parameters<Stage['client']>[1] = {}) => {
  const party = await stage.client('harbor-mutual', change);
  await stage.release(party.client, 'harbor-mutual');
  const { disclosure } = await stage.submit(stage.invoice(party));
  return { party, disclosure };
};

const LATER: Invoice['lines'][number] = {
  ...{ id: 'L1', date: ago(3), procedure: '90834', modifiers: [], units: 1, charge: centsOf(14_000) },
  ...{ pointers: ['D1'], character: 'individual' },
};

const lastNameIn = async (disclosure: Awaited<ReturnType<typeof claimFor>>['disclosure']) => {
  const { shown } = valueOf(await explainDisclosure(stage.services, stage.context, disclosure));
  return shown.view.rows.find(({ field }) => field === 'client.name.last')?.outgoing;
};

describe('who a client is', () => {
  it('is recorded anew: what left is told as it went, what leaves then says what is recorded then', async () => {
    const { party, disclosure } = await claimFor({ lastName: 'Oldname' });
    await stage.dispatch(disclosure);
    const later = (await stage.submit(stage.invoice(party, { number: 'INV-2', lines: [LATER] }))).disclosure;
    const amended = valueOf(await amend(party.client, { lastName: 'Newname' }));
    expect(amended).toMatchObject({ revision: 2, identity: { lastName: 'Newname', firstName: 'Ottilie' } });
    ROUTES.amendClient.response.parse(amended);
    expect(await read(party.client)).toEqual(amended);
    await stage.dispatch(later);
    const bodies = await stage.received('harbor-mutual');
    expect(bodies.filter((one) => one.includes('*OLDNAME*')).length).toBe(1);
    expect(bodies.filter((one) => one.includes('*NEWNAME*')).length).toBe(1);
    expect([await lastNameIn(disclosure), await lastNameIn(later)]).toEqual(['Oldname', 'Newname']);
  });

  it('lets a claim go that could not be written, by itself', async () => {
    const { party, disclosure } = await claimFor({ lastName: '李' });
    expect(await stage.record(disclosure)).toMatchObject({ state: 'held', curer: 'office' });
    valueOf(await amend(party.client, { lastName: 'Li' }));
    expect(await stage.record(disclosure)).toMatchObject({ state: 'ready' });
    await stage.dispatch(disclosure);
    expect(await stage.record(disclosure)).toMatchObject({ state: 'sent' });
  });

  it('is not recorded over what somebody else recorded meanwhile, and not twice', async () => {
    const { client } = await stage.client('harbor-mutual');
    const { identity } = ROUTES.amendClient.body.parse({ identity: (await read(client)).identity });
    const results = await Promise.all(
      ['One', 'Two', 'Three', 'Four'].map((lastName) =>
        useCases.amendClient(biller(), client, { identity: { ...identity, lastName }, version: 1 }),
      ),
    );
    expect(results.filter((one) => one.ok).length).toBe(1);
    expect(results.flatMap(codesOf)).toEqual(Array(3).fill('precondition_failed'));
    expect((await read(client)).revision).toBe(2);
    const same = valueOf(await amend(client, {}));
    expect(same.revision).toBe(2);
  });

  it('stands in the ledger as what changed, never as what it says', async () => {
    const { client } = await stage.client('harbor-mutual');
    valueOf(await amend(client, { phone: '5550100177', lastName: 'Canaryname' }));
    const { rows } = valueOf(await useCases.readLedger(asking(stage, ['auditor']), { client }, { limit: 50 }));
    const row = rows.find(({ kind }) => kind === 'client-amended');
    expect(row).toMatchObject({ actor: `staff:${stage.officer}`, codes: ['lastName', 'phone'] });
    expect(JSON.stringify(rows)).not.toMatch(/Canaryname|5550100177/);
  });

  it('is gone with the client, every revision of it', async () => {
    const { client } = await stage.client('harbor-mutual');
    valueOf(await amend(client, { lastName: 'Secondname' }));
    await stage.services.store.inPractice(stage.context, ({ clients }) => clients.forget(client));
    const left = await stage.services.store.inPractice(stage.context, ({ clients }) =>
      Promise.all([clients.byIds([client]), clients.identityAt(client, 1), clients.identityAt(client, 2)]),
    );
    expect([left[0].size, left[1], left[2]]).toEqual([0, undefined, undefined]);
  });

  it('is changed only by whoever reaches the client', async () => {
    const { client } = await stage.client('harbor-mutual');
    const { identity } = ROUTES.amendClient.body.parse({ identity: (await read(client)).identity });
    const stranger = asking(stage, ['clinician'], { clinician: stage.clinicians.jersey });
    expect(codesOf(await useCases.amendClient(stranger, client, { identity, version: 1 }))).toEqual(['not_found']);
  });
});
