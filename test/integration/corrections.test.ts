import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { correctionIn, explainDisclosure, ledgerEvents, makeChoice, restrict, revokeRelease } from '#libs/application';
import type { CorrectionKind } from '#libs/disclosure';
import { ROUTES } from '#libs/contracts';
import { centsOf, type DisclosureId, type Issue } from '#libs/kernel';
import { problemOf } from '../../apps/api/problem-status.js';
import { createUseCases } from '../../apps/api/wiring/create-use-cases.js';
import { asking } from '../support/asking.js';
import { ago, type Played, Stage, valueOf } from '../support/stage.js';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open();
});

afterAll(async () => {
  await stage.close();
});

type Party = Awaited<ReturnType<Stage['client']>>;

let members = 0;

const covered = async (insurer: Played, prefix = 'ZZ9'): Promise<Party & { readonly release: string }> => {
  const party = await stage.client(insurer, { memberId: `${prefix}${String((members += 1)).padStart(5, '0')}` });
  const release = await stage.release(party.client, insurer);
  return { client: party.client, coverage: party.coverage, release: release.id };
};

const amended = (party: Party, charge = 15_500, days = 10) =>
  stage.invoice(
    { client: party.client, coverage: party.coverage },
    {
      number: 'INV-1-A',
      lines: [
        {
          ...{ id: 'L1', date: ago(days), procedure: '90834', modifiers: [], units: 1, pointers: ['D1'] },
          charge: centsOf(charge),
          character: 'individual',
        },
      ],
      total: centsOf(charge),
    },
  );

const shown = async (id: DisclosureId) => valueOf(await explainDisclosure(stage.services, stage.context, id));
const statusOf = async (id: DisclosureId) => (await shown(id)).summary.status;

const until = async (id: DisclosureId, status: string): Promise<void> => {
  await expect.poll(async () => (await stage.collect(), statusOf(id)), { timeout: 8_000 }).toBe(status);
};

const original = async (insurer: Played = 'harbor-mutual', status = 'paid', prefix?: string) => {
  const { release, ...party } = await covered(insurer, prefix);
  const { disclosure } = await stage.submit(stage.invoice(party));
  await stage.dispatch(disclosure);
  await until(disclosure, status);
  return { party, disclosure, release };
};

const correct = async (kind: CorrectionKind, of: DisclosureId, content?: ReturnType<typeof amended>) => {
  const submission = await stage.services.store.inPractice(stage.context, (transaction) =>
    correctionIn(transaction, { kind, of, ...(content === undefined ? {} : { content }) }),
  );
  if (!submission.ok) return submission;
  return stage.intakes.submit({ context: stage.context, ...submission.value });
};

const begun = async (...asked: Parameters<typeof correct>): Promise<DisclosureId> =>
  valueOf(await correct(...asked)).accepted.disclosure;

const codesOf = (result: { readonly ok: boolean; readonly issues?: readonly Issue[] }) =>
  (result.issues ?? []).map(({ code, path }) => `${code} ${path}`);

const claimIn = (body: string) => ({
  frequency: /~CLM\*(?:[^*~]*\*){4}[^:*~]*:B:(\d)/.exec(body)?.[1],
  quoted: /~REF\*F8\*([^~]*)/.exec(body)?.[1],
  number: /~CLM\*([^*]*)/.exec(body)?.[1],
  total: /~CLM\*[^*]*\*([^*]*)/.exec(body)?.[1],
});

const last = async (insurer: Played) => claimIn((await stage.received(insurer)).at(-1) ?? '');

const numberOf = async (id: DisclosureId): Promise<string | undefined> =>
  (await shown(id)).summary.answers.map(({ detail }) => detail.payerClaimNumber).find((one) => one !== undefined);

