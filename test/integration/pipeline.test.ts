import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  explainDisclosure,
  listDisclosures,
  preview,
  restrict,
  revokeRelease,
  relateReleases,
  chooseReading,
  makeChoice,
} from '#libs/application';
import { plainDate, centsOf } from '#libs/kernel';
import { ago, Stage, valueOf } from '../support/stage.js';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open();
});

afterAll(async () => {
  await stage.close();
});

const statusOf = async (id: Awaited<ReturnType<Stage['submit']>>['disclosure']) => {
  const shown = valueOf(await explainDisclosure(stage.services, stage.context, id));
  return shown.summary.status;
};

describe('an invoice goes through to the insurer and back', () => {
  it('works off one of two requests under the same key in the same breath, and tells the other to ask again', async () => {
    const party = await stage.client('harbor-mutual');
    await stage.release(party.client, 'harbor-mutual');
    const idempotency = { principal: 'p', route: 'r', key: 'k', fingerprint: 'f'.repeat(64), status: 202 };
    const content = stage.invoice(party);
    const submit = () => stage.intakes.submit({ context: stage.context, content, idempotency });
    const [one, other] = await Promise.all([submit(), submit()]);
    expect(one.ok).toBe(true);
    expect(other.ok ? [] : other.issues.map(({ code }) => code)).toEqual(['idempotency_in_progress']);
    expect(await submit()).toMatchObject({ ok: true, value: { kind: 'replayed' } });
  });

  it('takes a claim in US dollars alone, and a statement in either', async () => {
    const inCanada = async (insurer: 'harbor-mutual' | 'maple-extended') => {
      const party = await stage.client(insurer);
      await stage.release(party.client, insurer);
      const made = await stage.trySubmit(stage.invoice(party, { currency: 'CAD' }));
      return made.ok ? made.value.accepted.status : made.issues.map(({ code, path }) => `${code} ${path}`);
    };
    expect(await inCanada('harbor-mutual')).toEqual(['currency_not_for_format /currency']);
    expect(await inCanada('maple-extended')).toBe('ready');
  });

  it('is accepted, permitted, sent, acknowledged and paid, and its preview has the digest of what was sent', async () => {
    const party = await stage.client('harbor-mutual');
    await stage.release(party.client, 'harbor-mutual');
    const content = stage.invoice(party);
    const shown = valueOf(await preview(stage.services, { context: stage.context, content }));
    const accepted = await stage.submit(content);
    expect(accepted.status).toBe('ready');
    expect(await stage.dispatch(accepted.disclosure)).toMatchObject({ permitted: 1, accepted: 1 });
    expect((await stage.record(accepted.disclosure)).state).toBe('sent');
    const explained = valueOf(await explainDisclosure(stage.services, stage.context, accepted.disclosure));
    expect(explained.transmission?.contentDigest).toBe(shown.shown.view.contentDigest);
    expect(explained.replays).toBe(true);
    const bodies = await stage.received('harbor-mutual');
    expect(bodies.at(-1)).toContain('NM1*IL*1*VANTONGEREN*OTTILIE');
    await expect
      .poll(async () => (await stage.collect(), statusOf(accepted.disclosure)), { timeout: 5_000 })
      .toBe('paid');
  });

  it('sends the same document once, however often it is hinted at', async () => {
    const party = await stage.client('harbor-mutual');
    await stage.release(party.client, 'harbor-mutual');
    const accepted = await stage.submit(stage.invoice(party));
    await Promise.all([
      stage.dispatch(accepted.disclosure),
      stage.dispatch(accepted.disclosure),
      stage.dispatch(accepted.disclosure),
    ]);
    await stage.dispatch(accepted.disclosure);
    expect((await stage.judgement()).totals.doubled).toBe(0);
    expect((await stage.record(accepted.disclosure)).attempts).toBe(1);
  });

  it('numbers lines so that a number tells neither its place nor its claim, and answers find the claim', async () => {
    const numbers = new Map<string, readonly string[]>();
    for (const _claim of [1, 2]) {
      const party = await stage.client('harbor-mutual');
      await stage.release(party.client, 'harbor-mutual');
      const lines = [11, 10].map((days, index) => ({
        ...{ id: `L${index + 1}`, date: ago(days), procedure: '90834', modifiers: [], units: 1 },
        ...{ charge: centsOf(14_000), pointers: ['D1'], character: 'individual' as const },
      }));
      const { disclosure } = await stage.submit(stage.invoice(party, { lines, total: centsOf(28_000) }));
      await stage.dispatch(disclosure);
      const body = (await stage.received('harbor-mutual')).at(-1) ?? '';
      const claim = /~CLM\*([^*]+)/.exec(body)?.[1] ?? '';
      numbers.set(
        claim,
        [...body.matchAll(/REF\*6R\*([^~]+)/g)].map((found) => found[1] ?? ''),
      );
      await expect.poll(async () => (await stage.collect(), statusOf(disclosure)), { timeout: 5_000 }).toBe('paid');
    }
    const all = [...numbers.values()].flat();
    expect(all).toHaveLength(4);
    expect(new Set(all).size).toBe(4);
    for (const [claim, lines] of numbers)
      for (const line of lines) {
        expect(line).toMatch(/^N\d{9}$/);
        expect(line).not.toContain(claim.slice(1));
      }
    const [first, second] = [...numbers.values()];
    expect(first?.map((line) => line.slice(-2))).not.toEqual(second?.map((line) => line.slice(-2)));
  });

  it('says that the practice takes assignment only where it recorded so for this insurer', async () => {
    const said: Record<string, string | undefined> = {};
    for (const insurer of ['harbor-mutual', 'juniper-life'] as const) {
      const party = await stage.client(insurer);
      await stage.release(party.client, insurer);
      const { disclosure } = await stage.submit(stage.invoice(party));
      await stage.dispatch(disclosure);
      const body = (await stage.received(insurer)).at(-1) ?? '';
      said[insurer] = /~CLM\*(?:[^*~]*\*){6}([^*~]*)/.exec(body)?.[1];
    }
    expect(said).toEqual({ 'harbor-mutual': 'A', 'juniper-life': 'C' });
  });

  it('refuses a second invoice for the same service', async () => {
    const party = await stage.client('harbor-mutual');
    await stage.release(party.client, 'harbor-mutual');
    await stage.submit(stage.invoice(party));
    expect(await stage.trySubmit(stage.invoice(party, { number: 'INV-2' }))).toMatchObject({
      ok: false,
      issues: [{ code: 'duplicate_service' }],
    });
  });
});

