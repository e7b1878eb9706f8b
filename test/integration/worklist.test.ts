import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forgetClient } from '#libs/application';
import { type RouteName, routeOf, ROUTES, type WorklistQueue } from '#libs/contracts';
import {
  addDays,
  type ClinicianId,
  type DisclosureId,
  plainDate,
  type Result,
  type StaffId,
  type TreatmentId,
} from '#libs/kernel';
import type { AnswerRecord, StaffRecord } from '#libs/application';
import type { UseCases } from '../../apps/api/use-cases.js';
import type { Idempotency, RequestContext } from '../../apps/api/use-cases/asked.js';
import { createUseCases } from '../../apps/api/wiring/create-use-cases.js';
import { asking } from '../support/asking.js';
import { ago, Stage, valueOf } from '../support/stage.js';

let stage: Stage;
let useCases: UseCases;
const staff = { billing: randomUUID() as StaffId, clinician: randomUUID() as StaffId, desk: randomUUID() as StaffId };

beforeAll(async () => {
  stage = await Stage.open();
  useCases = createUseCases(stage.services);
  await stage.services.store.inPractice(stage.context, async ({ practice }) => {
    const add = (id: StaffId, name: string, roles: StaffRecord['roles'], clinician?: ClinicianId) =>
      practice.addStaff({
        ...{ id, name, roles, signIn: `someone-${id}`, passwordHash: 'never' },
        ...(clinician === undefined ? {} : { clinician }),
      });
    await add(staff.billing, 'Bo Ledger', ['billing']);
    await add(staff.clinician, 'Imre Invented', ['clinician'], stage.clinicians.oregon);
    await add(staff.desk, 'Ada Admin', ['administrator']);
  });
});

afterAll(() => stage.close());

const billing = () => asking(stage, ['billing'], { staff: staff.billing });
const clinician = () => asking(stage, ['clinician'], { staff: staff.clinician, clinician: stage.clinicians.oregon });

const keyed = (name: RouteName, body: unknown, key: string = randomUUID()): Idempotency => ({
  key,
  route: `${routeOf(name).method} ${routeOf(name).path}`,
  fingerprint: createHash('sha256').update(JSON.stringify(body)).digest('hex'),
  status: routeOf(name).status,
});

const codesOf = (result: Result<unknown>): readonly string[] =>
  result.ok ? [] : result.issues.map(({ code, path }) => `${code} ${path}`.trim());

const today = () => plainDate(new Date().toISOString().slice(0, 10));

/** Held for want of a release, unless there is one. */
const submitted = async (change: { readonly released?: boolean; readonly daysAgo?: number } = {}) => {
  const party = await stage.client('harbor-mutual');
  if (change.released) await stage.release(party.client, 'harbor-mutual');
  const content = stage.invoice(party);
  if (content.kind !== 'invoice') throw new Error('not an invoice');
  const [line] = content.invoice.lines;
  if (line === undefined) throw new Error('no line');
  const { disclosure } = await stage.submit(
    stage.invoice(party, { lines: [{ ...line, date: ago(change.daysAgo ?? 10) }] }),
  );
  return { ...party, disclosure };
};

const treat = (client: Awaited<ReturnType<typeof submitted>>['client']) =>
  stage.services.store.inPractice(stage.context, ({ treatments }) =>
    treatments.add({
      id: randomUUID() as TreatmentId,
      client,
      clinician: stage.clinicians.oregon,
      from: ago(30),
      recordedBy: 'staff:x',
      recordedAt: Date.now(),
    }),
  );

const counts = async (context: RequestContext, scope: 'mine' | 'all' = 'all') => {
  const body = valueOf(await useCases.countWorklist(context, scope));
  expect(ROUTES.countWorklist.response.safeParse(body).error?.issues ?? []).toEqual([]);
  return Object.fromEntries(body.queues.map(({ queue, count, snoozed }) => [queue, [count.counted, snoozed.counted]]));
};

const idsIn = async (
  context: RequestContext,
  queue: WorklistQueue,
  change: { readonly scope?: 'mine' | 'all'; readonly snoozed?: boolean } = {},
): Promise<readonly string[]> => {
  const wanted = { queue, scope: change.scope ?? 'all', snoozed: change.snoozed ?? false };
  const found: string[] = [];
  let after: string | undefined;
  do {
    const page = valueOf(
      await useCases.listWorklist(context, wanted, { limit: 2, ...(after === undefined ? {} : { after }) }),
    );
    expect(ROUTES.listWorklist.response.safeParse(page).error?.issues ?? []).toEqual([]);
    found.push(...page.rows.map(({ id }) => id));
    after = page.next;
  } while (after !== undefined);
  return found;
};

