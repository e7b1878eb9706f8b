import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { addCoverage, correctionIn, explainDisclosure, makeChoice } from '#libs/application';
import type { Adjudication, Invoice, PriorPayer } from '#libs/billing';
import type { CorrectionKind } from '#libs/disclosure';
import { centsOf, type ClientId, type CoverageId, type DisclosureId } from '#libs/kernel';
import { ago, type Played, Stage, valueOf } from '../support/stage.js';

const FIRST = 'harbor-mutual';
const SECOND = 'cobalt-valley-hmo';

interface Covered {
  readonly client: ClientId;
  readonly first: CoverageId;
  readonly second: CoverageId;
}

let stage: Stage;
let numbered = 0;

const cover = async (client: ClientId, insurer: Played, memberId: string): Promise<CoverageId> =>
  valueOf(
    await addCoverage(stage.services, stage.context, {
      client,
      insurer: stage.insurer(insurer).id,
      terms: { memberId, relationship: 'self' },
      funding: 'fully-insured',
      fundingEvidence: true,
      assignmentSigned: true,
    }),
  ).id;

/** A client with two insurers, and a release for each. */
const covered = async (presets: { readonly second?: string } = {}): Promise<Covered> => {
  const { client, coverage } = await stage.client(FIRST);
  const second = await cover(client, SECOND, 'CV880001');
  await stage.release(client, FIRST);
  await stage.release(client, SECOND, { preset: presets.second ?? 'claim-secondary' });
  return { client, first: coverage, second };
};

const bill = (client: ClientId, coverage: CoverageId, priorPayer?: PriorPayer) => {
  numbered += 1;
  const change: Partial<Invoice> = { number: `CB-${numbered}`, ...(priorPayer ? { priorPayer } : {}) };
  return stage.invoice({ client, coverage }, change);
};

const statusOf = async (disclosure: DisclosureId): Promise<string> =>
  valueOf(await explainDisclosure(stage.services, stage.context, disclosure)).summary.status;

/** Collects until the insurer has said what it wants of one claim. */
const settled = (disclosure: DisclosureId, status: string): Promise<void> =>
  vi.waitFor(
    async () => {
      await stage.collect();
      expect(await statusOf(disclosure)).toBe(status);
    },
    { timeout: 5_000 },
  );

const lastAt = async (insurer: Played): Promise<string> => (await stage.received(insurer)).at(-1) ?? '';

beforeAll(async () => {
  stage = await Stage.open();
});

afterAll(async () => {
  await stage.close();
});