describe('holds, and what cures them', () => {
  it('no release: held for the client; signing lets it go by itself', async () => {
    const party = await stage.client('harbor-mutual');
    const accepted = await stage.submit(stage.invoice(party));
    expect(accepted).toMatchObject({ status: 'held', cause: 'no_release', curer: 'client' });
    await stage.release(party.client, 'harbor-mutual');
    expect((await stage.record(accepted.disclosure)).state).toBe('ready');
    expect(await stage.dispatch(accepted.disclosure)).toMatchObject({ accepted: 1 });
  });

  it('revoked while queued: nothing goes', async () => {
    const party = await stage.client('harbor-mutual');
    const release = await stage.release(party.client, 'harbor-mutual');
    const accepted = await stage.submit(stage.invoice(party));
    const before = (await stage.received('harbor-mutual')).length;
    valueOf(await revokeRelease(stage.services, stage.context, { release: release.id, channel: 'fax' }));
    expect(await stage.dispatch(accepted.disclosure)).toMatchObject({ permitted: 0 });
    expect(await stage.record(accepted.disclosure)).toMatchObject({ state: 'held', cause: 'revoked' });
    expect((await stage.received('harbor-mutual')).length).toBe(before);
  });

  it('dates and fees only: the claim holds, and a smaller format goes to a plan that takes it', async () => {
    const party = await stage.client('juniper-life');
    await stage.release(party.client, 'juniper-life', { preset: 'receipt-only' });
    const accepted = await stage.submit(stage.invoice(party));
    expect(accepted).toMatchObject({ status: 'held', cause: 'field_not_granted', curer: 'client' });
    const chosen = valueOf(
      await makeChoice(stage.services, stage.context, {
        disclosure: accepted.disclosure,
        choice: { kind: 'smaller-format', format: 'statement' },
      }),
    );
    expect(chosen.state).toBe('ready');
    expect((await stage.record(accepted.disclosure)).state).toBe('superseded');
    await stage.dispatch(chosen.disclosure);
    const body = (await stage.received('juniper-life')).at(-1) ?? '';
    expect(body.startsWith('%PDF')).toBe(true);
    expect(body).not.toContain('F331');
    expect(body).not.toContain('F33.1');
  });

  it('a smaller format is chosen once, however often somebody clicks', async () => {
    const party = await stage.client('juniper-life');
    await stage.release(party.client, 'juniper-life', { preset: 'receipt-only' });
    const { disclosure } = await stage.submit(stage.invoice(party));
    const smaller = () =>
      makeChoice(stage.services, stage.context, {
        disclosure,
        choice: { kind: 'smaller-format', format: 'statement' },
      });
    const clicks = await Promise.all([smaller(), smaller(), smaller()]);
    expect(clicks.filter((one) => one.ok)).toHaveLength(1);
    expect(clicks.flatMap((one) => (one.ok ? [] : one.issues.map(({ code }) => code)))).toEqual([
      'not_held',
      'not_held',
    ]);
  });

  it('New Jersey by its letter holds for the practice; choosing the reading lets it go', async () => {
    const party = await stage.client('harbor-mutual');
    await stage.release(party.client, 'harbor-mutual');
    const accepted = await stage.submit(stage.invoice(party, { clinician: stage.clinicians.jersey }));
    expect(accepted).toMatchObject({ status: 'held', curer: 'practice' });
    const chosen = valueOf(
      await chooseReading(stage.services, stage.context, {
        ceiling: 'us-nj-45-14b-32',
        choice: { reading: 'nj-transaction-is-administrative', version: '1' },
        signedBy: stage.officer,
      }),
    );
    expect(chosen.resumed).toBeGreaterThan(0);
    expect((await stage.record(accepted.disclosure)).state).toBe('ready');
  });

  it('an ambiguous pair waits for a person', async () => {
    const party = await stage.client('maple-extended');
    const older = await stage.release(party.client, 'maple-extended', { preset: 'receipt-only' });
    const newer = await stage.release(party.client, 'maple-extended', { preset: 'claim-basic' });
    const accepted = await stage.submit(stage.invoice(party), 'statement');
    expect(accepted).toMatchObject({ status: 'held', cause: 'ambiguous_releases', curer: 'practice' });
    valueOf(await relateReleases(stage.services, stage.context, { newer: newer.id, older: older.id, kind: 'adds_to' }));
    expect((await stage.record(accepted.disclosure)).state).toBe('ready');
  });

  it('a line paid in full is dropped from a statement, and nothing adds it up', async () => {
    const party = await stage.client('maple-extended');
    await stage.release(party.client, 'maple-extended', { preset: 'receipt-only' });
    const line = { procedure: '90834', modifiers: [], units: 1, pointers: ['D1'], character: 'individual' as const };
    valueOf(
      await restrict(stage.services, stage.context, {
        client: party.client,
        restriction: { kind: 'paid-in-full', serviceDates: [ago(9)] },
      }),
    );
    const accepted = await stage.submit(
      stage.invoice(party, {
        lines: [
          { ...line, id: 'L1', date: ago(10), charge: centsOf(14_000) },
          { ...line, id: 'L2', date: ago(9), charge: centsOf(17_700) },
        ],
        total: centsOf(31_700),
      }),
      'statement',
    );
    expect(accepted.status).toBe('ready');
    await stage.dispatch(accepted.disclosure);
    const body = (await stage.received('maple-extended')).at(-1) ?? '';
    expect(body.startsWith('%PDF')).toBe(true);
    expect(body).not.toContain('177.00');
    expect(body).not.toContain('317.00');
  });
});