const answered = (disclosure: DisclosureId, kind: AnswerRecord['kind'], layer?: 'clearinghouse') =>
  stage.services.store.inPractice(stage.context, async ({ answers, transmissions }) => {
    const { transmission } = (await transmissions.ofDisclosures([disclosure])).get(disclosure) ?? {};
    if (transmission === undefined) throw new Error('nothing was sent');
    const answer = { id: randomUUID(), disclosure, transmission, kind, receivedAt: 1, detail: {} };
    await answers.add([{ ...answer, ...(layer === undefined ? {} : { layer }) }]);
  });

describe('queues', () => {
  it('have a held claim under its curer, and near its last day, oldest first', async () => {
    const first = await submitted();
    const second = await submitted();
    const third = await submitted({ daysAgo: 89 });
    const found = await idsIn(billing(), 'needs-release');
    const ours = [first, second, third].map(({ disclosure }) => disclosure);
    expect(found.filter((id) => ours.some((one) => one === id))).toEqual(ours);
    expect(await idsIn(billing(), 'filing-deadline')).toContain(third.disclosure);
    expect(await idsIn(billing(), 'filing-deadline')).not.toContain(first.disclosure);
    expect(await idsIn(billing(), 'gap-chart')).toEqual([]);
  });

  it('tell what the syntax check refused from what the insurer refused, and a duplicate from both', async () => {
    const sent = [];
    for (const _one of [1, 2, 3, 4]) sent.push(await submitted({ released: true }));
    for (const { disclosure } of sent) await stage.dispatch(disclosure);
    const [edit, agent, claim, twice] = sent.map(({ disclosure }) => disclosure);
    if (edit === undefined || agent === undefined || claim === undefined || twice === undefined) throw new Error('few');
    await answered(edit, 'interchange-accepted');
    await answered(edit, 'set-rejected');
    await answered(agent, 'claim-rejected', 'clearinghouse');
    await answered(claim, 'set-accepted');
    await answered(claim, 'claim-rejected');
    await answered(twice, 'interchange-duplicate');
    expect(new Set(await idsIn(billing(), 'edit-failed'))).toEqual(new Set([edit, agent]));
    expect(await idsIn(billing(), 'rejected')).toEqual([claim]);
    expect(await idsIn(billing(), 'duplicate')).toEqual([twice]);
    // The deepest layer that has spoken decides, whatever came first.
    await answered(twice, 'set-accepted');
    expect(await idsIn(billing(), 'duplicate')).toEqual([]);
    await answered(claim, 'claim-accepted');
    expect(await idsIn(billing(), 'rejected')).toEqual([]);
  });

  it('have what the insurer answered and what does not add up, until it answers otherwise', async () => {
    const sent = [];
    for (const _one of [1, 2, 3]) sent.push((await submitted({ released: true })).disclosure);
    const [claim, remittance, settled] = sent;
    if (claim === undefined || remittance === undefined || settled === undefined) throw new Error('few');
    for (const one of sent) await stage.dispatch(one);
    await answered(claim, 'claim-unbalanced');
    await answered(remittance, 'claim-accepted');
    await answered(remittance, 'remittance-unbalanced');
    await answered(settled, 'remittance-unbalanced');
    await answered(settled, 'paid');
    expect(new Set(await idsIn(billing(), 'unbalanced'))).toEqual(new Set([claim, remittance]));
    await answered(claim, 'claim-accepted');
    expect(await idsIn(billing(), 'unbalanced')).toEqual([remittance]);
  });

  it('have what was sent and not heard of, after three days', async () => {
    const { disclosure } = await submitted({ released: true });
    await stage.dispatch(disclosure);
    expect((await stage.record(disclosure)).state).toBe('sent');
    expect(await idsIn(billing(), 'no-answer')).toEqual([]);
    await stage.database.asSuperuser(
      `UPDATE disclosure SET updated_at = updated_at - interval '73 hours' WHERE id = '${disclosure}'`,
    );
    expect(await idsIn(billing(), 'no-answer')).toEqual([disclosure]);
    await answered(disclosure, 'set-rejected');
    expect(await idsIn(billing(), 'no-answer')).toEqual([]);
  });

  it('have releases that end within thirty days', async () => {
    const party = await stage.client('harbor-mutual');
    const release = await stage.release(party.client, 'harbor-mutual', { validUntil: addDays(today(), 20) });
    expect(await idsIn(billing(), 'release-expiring')).toContain(release.id);
    const before = await counts(billing());
    const work = valueOf(await useCases.readWork(billing(), release.id));
    expect(work).toMatchObject({ kind: 'release', version: 0, notes: 0 });
    valueOf(
      await useCases.snoozeWork(billing(), { item: release.id, until: addDays(today(), 2), version: work.version }),
    );
    expect(await idsIn(billing(), 'release-expiring')).not.toContain(release.id);
    expect(await idsIn(billing(), 'release-expiring', { snoozed: true })).toContain(release.id);
    const [open = 0, snoozed = 0] = before['release-expiring'] ?? [];
    expect((await counts(billing()))['release-expiring']).toEqual([open - 1, snoozed + 1]);
  });
});

