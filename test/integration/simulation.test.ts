import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { draftRelease, type ReleaseDraft } from '#libs/application';
import { routeOf } from '#libs/contracts';
import { type ClientId, type ClinicianId, type ReleaseId } from '#libs/kernel';
import type { UseCases } from '../../apps/api/use-cases.js';
import type { RequestContext } from '../../apps/api/use-cases/asked.js';
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

const as = (roles: RequestContext['roles'], clinician?: ClinicianId) => asking(stage, roles, { clinician });

const draft = async (client: ClientId, change: Partial<ReleaseDraft> = {}): Promise<ReleaseId> => {
  const drafted = await draftRelease(stage.services, stage.context, {
    client,
    draft: { ...stage.terms('harbor-mutual'), ...change },
  });
  return valueOf(drafted).id;
};

const contents = async (): Promise<Readonly<Record<string, string>>> => {
  const tables = await stage.database.asSuperuser(
    `SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY relname`,
  );
  const counts: Record<string, string> = {};
  for (const { relname } of tables) {
    const [row] = await stage.database.asSuperuser(
      `SELECT count(*)::text || ':' || coalesce(sum(hashtext(t::text)), 0)::text AS content FROM ${String(relname)} t`,
    );
    counts[String(relname)] = String(row?.['content']);
  }
  return counts;
};

const fieldsOf = (rows: readonly { readonly field: string }[]): readonly string[] => rows.map(({ field }) => field);

describe('simulating a draft release', () => {
  it('says of the last ninety days what would go that is held now, and keeps only that somebody asked', async () => {
    const party = await stage.client('harbor-mutual', { lastName: 'Canarysson' });
    await stage.release(party.client, 'harbor-mutual', { preset: 'receipt-only' });
    const held = await stage.submit(stage.invoice(party));
    expect(held.status).toBe('held');
    const release = await draft(party.client);
    const before = await contents();
    const told = valueOf(
      await useCases.simulateRelease(as(['privacy-officer']), release, { supersedes: await only(party.client) }),
    );
    const after = await contents();
    expect(Object.keys(before).filter((table) => before[table] !== after[table])).toEqual([
      'ledger_block',
      'ledger_entry',
      'ledger_head',
    ]);
    expect(routeOf('simulateRelease').response?.safeParse(told).error?.issues ?? []).toEqual([]);
    expect(told.before).toMatchObject({ goes: 0, held: 1 });
    expect(told.after).toMatchObject({ goes: 1, held: 0, fields: { gaps: 0 } });
    expect(told.before.fields.gaps).toBeGreaterThan(0);
    expect(fieldsOf(told.newlyGoes)).toContain('diagnosis.primary');
    expect(told.newlyStays).toEqual([]);
    expect(told.documents).toHaveLength(1);
    expect(told.documents[0]).toMatchObject({
      disclosure: held.disclosure,
      before: { outcome: 'held' },
      after: { outcome: 'goes', gaps: 0 },
    });
    const words = JSON.stringify(told);
    for (const value of ['F331', '90834', 'Ottilie', 'Canarysson', 'ZZ000111', '1991-09-30'])
      expect(words).not.toContain(value);
    // It was simulated and not signed.
    expect((await stage.record(held.disclosure)).state).toBe('held');
    const [entry] = await stage.database.asSuperuser(
      'SELECT body FROM ledger_entry ORDER BY height DESC, position DESC LIMIT 1',
    );
    expect(JSON.parse(String(entry?.['body']))).toMatchObject({
      kind: 'release-simulated',
      client: party.client,
      subject: release,
      codes: ['documents:1'],
    });
  });

  it('decides as signing does', async () => {
    const party = await stage.client('harbor-mutual');
    const held = await stage.submit(stage.invoice(party));
    const release = await draft(party.client);
    const told = valueOf(await useCases.simulateRelease(as(['billing']), release, {}));
    expect(told.documents[0]?.after.outcome).toBe('goes');
    await stage.release(party.client, 'harbor-mutual');
    expect((await stage.record(held.disclosure)).state).toBe('ready');
  });

  it('says what newly stays, and that two papers without a relation are ambiguous', async () => {
    const party = await stage.client('harbor-mutual');
    await stage.release(party.client, 'harbor-mutual');
    const goes = await stage.submit(stage.invoice(party));
    expect(goes.status).toBe('ready');
    const narrow = await draft(party.client, { preset: 'receipt-only' });
    const replaced = valueOf(
      await useCases.simulateRelease(as(['billing']), narrow, { supersedes: await only(party.client) }),
    );
    expect(replaced.documents[0]).toMatchObject({ before: { outcome: 'goes' }, after: { outcome: 'held' } });
    expect(fieldsOf(replaced.newlyStays)).toContain('diagnosis.primary');
    const unrelated = valueOf(await useCases.simulateRelease(as(['billing']), narrow, {}));
    expect(unrelated.after).toMatchObject({ goes: 0, held: 1 });
    const added = valueOf(
      await useCases.simulateRelease(as(['billing']), narrow, { addsTo: await only(party.client) }),
    );
    expect(added.after).toMatchObject({ goes: 1 });
  });

  it('looks at ninety days and no more, and at nothing that was cancelled', async () => {
    const party = await stage.client('harbor-mutual');
    const lines = (days: number) => {
      const content = stage.invoice(party);
      if (content.kind !== 'invoice') throw new Error('it is an invoice');
      return { number: `INV-${days}`, lines: content.invoice.lines.map((line) => ({ ...line, date: ago(days) })) };
    };
    await stage.submit(stage.invoice(party, lines(91)));
    const last = await stage.submit(stage.invoice(party, lines(90)));
    const cancelled = await stage.submit(stage.invoice(party, lines(20)));
    valueOf(await useCases.cancelDisclosure(as(['billing']), { disclosure: cancelled.disclosure }));
    const told = valueOf(await useCases.simulateRelease(as(['billing']), await draft(party.client), {}));
    expect(told.documents.map(({ disclosure }) => disclosure)).toEqual([last.disclosure]);
    expect([told.from, told.to, told.truncated]).toEqual([ago(90), ago(0), false]);
  });

  it('is refused for what is signed, what lacks an element, another client’s paper, and out of reach', async () => {
    const party = await stage.client('harbor-mutual');
    const other = await stage.client('harbor-mutual');
    await stage.release(other.client, 'harbor-mutual');
    const codes = async (asking: ReturnType<UseCases['simulateRelease']>) => {
      const answer = await asking;
      return answer.ok ? [] : answer.issues.map(({ code }) => code);
    };
    const signed = await only(other.client);
    const officer = as(['privacy-officer']);
    expect(await codes(useCases.simulateRelease(officer, signed, {}))).toEqual(['already_signed']);
    const bare = await draft(party.client, { statements: [] });
    expect(await codes(useCases.simulateRelease(officer, bare, {}))).toContain('element_missing:statement.revocation');
    const whole = await draft(party.client);
    expect(await codes(useCases.simulateRelease(officer, whole, { supersedes: signed }))).toEqual(['not_found']);
    expect(await codes(useCases.simulateRelease(as(['clinician'], stage.clinicians.jersey), whole, {}))).toEqual([
      'not_found',
    ]);
  });
});

/** The one signed release of a client. */
const only = async (client: ClientId): Promise<ReleaseId> => {
  const releases = await stage.services.store.inPractice(stage.context, ({ authority }) => authority.releases(client));
  const signed = releases.find(({ status }) => status === 'signed');
  if (signed === undefined) throw new Error('nothing is signed');
  return signed.id;
};