describe('a replacement', () => {
  it('goes with frequency 7 and the insurer’s number, and takes the place of the first one when it is sent', async () => {
    const { party, disclosure } = await original();
    const payers = await numberOf(disclosure);
    const replacement = await begun('replacement', disclosure, amended(party));
    expect((await stage.record(disclosure)).state).toBe('received');
    expect((await stage.record(replacement)).correction).toEqual({
      ...{ kind: 'replacement', of: disclosure, frequency: '7' },
    });
    await stage.dispatch(replacement);
    const sent = await last('harbor-mutual');
    expect(sent).toMatchObject({ frequency: '7', quoted: payers, total: '155' });
    expect((await stage.record(disclosure)).state).toBe('superseded');
    await until(replacement, 'paid');
    // The reversal of the first payment quotes the first claim’s number, the new payment the new one.
    expect((await shown(disclosure)).summary.answers.map((one) => one.kind)).toContain('reversed');
    expect((await shown(replacement)).summary.answers.map((one) => one.kind)).not.toContain('reversed');
    expect(await numberOf(replacement)).not.toBe(payers);
    const events = await stage.services.store.inPractice(stage.context, (transaction) =>
      ledgerEvents(transaction, { disclosure }),
    );
    expect(events.map(({ entry }) => entry.kind)).toEqual(
      expect.arrayContaining(['correction-submitted', 'superseded']),
    );
  });

  it('of a replacement quotes the number of the newest claim, and the chain shows all three', async () => {
    const { party, disclosure } = await original();
    const second = await begun('replacement', disclosure, amended(party));
    await stage.dispatch(second);
    await until(second, 'paid');
    expect(codesOf(await correct('replacement', disclosure, amended(party, 16_000)))).toEqual(['already_corrected ']);
    const third = await begun('replacement', second, amended(party, 16_000));
    await stage.dispatch(third);
    expect(await last('harbor-mutual')).toMatchObject({ frequency: '7', quoted: await numberOf(second) });
    const chain = await stage.services.store.inPractice(stage.context, ({ disclosures }) => disclosures.chain(second));
    expect(chain.map(({ id, state }) => [id, state])).toEqual([
      [disclosure, 'superseded'],
      [second, 'superseded'],
      [third, 'sent'],
    ]);
  });

  it('needs a number of the insurer, not one that a person wrote down', async () => {
    const { release: _release, ...party } = await covered('harbor-mutual');
    const { disclosure } = await stage.submit(stage.invoice(party));
    await stage.behave('harbor-mutual', { mode: 'deaf' });
    await stage.dispatch(disclosure);
    await stage.behave('harbor-mutual', { mode: 'answers' });
    expect(codesOf(await correct('replacement', disclosure, amended(party)))).toEqual(['claim_number_unknown ']);
    expect(codesOf(await correct('void', disclosure))).toEqual(['claim_number_unknown ']);
    expect(codesOf(await correct('resubmission', disclosure, amended(party)))).toEqual(['claim_not_rejected ']);
  });

  it('is decided anew: a release revoked meanwhile holds it, and the first claim stands', async () => {
    const { party, disclosure, release } = await original();
    const replacement = await begun('replacement', disclosure, amended(party));
    const before = (await stage.received('harbor-mutual')).length;
    valueOf(await revokeRelease(stage.services, stage.context, { release: release, channel: 'fax' }));
    await stage.dispatch(replacement);
    expect(await stage.record(replacement)).toMatchObject({ state: 'held', cause: 'revoked' });
    expect((await stage.record(disclosure)).state).toBe('received');
    expect((await stage.received('harbor-mutual')).length).toBe(before);
    expect(codesOf(await correct('void', disclosure))).toEqual(['correction_under_way ']);
  });

  it('may bill the services of its own claim and of no other', async () => {
    const { party, disclosure } = await original();
    const other = await stage.submit(
      stage.invoice(party, {
        number: 'INV-2',
        lines: [
          {
            ...{ id: 'L1', date: ago(9), procedure: '90834', modifiers: [], units: 1, pointers: ['D1'] },
            charge: centsOf(14_000),
            character: 'individual',
          },
        ],
      }),
    );
    expect(other.status).toBe('ready');
    const content = amended(party);
    if (content.kind !== 'invoice') throw new Error('not an invoice');
    const [line] = content.invoice.lines;
    if (line === undefined) throw new Error('no line');
    const both = stage.invoice(party, {
      lines: [line, { ...line, id: 'L2', date: ago(9), charge: centsOf(14_000) }],
      total: centsOf(29_500),
    });
    expect(codesOf(await correct('replacement', disclosure, both))).toEqual(['duplicate_service /lines']);
    expect(codesOf(await stage.trySubmit(content))).toEqual(['duplicate_service /lines']);
  });

  it('is one at a time, and one that was cancelled leaves room for the next', async () => {
    const { party, disclosure } = await original();
    const [one, two] = await Promise.all([
      correct('replacement', disclosure, amended(party)),
      correct('void', disclosure),
    ]);
    expect([one.ok, two.ok].sort()).toEqual([false, true]);
    expect(codesOf(one.ok ? two : one)).toEqual(['correction_under_way ']);
    const under = valueOf(one.ok ? one : two).accepted.disclosure;
    valueOf(await makeChoice(stage.services, stage.context, { disclosure: under, choice: { kind: 'cancel' } }));
    expect((await correct('replacement', disclosure, amended(party, 15_700))).ok).toBe(true);
  });

  it('stays with the same client and the same insurer', async () => {
    const { disclosure } = await original();
    const stranger = await covered('harbor-mutual');
    expect(codesOf(await correct('replacement', disclosure, amended(stranger)))).toEqual(['client_differs /client']);
  });
});

