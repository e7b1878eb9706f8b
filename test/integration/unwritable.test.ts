import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  addCoverage,
  amendDocumentIn,
  type DocumentContent,
  explainDisclosure,
  preview,
  reconsiderAll,
  shadowRunIn,
  validateSubmissionsIn,
} from '#libs/application';
import type { CoverageTerms, ServiceLine } from '#libs/billing';
import { centsOf, type ClientId, type CoverageId, type DisclosureId } from '#libs/kernel';
import { ago, Stage, valueOf } from '../support/stage.js';

const INSURER = 'harbor-mutual';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open();
});

afterAll(async () => {
  await stage.close();
});

const LINE: ServiceLine = {
  ...{ id: 'L1', date: ago(10), procedure: '90834', modifiers: [], units: 1, charge: centsOf(14_000) },
  ...{ pointers: ['D1'], character: 'individual' },
};

const cover = async (client: ClientId, terms: Partial<CoverageTerms>): Promise<CoverageId> =>
  valueOf(
    await addCoverage(stage.services, stage.context, {
      client,
      insurer: stage.insurer(INSURER).id,
      terms: { memberId: 'HM20017', relationship: 'self', ...terms },
      funding: 'fully-insured',
      fundingEvidence: true,
      assignmentSigned: true,
    }),
  ).id;

const standing = async (id: DisclosureId) => {
  const { state, cause, curer, version } = await stage.record(id);
  return { state, cause, curer, version };
};

/** What is in the way depends on a value, so only the gap says it. */
const HELD = { state: 'held', cause: 'value_dependent', curer: 'office' };

describe('what a claim cannot be written with', () => {
  it.each([
    ['a name without Latin letters', { lastName: '小林' }, {}, 'client.name.last'],
    ['a member number with a separator', {}, { memberId: 'HM*20017' }, 'coverage.memberId'],
  ] as const)(
    'holds (%s): in the preview, at once, at dispatch, and at every look',
    async (_what, who, terms, field) => {
      const { client } = await stage.client(INSURER, who);
      const coverage = await cover(client, terms);
      await stage.release(client, INSURER);
      const content = stage.invoice({ client, coverage });
      const tried = valueOf(await preview(stage.services, { context: stage.context, content }));
      expect(tried.shown.view.outcome).toBe('hold');
      expect(tried.shown.view.gaps).toMatchObject([{ at: { field }, cause: 'not_writable', curer: 'office' }]);
      expect(tried.shown.view.gaps[0]?.sentence).toContain('cannot be written');
      expect(tried.nextStep).toContain('record a new coverage');

      const { disclosure, status, nextStep } = await stage.submit(content);
      expect([status, nextStep]).toEqual(['held', tried.nextStep]);
      const before = await standing(disclosure);
      expect(before).toMatchObject(HELD);
      await stage.dispatch(disclosure);
      await reconsiderAll(stage.services, stage.practice);
      await stage.dispatch(disclosure);
      expect(await standing(disclosure)).toEqual(before);
      const { summary } = valueOf(await explainDisclosure(stage.services, stage.context, disclosure));
      expect(summary.nextStep).toBe(tried.nextStep);
      expect(JSON.stringify(await ledger(disclosure))).not.toMatch(/小林|HM\*20017|not_writable/);
    },
  );

  it('goes once the invoice names a coverage that can be written', async () => {
    const { client } = await stage.client(INSURER);
    await stage.release(client, INSURER);
    const bad = await cover(client, { memberId: 'HM~1' });
    const { disclosure } = await stage.submit(stage.invoice({ client, coverage: bad }));
    const coverage = await cover(client, { memberId: 'HM20018' });
    const { document } = await stage.record(disclosure);
    const content = stage.invoice({ client, coverage });
    const { services, context } = stage;
    valueOf(
      await services.store.inPractice(context, (transaction) =>
        amendDocumentIn(services, transaction, { context, document, content }),
      ),
    );
    await stage.dispatch(disclosure);
    expect((await stage.record(disclosure)).state).toBe('sent');
    expect((await stage.received(INSURER)).at(-1)).toContain('*MI*HM20018~');
  });

  it('stays without holding, where nothing needs it: a grant of it keeps nothing back', async () => {
    const { client } = await stage.client(INSURER);
    await stage.release(client, INSURER);
    const coverage = await cover(client, { groupNumber: 'GR^7' });
    const { disclosure } = await stage.submit(stage.invoice({ client, coverage }));
    await stage.dispatch(disclosure);
    expect((await stage.record(disclosure)).state).toBe('sent');
    expect((await stage.received(INSURER)).at(-1)).toMatch(/~SBR\*P\*18\*{7}CI~/);
    const { shown } = valueOf(await explainDisclosure(stage.services, stage.context, disclosure));
    const row = shown.view.rows.find((one) => one.field === 'coverage.groupNumber');
    expect(row).toMatchObject({ effect: 'withheld', reasons: [{ code: 'not_writable' }] });
  });
});