describe('a claim to the second of two insurers', () => {
  it('waits for the first one’s remittance, resumes by itself, and says what it decided', async () => {
    const { client, first, second } = await covered();
    const primary = await stage.submit(bill(client, first));
    const secondary = await stage.submit(bill(client, second, { coverage: first, claim: primary.disclosure }));
    expect(secondary).toMatchObject({ status: 'held', cause: 'cob_unsupported', curer: 'office' });

    await stage.dispatch(primary.disclosure);
    await settled(primary.disclosure, 'paid');
    expect((await stage.record(secondary.disclosure)).state).toBe('ready');

    await stage.dispatch(secondary.disclosure);
    await settled(secondary.disclosure, 'paid');
    const text = await lastAt(SECOND);
    expect(text).toMatch(/~SBR\*S\*18\*/);
    expect(text).toMatch(
      /~SBR\*P\*18\*{7}CI~AMT\*D\*112~OI\*{3}Y\*{3}Y~NM1\*IL\*1\*VANTONGEREN\*OTTILIE\*{4}MI\*ZZ000111~NM1\*PR\*2\*HARBOR MUTUAL HEALTH\*{5}PI\*HRBM1~REF\*F8\*/,
    );
    expect(text).toMatch(
      /~SVD\*HRBM1\*112\*HC:90834\*\*1~CAS\*CO\*45\*14~CAS\*PR\*3\*14~DTP\*573\*D8\*\d{8}~AMT\*EAF\*14~SE/,
    );
    expect(await lastAt(FIRST)).not.toMatch(/SBR\*S|CV880001|COBALT|CBLT7|SVD|~OI/);
  });

  it('holds for the client where the release grants a claim and not the other insurer', async () => {
    const { client, first, second } = await covered({ second: 'claim-basic' });
    const primary = await stage.submit(bill(client, first));
    await stage.dispatch(primary.disclosure);
    await settled(primary.disclosure, 'paid');
    const before = (await stage.received(SECOND)).length;
    const held = await stage.submit(bill(client, second, { coverage: first, claim: primary.disclosure }));
    expect(held).toMatchObject({ status: 'held', cause: 'field_not_granted', curer: 'client' });
    expect((await stage.received(SECOND)).length).toBe(before);
  });

  it('goes on what the office read off a paper', async () => {
    const { client, first, second } = await covered();
    const adjudication: Adjudication = {
      adjudicatedOn: ago(2),
      paid: centsOf(0),
      adjustments: [],
      lines: [{ line: 'L1', paid: centsOf(0), adjustments: [{ group: 'PR', reason: '1', amount: centsOf(14_000) }] }],
    };
    const { disclosure } = await stage.submit(bill(client, second, { coverage: first, adjudication }));
    await stage.dispatch(disclosure);
    expect(await lastAt(SECOND)).toMatch(/~AMT\*D\*0~.*~SVD\*HRBM1\*0\*HC:90834\*\*1~CAS\*PR\*1\*140~/);
  });

  it('refuses another client’s coverage, another’s claim, and the claim to another insurer', async () => {
    const one = await covered();
    const other = await covered();
    const primary = await stage.submit(bill(other.client, other.first));
    const own = await stage.submit(bill(one.client, one.first));
    const refused = async (priorPayer: PriorPayer): Promise<unknown> => {
      const result = await stage.trySubmit(bill(one.client, one.second, priorPayer));
      return result.ok ? 'accepted' : result.issues.map(({ code, path }) => `${code} ${path}`);
    };
    expect(await refused({ coverage: other.first })).toEqual(['unknown_reference /priorPayer/coverage']);
    expect(await refused({ coverage: one.first, claim: primary.disclosure })).toEqual([
      'unknown_reference /priorPayer/claim',
    ]);
    const third = await cover(one.client, 'juniper-life', 'JL1');
    expect(await refused({ coverage: third, claim: own.disclosure })).toEqual(['unknown_reference /priorPayer/claim']);
  });

  it('never takes what was decided on another service for its own', async () => {
    const { client, first, second } = await covered();
    const primary = await stage.submit(bill(client, first));
    await stage.dispatch(primary.disclosure);
    await settled(primary.disclosure, 'paid');
    const content = bill(client, second, { coverage: first, claim: primary.disclosure });
    if (content.kind !== 'invoice') throw new Error('an invoice');
    const [line] = content.invoice.lines;
    if (line === undefined) throw new Error('a line');
    const dearer = { ...line, charge: centsOf(15_000) };
    const held = await stage.submit({
      kind: 'invoice',
      invoice: { ...content.invoice, lines: [dearer], total: centsOf(15_000) },
    });
    expect(held).toMatchObject({ status: 'held', cause: 'cob_unsupported', curer: 'office' });
  });
});