describe('a void', () => {
  it('says the claim as it was with frequency 8, and is shown as voided once the insurer has taken it', async () => {
    const { disclosure } = await original();
    const before = await last('harbor-mutual');
    const payers = await numberOf(disclosure);
    const voiding = await begun('void', disclosure);
    expect((await stage.record(voiding)).document).toBe((await stage.record(disclosure)).document);
    await stage.dispatch(voiding);
    expect(await last('harbor-mutual')).toMatchObject({ frequency: '8', quoted: payers, total: before.total });
    expect((await stage.record(disclosure)).state).toBe('superseded');
    await until(voiding, 'voided');
    expect((await shown(disclosure)).summary.answers.at(-1)?.kind).toBe('reversed');
  });

  it('that the insurer has taken lets its services be billed anew, and not before', async () => {
    const { party, disclosure } = await original();
    const replacement = await begun('replacement', disclosure, amended(party, 15_500, 10));
    await stage.dispatch(replacement);
    await until(replacement, 'paid');
    const voiding = await begun('void', replacement);
    const anew = () => stage.submit(stage.invoice(party, { number: 'INV-ANEW' }));
    await expect(anew()).rejects.toThrow('duplicate_service');
    await stage.dispatch(voiding);
    await expect(anew()).rejects.toThrow('duplicate_service');
    await until(voiding, 'voided');
    const { disclosure: again } = await anew();
    await stage.dispatch(again);
    await until(again, 'paid');
    await expect(anew()).rejects.toThrow('duplicate_service');
  });
});