describe('what only the whole claim shows to be impossible', () => {
  it('stays held with what is in the way, until that has changed', async () => {
    const party = await stage.client(INSURER);
    await stage.release(party.client, INSURER);
    const practice = (change: string) =>
      stage.database.asSuperuser(`UPDATE practice SET ${change} WHERE practice_id = '${stage.practice}'`);
    const { disclosure } = await stage.submit(stage.invoice(party));
    await practice(`npi = '1999000008'`);
    await stage.dispatch(disclosure);
    const before = await standing(disclosure);
    expect(before).toMatchObject({ state: 'held', cause: 'x12_not_an_npi', curer: 'office' });
    const other = stage.invoice(party, { number: 'INV-2', lines: [{ ...LINE, date: ago(9) }] });
    const tried = valueOf(await preview(stage.services, { context: stage.context, content: other }));
    expect(tried.shown.view).toMatchObject({ outcome: 'hold', gaps: [{ cause: 'x12_not_an_npi', curer: 'office' }] });
    expect(tried.nextStep).toContain('cannot be written');
    const gap = { cause: 'x12_not_an_npi', curer: 'office', sentence: tried.shown.view.gaps[0]?.sentence };
    expect(await validated(other)).toMatchObject({ outcome: 'hold', gaps: [gap] });
    const position = tried.shown.view.gaps[0]?.position;
    expect(await shadowed(other)).toMatchObject({ outcome: 'held', gaps: [{ ...gap, position }], issues: [] });
    await reconsiderAll(stage.services, stage.practice);
    expect(await standing(disclosure)).toEqual(before);
    const { summary } = valueOf(await explainDisclosure(stage.services, stage.context, disclosure));
    expect(summary.nextStep).toContain('cannot be written');
    await practice(`npi = '1999000007'`);
    await reconsiderAll(stage.services, stage.practice);
    expect((await standing(disclosure)).state).toBe('ready');
    expect(await validated(other)).toMatchObject({ outcome: 'send', gaps: [] });
    expect(await shadowed(other)).toMatchObject({ outcome: 'goes', gaps: [] });
    await stage.dispatch(disclosure);
    expect((await stage.record(disclosure)).state).toBe('sent');
  });
});

const validated = async (content: DocumentContent) => {
  const { services, context } = stage;
  const [one] = await services.store.inPractice(context, (transaction) =>
    validateSubmissionsIn(services, transaction, [{ content }]),
  );
  return one && valueOf(one);
};

const shadowed = async (content: DocumentContent) => {
  const { services, context } = stage;
  const [one] = await services.store.inPractice(context, (transaction) =>
    shadowRunIn(services, transaction, { context, documents: [{ content }] }),
  );
  return one;
};

const ledger = (disclosure: DisclosureId) =>
  stage.database.asSuperuser(`SELECT * FROM ledger_entry WHERE disclosure_id = '${disclosure}'`);