describe('reach', () => {
  it('of a clinician: nothing about any other client changes a count, a row or a note', async () => {
    const own = await submitted();
    await treat(own.client);
    const before = await counts(clinician());
    const foreign = await submitted();
    expect(await counts(clinician())).toEqual(before);
    expect(await idsIn(clinician(), 'needs-release')).toEqual([own.disclosure]);
    const item = foreign.disclosure;
    const version = 0;
    for (const refused of [
      await useCases.readWork(clinician(), item),
      await useCases.assignWork(clinician(), { item, staff: null, version }),
      await useCases.snoozeWork(clinician(), { item, until: addDays(today(), 1), version }),
      await useCases.listNotes(clinician(), item),
      await useCases.writeNote(clinician(), { item, text: 'x' }, keyed('writeNote', 'x')),
    ])
      expect(codesOf(refused)).toEqual(['not_found']);
    const listed = valueOf(await useCases.listDisclosures(clinician(), { count: 'true' }, { limit: 100 }));
    expect(listed.rows.map(({ id }) => id)).toEqual([own.disclosure]);
    expect(listed.count).toEqual({ counted: 1, more: false });
    const none = asking(stage, ['administrator'], { staff: staff.desk });
    expect(new Set(Object.values(await counts(none)).flat())).toEqual(new Set([0]));
  });

  it('of the one who is to have it is asked too', async () => {
    const { disclosure, client } = await submitted();
    const give = (to: StaffId | null, version = 0) =>
      useCases.assignWork(billing(), { item: disclosure, staff: to, version });
    expect(codesOf(await give(staff.clinician))).toEqual(['assignee_out_of_reach /staff']);
    expect(codesOf(await give(staff.desk))).toEqual(['assignee_out_of_reach /staff']);
    expect(codesOf(await give(randomUUID() as StaffId))).toEqual(['assignee_unknown /staff']);
    await treat(client);
    expect(valueOf(await give(staff.clinician))).toMatchObject({
      assignee: { id: staff.clinician, name: 'Imre Invented' },
      version: 1,
    });
    expect(await idsIn(clinician(), 'needs-release', { scope: 'mine' })).toEqual([disclosure]);
    expect((await counts(clinician(), 'mine'))['needs-release']).toEqual([1, 0]);
    expect(await idsIn(billing(), 'needs-release', { scope: 'mine' })).toEqual([]);
    const program = { ...billing(), actor: `key:${randomUUID()}` };
    expect(await idsIn(program, 'needs-release', { scope: 'mine' })).toEqual([]);
    // Whoever no longer treats the client no longer sees it, assigned or not.
    await stage.database
      .asSuperuser(`UPDATE client_clinician SET ends_on = '${today()}', ended_by = 'x', ended_at = now()
      WHERE client_id = '${client}'`);
    expect(await idsIn(clinician(), 'needs-release', { scope: 'mine' })).toEqual([]);
  });

  it('is of one practice', async () => {
    const other = await Stage.open();
    const { disclosure } = await submitted();
    try {
      const foreign = createUseCases(other.services);
      const context = { ...billing(), practice: other.practice };
      expect(codesOf(await foreign.readWork(context, disclosure))).toEqual(['not_found']);
      const own = { ...billing(), practice: other.practice };
      expect(codesOf(await useCases.readWork(own, disclosure))).toEqual(['not_found']);
    } finally {
      await other.close();
    }
  });
});