describe('a claim that was refused before anybody looked at it', () => {
  it('is sent again as a new one, and not corrected', async () => {
    const { party, disclosure } = await original('harbor-mutual', 'rejected', 'ZZREFUSED');
    expect(codesOf(await correct('replacement', disclosure, amended(party)))).toEqual(['claim_was_rejected ']);
    const first = await last('harbor-mutual');
    const again = await begun('resubmission', disclosure, amended(party));
    await stage.dispatch(again);
    const second = await last('harbor-mutual');
    expect(second).toMatchObject({ frequency: '1', quoted: undefined, total: '155' });
    expect(second.number).not.toBe(first.number);
    expect((await stage.record(disclosure)).state).toBe('superseded');
  });

  it('which was itself a replacement is sent again as one, with the number that it quoted', async () => {
    const { party, disclosure } = await original();
    const payers = await numberOf(disclosure);
    const refused = await stage.client('harbor-mutual', { memberId: 'ZZREFUSED77', of: party.client });
    const replacement = await begun('replacement', disclosure, amended({ ...party, coverage: refused.coverage }));
    await stage.dispatch(replacement);
    await until(replacement, 'rejected');
    const again = await begun('resubmission', replacement, amended(party));
    await stage.dispatch(again);
    expect(await last('harbor-mutual')).toMatchObject({ frequency: '7', quoted: payers });
    await until(again, 'paid');
  });

  it('is not sent again when an answer says meanwhile that it was looked at after all', async () => {
    const { party, disclosure } = await original('harbor-mutual', 'rejected', 'ZZREFUSED');
    const again = await begun('resubmission', disclosure, amended(party));
    const before = (await stage.received('harbor-mutual')).length;
    await stage.services.store.inPractice(stage.context, async ({ answers, transmissions }) => {
      const transmission = (await transmissions.ofDisclosures([disclosure])).get(disclosure);
      if (transmission === undefined) throw new Error('nothing was sent');
      const { transmission: id } = transmission;
      const detail = { payerClaimNumber: 'LATE1', charge: 14_000, paid: 14_000 };
      const answer = { disclosure, transmission: id, kind: 'paid' as const, receivedAt: Date.now(), detail };
      await answers.add([{ id: stage.services.ids.uuid(), ...answer }]);
    });
    await stage.dispatch(again);
    expect(await stage.record(again)).toMatchObject({ state: 'parked', cause: 'claim_not_rejected' });
    expect((await stage.received('harbor-mutual')).length).toBe(before);
    expect((await stage.record(disclosure)).state).toBe('received');
  });
});

describe('after all of it', () => {
  it('the insurers have looked at no service twice', async () => {
    const { totals, overlapping } = await stage.judgement();
    expect(totals.doubled).toBe(0);
    expect(overlapping).toBe(0);
  });

  it('a restriction recorded since then holds a correction like anything else', async () => {
    const { party, disclosure } = await original();
    valueOf(
      await restrict(stage.services, stage.context, {
        client: party.client,
        restriction: { kind: 'paid-in-full', serviceDates: [ago(10)] },
      }),
    );
    const replacement = await begun('replacement', disclosure, amended(party));
    expect((await stage.record(replacement)).state).toBe('blocked');
  });
});