describe('a first claim that is corrected', () => {
  const HELD = { state: 'held', cause: 'cob_unsupported', curer: 'office' };

  const paid = async () => {
    const parties = await covered();
    const content = bill(parties.client, parties.first);
    const { disclosure } = await stage.submit(content);
    await stage.dispatch(disclosure);
    await settled(disclosure, 'paid');
    const next = (claim: DisclosureId) => bill(parties.client, parties.second, { coverage: parties.first, claim });
    return { content, disclosure, next };
  };

  const correct = async (kind: CorrectionKind, of: DisclosureId, content?: ReturnType<typeof bill>) => {
    const asked = await stage.services.store.inPractice(stage.context, (transaction) =>
      correctionIn(transaction, { kind, of, ...(content === undefined ? {} : { content }) }),
    );
    return valueOf(await stage.intakes.submit({ context: stage.context, ...valueOf(asked) })).accepted.disclosure;
  };

  const cancel = async (disclosure: DisclosureId) =>
    valueOf(await makeChoice(stage.services, stage.context, { disclosure, choice: { kind: 'cancel' } }));

  it('tells the second insurer nothing once it is voided, answered or not', async () => {
    const { disclosure, next } = await paid();
    await stage.behave(FIRST, { mode: 'answers', answersPaused: true });
    await stage.dispatch(await correct('void', disclosure));
    await stage.behave(FIRST, { mode: 'answers' });
    const before = (await stage.received(SECOND)).length;
    const secondary = (await stage.submit(next(disclosure))).disclosure;
    expect(await stage.record(secondary)).toMatchObject(HELD);
    await stage.dispatch(secondary);
    expect((await stage.received(SECOND)).length).toBe(before);
  });

  it('has decided nothing by what the insurer says of its void', async () => {
    const { disclosure, next } = await paid();
    const [decided] = await stage.services.store.inPractice(stage.context, async ({ answers }) =>
      [...((await answers.of([disclosure])).get(disclosure) ?? [])].filter(({ kind }) => kind === 'paid'),
    );
    const voiding = await correct('void', disclosure);
    await stage.dispatch(voiding);
    await settled(voiding, 'voided');
    await stage.services.store.inPractice(stage.context, async ({ answers, transmissions }) => {
      const sent = (await transmissions.ofDisclosures([voiding])).get(voiding);
      if (decided === undefined || sent === undefined) throw new Error('nothing was sent or decided');
      const answer = { ...decided, disclosure: voiding, transmission: sent.transmission, receivedAt: Date.now() };
      await answers.add([{ ...answer, id: stage.services.ids.uuid() }]);
    });
    expect(await stage.record((await stage.submit(next(voiding))).disclosure)).toMatchObject(HELD);
  });

  it('keeps back at INTENT what was accepted before, and lets it go when the correction is cancelled', async () => {
    const { disclosure, next } = await paid();
    const secondary = (await stage.submit(next(disclosure))).disclosure;
    expect((await stage.record(secondary)).state).toBe('ready');
    const voiding = await correct('void', disclosure);
    const before = (await stage.received(SECOND)).length;
    await stage.dispatch(secondary);
    expect(await stage.record(secondary)).toMatchObject(HELD);
    expect((await stage.received(SECOND)).length).toBe(before);
    await cancel(voiding);
    expect((await stage.record(secondary)).state).toBe('ready');
    await stage.dispatch(secondary);
    expect(await lastAt(SECOND)).toContain('~AMT*D*112~');
  });

  it('that is replaced speaks through its replacement, which must be named, and no longer itself', async () => {
    const { content, disclosure, next } = await paid();
    const replacement = await correct('replacement', disclosure, content);
    const ofFirst = (await stage.submit(next(disclosure))).disclosure;
    expect(await stage.record(ofFirst)).toMatchObject(HELD);
    await cancel(ofFirst);
    const secondary = (await stage.submit(next(replacement))).disclosure;
    expect(await stage.record(secondary)).toMatchObject(HELD);
    await stage.dispatch(replacement);
    await settled(replacement, 'paid');
    expect((await stage.record(secondary)).state).toBe('ready');
  });
});

describe('a claim to the first of two insurers', () => {
  it('is the same to the byte, numbers aside, whether there is a second or not', async () => {
    const alone = await stage.client(FIRST);
    await stage.release(alone.client, FIRST);
    const both = await covered();
    const texts: string[] = [];
    for (const [client, coverage] of [
      [alone.client, alone.coverage],
      [both.client, both.first],
    ] as const) {
      const { disclosure } = await stage.submit(bill(client, coverage));
      await stage.dispatch(disclosure);
      texts.push(await lastAt(FIRST));
    }
    const [one, other] = texts.map((text) =>
      text.replaceAll(
        /[PNB]\d{9}|(?<=\*)\d{9}(?=\*[01]|~)|(?<=(GS|BHT|GE)\*.*)\*\d{1,9}(?=\*X|~)|\*\d{4}(?=\*[X^C])/g,
        '#',
      ),
    );
    expect(one).toContain('VANTONGEREN');
    expect(other).toBe(one);
  });
});