describe('work', () => {
  it('changes under its version only, and stands in the ledger', async () => {
    const { disclosure } = await submitted();
    const assign = (version: number) =>
      useCases.assignWork(billing(), { item: disclosure, staff: staff.billing, version });
    const both = await Promise.all([assign(0), assign(0)]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(both.flatMap(codesOf)).toEqual(['precondition_failed']);
    expect(codesOf(await assign(7))).toEqual(['precondition_failed']);
    valueOf(await useCases.snoozeWork(billing(), { item: disclosure, until: addDays(today(), 3), version: 1 }));
    valueOf(
      await useCases.writeNote(billing(), { item: disclosure, text: 'Spoke with the plan.' }, keyed('writeNote', 'a')),
    );
    const entries = await stage.services.store.inPractice(stage.context, ({ ledger }) =>
      ledger.page({ disclosure }, { limit: 100 }),
    );
    const kinds = entries.rows.map(({ entry }) => [entry.kind, entry.actor, entry.codes ?? []]);
    const actor = `staff:${staff.billing}`;
    expect(kinds.slice(0, 3)).toEqual([
      ['work-noted', actor, []],
      ['work-snoozed', actor, [addDays(today(), 3)]],
      ['work-assigned', actor, [staff.billing]],
    ]);
  });

  it('is put off until a day to come, and out of the counts until then', async () => {
    const { disclosure } = await submitted();
    const snooze = (until: ReturnType<typeof today> | null, version: number) =>
      useCases.snoozeWork(billing(), { item: disclosure, until, version });
    expect(codesOf(await snooze(today(), 0))).toEqual(['day_not_to_come /until']);
    const [open = 0, snoozed = 0] = (await counts(billing()))['needs-release'] ?? [];
    valueOf(await snooze(addDays(today(), 1), 0));
    expect((await counts(billing()))['needs-release']).toEqual([open - 1, snoozed + 1]);
    expect(await idsIn(billing(), 'needs-release')).not.toContain(disclosure);
    expect(await idsIn(billing(), 'needs-release', { snoozed: true })).toContain(disclosure);
    // The day has come.
    await stage.database.asSuperuser(
      `UPDATE work_item SET snoozed_until = (now() AT TIME ZONE 'UTC')::date WHERE id = '${disclosure}'`,
    );
    expect(await idsIn(billing(), 'needs-release')).toContain(disclosure);
    valueOf(await snooze(null, 1));
    expect(valueOf(await useCases.readWork(billing(), disclosure))).toMatchObject({ version: 2 });
  });

  it('has notes, once under a key, which go with the client’s key', async () => {
    const { disclosure, client } = await submitted();
    const note = { item: disclosure, text: 'Called.\nThey will look.' };
    const key = randomUUID();
    const write = () => useCases.writeNote(billing(), note, keyed('writeNote', note, key));
    const first = valueOf(await write());
    expect(valueOf(await write())).toEqual({ ...first, replayed: true });
    const second = { item: disclosure, text: 'They looked.' };
    valueOf(await useCases.writeNote(billing(), second, keyed('writeNote', second)));
    const notes = valueOf(await useCases.listNotes(billing(), disclosure));
    expect(ROUTES.listNotes.response.safeParse({ rows: notes }).error?.issues ?? []).toEqual([]);
    expect(notes.map(({ text, authorName }) => [text, authorName])).toEqual([
      ['They looked.', 'Bo Ledger'],
      ['Called.\nThey will look.', 'Bo Ledger'],
    ]);
    expect(valueOf(await useCases.readWork(billing(), disclosure))).toMatchObject({ notes: 2, version: 0 });
    const clients = await stage.services.store.inPractice(stage.context, (one) => one.clients.byIds([client]));
    const before = await counts(billing());
    valueOf(await forgetClient(stage.services, stage.context, clients.get(client)?.code ?? ''));
    expect(codesOf(await useCases.listNotes(billing(), disclosure))).toEqual(['not_found']);
    const [open = 0] = before['needs-release'] ?? [];
    expect((await counts(billing()))['needs-release']?.[0]).toBe(open - 1);
    const [row] = await stage.database.asSuperuser(
      `SELECT first_service_on, last_service_on, total, filing_deadline FROM disclosure WHERE id = '${disclosure}'`,
    );
    expect(row).toEqual({ first_service_on: null, last_service_on: null, total: null, filing_deadline: null });
  });
});

describe('the list of staff', () => {
  it('has names and roles, and nothing of how they sign in', async () => {
    const rows = valueOf(await useCases.listStaff(billing()));
    expect(ROUTES.listStaff.response.safeParse({ rows }).error?.issues ?? []).toEqual([]);
    expect(rows).toContainEqual({ id: staff.billing, name: 'Bo Ledger', roles: ['billing'] });
    expect(JSON.stringify(rows)).not.toContain('someone');
  });
});