describe('a managed-care report', () => {
  it('goes with the clinician’s level in the place of the narrative, and an age in the place of a birth date', async () => {
    const party = await stage.client('cobalt-valley-hmo');
    await stage.release(party.client, 'cobalt-valley-hmo', { preset: 'treatment-report-min' });
    const accepted = await stage.submit(stage.report(party));
    expect(accepted.status).toBe('ready');
    expect(await stage.dispatch(accepted.disclosure)).toMatchObject({ accepted: 1 });
    const body = (await stage.received('cobalt-valley-hmo')).at(-1) ?? '';
    expect(body).toContain('severe');
    expect(body).not.toContain('CANARY');
    expect(body).not.toContain('Vantongeren');
    await expect
      .poll(async () => (await stage.collect(), statusOf(accepted.disclosure)), { timeout: 5_000 })
      .toBe('approved');
  });

  it('does not go on a release for invoices', async () => {
    const party = await stage.client('cobalt-valley-hmo');
    await stage.release(party.client, 'cobalt-valley-hmo', { preset: 'claim-basic' });
    expect(await stage.submit(stage.report(party))).toMatchObject({ status: 'held', cause: 'purpose_not_granted' });
  });
});

describe('what may have gone', () => {
  it('an insurer that recognises the key gets the same bytes again, and adjudicates once', async () => {
    const party = await stage.client('harbor-mutual');
    await stage.release(party.client, 'harbor-mutual');
    const accepted = await stage.submit(stage.invoice(party));
    await stage.behave('harbor-mutual', { mode: 'lossy', every: 1 });
    await stage.dispatch(accepted.disclosure);
    expect((await stage.record(accepted.disclosure)).state).toBe('unknown');
    await stage.behave('harbor-mutual', { mode: 'answers' });
    await stage.dispatch(accepted.disclosure);
    expect((await stage.record(accepted.disclosure)).state).toBe('sent');
    expect((await stage.judgement()).totals.doubled).toBe(0);
  });

  it('an insurer that can be asked is asked', async () => {
    const party = await stage.client('cobalt-valley-hmo');
    await stage.release(party.client, 'cobalt-valley-hmo');
    const accepted = await stage.submit(stage.invoice(party));
    await stage.behave('cobalt-valley-hmo', { mode: 'silent', scope: 'submissions' });
    await stage.dispatch(accepted.disclosure);
    expect((await stage.record(accepted.disclosure)).state).toBe('unknown');
    await stage.dispatch(accepted.disclosure);
    expect((await stage.record(accepted.disclosure)).state).toBe('sent');
    await stage.behave('cobalt-valley-hmo', { mode: 'answers' });
    expect((await stage.judgement()).totals.doubled).toBe(0);
  });

  it('any other is never sent to twice: a person decides', async () => {
    const party = await stage.client('granite-plan');
    await stage.release(party.client, 'granite-plan');
    const accepted = await stage.submit(stage.invoice(party));
    await stage.behave('granite-plan', { mode: 'silent', scope: 'submissions' });
    await stage.dispatch(accepted.disclosure);
    await stage.dispatch(accepted.disclosure);
    expect(await stage.record(accepted.disclosure)).toMatchObject({
      state: 'parked',
      cause: 'outcome_unknown',
      attempts: 1,
    });
    expect((await stage.received('granite-plan')).length).toBe(1);
    await stage.behave('granite-plan', { mode: 'answers' });
    const again = { disclosure: accepted.disclosure, choice: { kind: 'send-again' as const } };
    expect(valueOf(await makeChoice(stage.services, stage.context, again)).state).toBe('sealed');
    await stage.dispatch(accepted.disclosure);
    const [first, second] = await stage.received('granite-plan');
    expect(second).toBe(first);
  });

  it('revoked after an ambiguous attempt: it is not sent again', async () => {
    const party = await stage.client('harbor-mutual');
    const release = await stage.release(party.client, 'harbor-mutual');
    const accepted = await stage.submit(stage.invoice(party));
    await stage.behave('harbor-mutual', { mode: 'lossy', every: 1 });
    await stage.dispatch(accepted.disclosure);
    await stage.behave('harbor-mutual', { mode: 'answers' });
    const before = (await stage.received('harbor-mutual')).length;
    valueOf(await revokeRelease(stage.services, stage.context, { release: release.id, channel: 'fax' }));
    await stage.dispatch(accepted.disclosure);
    expect(await stage.record(accepted.disclosure)).toMatchObject({ state: 'parked', cause: 'outcome_unknown' });
    expect((await stage.received('harbor-mutual')).length).toBe(before);
  });

  it('an insurer that is down is tried again, with the same bytes', async () => {
    const party = await stage.client('juniper-life');
    await stage.release(party.client, 'juniper-life');
    const accepted = await stage.submit(stage.invoice(party));
    await stage.behave('juniper-life', { mode: 'down' });
    await stage.dispatch(accepted.disclosure);
    expect((await stage.record(accepted.disclosure)).state).toBe('sealed');
    const first = valueOf(await explainDisclosure(stage.services, stage.context, accepted.disclosure)).transmission
      ?.digest;
    await stage.behave('juniper-life', { mode: 'answers' });
    await expect
      .poll(async () => (await stage.dispatch(accepted.disclosure), (await stage.record(accepted.disclosure)).state), {
        timeout: 5_000,
      })
      .toBe('sent');
    expect(
      valueOf(await explainDisclosure(stage.services, stage.context, accepted.disclosure)).transmission?.digest,
    ).toBe(first);
  });
});

