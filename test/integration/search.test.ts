import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { explainDisclosure } from '#libs/application';
import { ROUTES } from '#libs/contracts';
import type { DisclosureId } from '#libs/kernel';
import type { UseCases } from '../../apps/api/use-cases.js';
import type { RequestContext } from '../../apps/api/use-cases/asked.js';
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

const biller = (reach?: RequestContext['reach']) => asking(stage, ['billing'], { reach });

const found = async (wanted: string, reach?: RequestContext['reach']): Promise<readonly string[]> => {
  const rows = valueOf(await useCases.search(biller(reach), wanted));
  expect(ROUTES.search.response.safeParse({ rows }).error?.issues ?? []).toEqual([]);
  return rows.map(({ id }) => id);
};

describe('search', () => {
  it('finds a claim by each of its numbers, the insurer’s own and the client’s code, and no other claim', async () => {
    const sent: DisclosureId[] = [];
    for (const _claim of [1, 2]) {
      const party = await stage.client('harbor-mutual');
      await stage.release(party.client, 'harbor-mutual');
      const { disclosure } = await stage.submit(stage.invoice(party));
      await stage.dispatch(disclosure);
      sent.push(disclosure);
    }
    const [disclosure] = sent;
    if (disclosure === undefined) throw new Error('nothing was sent');
    const shown = async () => valueOf(await explainDisclosure(stage.services, stage.context, disclosure)).summary;
    await expect.poll(async () => (await stage.collect(), (await shown()).status), { timeout: 8_000 }).toBe('paid');
    const { answers, client } = await shown();
    const claimNumber = answers.map(({ detail }) => detail.payerClaimNumber).find((one) => one !== undefined);
    const { record, code } = await stage.services.store.inPractice(
      stage.context,
      async ({ transmissions, clients }) => ({
        record: (await transmissions.ofDisclosures([disclosure])).get(disclosure),
        code: (await clients.byIds([client])).get(client)?.code,
      }),
    );
    const { interchange } = record ?? {};
    const wanted = [
      interchange?.interchangeControlNumber,
      interchange?.groupControlNumber,
      interchange?.batchReference,
      interchange?.patientControlNumber,
      record?.reference,
      record?.idempotencyKey,
      claimNumber,
      code,
      ` ${String(code)} `,
    ];
    for (const one of wanted) expect([one, await found(String(one))]).toEqual([one, [disclosure]]);
    expect(await found('P000000000')).toEqual([]);
    expect(await found(String(claimNumber).slice(0, -1))).toEqual([]);
    for (const reach of [{ kind: 'nothing' }, { kind: 'own', clinician: stage.clinicians.jersey }] as const)
      expect(await found(String(claimNumber), reach)).toEqual([]);
  });
});