describe('over the gateway', () => {
  const biller = () => asking(stage, ['billing']);
  const keyed = (key: string, fingerprint = 'a'.repeat(64)) => ({ key, route: 'POST x', fingerprint, status: 202 });

  it('a repeated request gives the first answer, and the chain is shown from either end', async () => {
    const useCases = createUseCases(stage.services);
    const { party, disclosure } = await original();
    const content = amended(party);
    if (content.kind !== 'invoice') throw new Error('not an invoice');
    const invoice = ROUTES.submitInvoice.body.parse(content.invoice);
    const ask = { kind: 'replacement', of: disclosure, invoice } as const;
    const first = valueOf(await useCases.correctClaim(biller(), ask, keyed('one')));
    const again = valueOf(await useCases.correctClaim(biller(), ask, keyed('one')));
    expect(again).toEqual({ ...first, replayed: true });
    const id = first.body.disclosures[0]?.id as DisclosureId;
    for (const end of [disclosure, id]) {
      const detail = valueOf(await useCases.readDisclosure(biller(), end));
      expect(ROUTES.readDisclosure.response.safeParse(detail).error?.issues ?? []).toEqual([]);
      expect(detail.chain?.map(({ id: link, kind, of }) => [link, kind, of])).toEqual([
        [disclosure, 'original', undefined],
        [id, 'replacement', disclosure],
      ]);
    }
    const other = await useCases.correctClaim(biller(), { kind: 'void', of: disclosure }, keyed('two'));
    expect(codesOf(other)).toEqual(['correction_under_way ']);
    expect(problemOf(other.ok ? [] : other.issues)).toMatchObject({
      code: 'state_conflict',
      issues: [{ code: 'correction_under_way', fix: expect.stringContaining('cancel it') }],
    });
    const nobody = await useCases.correctClaim(
      { ...biller(), reach: { kind: 'nothing' } },
      { kind: 'void', of: disclosure },
      keyed('three'),
    );
    expect(codesOf(nobody)).toEqual(['not_found ']);
  });

  describe('only validated', () => {
    const kept = () =>
      stage.services.store.inPractice(stage.context, async (transaction) => ({
        disclosures: (await transaction.disclosures.page({}, { limit: 500 })).rows.map(({ id, state }) => [id, state]),
        ledger: (await ledgerEvents(transaction, {})).length,
      }));
    const invoiceOf = (party: Party, days?: number) => {
      const content = amended(party, 15_500, days);
      if (content.kind !== 'invoice') throw new Error('not an invoice');
      return ROUTES.submitInvoice.body.parse(content.invoice);
    };

    it('is checked and decided like the correction itself, and leaves nothing behind', async () => {
      const useCases = createUseCases(stage.services);
      const { party, disclosure } = await original();
      const before = await kept();
      for (const ask of [
        { kind: 'replacement', of: disclosure, invoice: invoiceOf(party) } as const,
        { kind: 'void', of: disclosure } as const,
      ]) {
        const said = valueOf(await useCases.validateCorrection(biller(), ask));
        expect(ROUTES.replaceClaim.validateOnly.safeParse(said).error?.issues ?? []).toEqual([]);
        expect(said).toMatchObject({ valid: true, outcome: 'send', gaps: [] });
      }
      expect(await kept()).toEqual(before);
      // Neither was a correction under way for the other, nor is one for the one that follows.
      valueOf(await useCases.correctClaim(biller(), { kind: 'void', of: disclosure }, keyed('after-trying')));
    });

    it('says what would hold it, and why it could not be submitted', async () => {
      const useCases = createUseCases(stage.services);
      const { party, disclosure, release } = await original();
      const trial = (kind: 'replacement' | 'resubmission', of: DisclosureId, invoice = invoiceOf(party)) =>
        useCases.validateCorrection(biller(), { kind, of, invoice });
      expect(codesOf(await trial('resubmission', disclosure))).toEqual(['claim_not_rejected ']);
      const another = await original();
      expect(codesOf(await trial('replacement', another.disclosure))).toEqual(['client_differs /client']);
      // Its services are its own; those of another claim of the same client are not.
      const { disclosure: later } = await stage.submit(amended(party, 15_500, 11));
      await stage.dispatch(later);
      await until(later, 'paid');
      expect(codesOf(await trial('replacement', disclosure, invoiceOf(party, 11)))).toEqual([
        'duplicate_service /lines',
      ]);
      expect(valueOf(await trial('replacement', later, invoiceOf(party, 11))).outcome).toBe('send');
      valueOf(await revokeRelease(stage.services, stage.context, { release, channel: 'fax' }));
      for (const held of [
        await trial('replacement', later, invoiceOf(party, 11)),
        await useCases.validateCorrection(biller(), { kind: 'void', of: later }),
      ]) {
        const { outcome, gaps } = valueOf(held);
        expect([outcome, gaps.map(({ cause }) => cause)]).toEqual(['deny', expect.arrayContaining(['revoked'])]);
      }
    });

    it('is for nobody out of whose reach the claim is', async () => {
      const useCases = createUseCases(stage.services);
      const { disclosure } = await original();
      const asked = await useCases.validateCorrection(
        { ...biller(), reach: { kind: 'nothing' } },
        { kind: 'void', of: disclosure },
      );
      expect(codesOf(asked)).toEqual(['not_found ']);
    });
  });
});