describe('what was sealed before a hold', () => {
  it('never attempted, held, cured: it goes, and keeps none of its neighbours', async () => {
    const party = await stage.client('juniper-life');
    const older = await stage.release(party.client, 'juniper-life');
    const accepted = await stage.submit(stage.invoice(party));
    await stage.behave('juniper-life', { mode: 'down' });
    await stage.dispatch(accepted.disclosure);
    expect((await stage.record(accepted.disclosure)).state).toBe('sealed');
    await stage.behave('juniper-life', { mode: 'answers' });
    valueOf(await revokeRelease(stage.services, stage.context, { release: older.id, channel: 'fax' }));
    await expect
      .poll(async () => (await stage.dispatch(accepted.disclosure), (await stage.record(accepted.disclosure)).state), {
        timeout: 5_000,
      })
      .toBe('held');
    await stage.release(party.client, 'juniper-life', {}, { kind: 'supersedes', older: older.id });
    expect((await stage.record(accepted.disclosure)).state).toBe('ready');
    const other = await stage.client('juniper-life');
    await stage.release(other.client, 'juniper-life');
    const neighbour = await stage.submit(stage.invoice(other));
    await expect
      .poll(
        async () => {
          await stage.dispatch(accepted.disclosure, neighbour.disclosure);
          return [(await stage.record(accepted.disclosure)).state, (await stage.record(neighbour.disclosure)).state];
        },
        { timeout: 8_000 },
      )
      .toEqual(['sent', 'sent']);
    expect((await stage.judgement()).totals.doubled).toBe(0);
  });

  it('a ceiling held it as blocked: choosing the reading lets it go all the same', async () => {
    const party = await stage.client('harbor-mutual');
    await stage.release(party.client, 'harbor-mutual');
    const nj = 'us-nj-45-14b-32';
    valueOf(
      await chooseReading(stage.services, stage.context, { ceiling: nj, choice: 'literal', signedBy: stage.officer }),
    );
    const accepted = await stage.submit(stage.invoice(party, { clinician: stage.clinicians.jersey }));
    expect(accepted.status).toBe('blocked');
    const choice = { reading: 'nj-transaction-is-administrative', version: '1' };
    valueOf(await chooseReading(stage.services, stage.context, { ceiling: nj, choice, signedBy: stage.officer }));
    expect((await stage.record(accepted.disclosure)).state).toBe('ready');
  });
});

describe('the ledger', () => {
  it('has an entry for every step and verifies', async () => {
    const verified = await stage.services.store.inPractice(stage.context, ({ ledger }) => ledger.verify());
    expect(verified.broken).toBeUndefined();
    expect(verified.entries).toBeGreaterThan(50);
    const all = await listDisclosures(stage.services, stage.context, { filter: {}, page: { limit: 100 } });
    expect(all.rows.every((one) => one.nextStep.length > 0)).toBe(true);
    expect(plainDate('2026-01-01')).toBe('2026-01-01');
  });
});
