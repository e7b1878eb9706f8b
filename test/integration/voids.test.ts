import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  collectAnswers,
  correctionIn,
  explainDisclosure,
  type IncomingAnswer,
  makeChoice,
  revokeRelease,
} from '#libs/application';
import { ROUTES } from '#libs/contracts';
import type { CorrectionKind } from '#libs/disclosure';
import { centsOf, type DisclosureId, type Issue } from '#libs/kernel';
import { problemOf } from '../../apps/api/problem-status.js';
import type { RequestContext } from '../../apps/api/use-cases/asked.js';
import { createUseCases } from '../../apps/api/wiring/create-use-cases.js';
import { ago, Stage, valueOf } from '../support/stage.js';

const INSURER = 'harbor-mutual';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open();
});

afterAll(async () => {
  await stage.close();
});

type Party = Awaited<ReturnType<Stage['client']>>;
type Content = ReturnType<Stage['invoice']>;

/** An invoice of sessions so many days ago. */
const invoice = ({ client, coverage }: Party, ...days: readonly number[]): Content =>
  stage.invoice(
    { client, coverage },
    {
      lines: days.map((day, index) => ({
        ...{ id: `L${index + 1}`, date: ago(day), procedure: '90834', modifiers: [], units: 1, pointers: ['D1'] },
        charge: centsOf(14_000),
        character: 'individual' as const,
      })),
      total: centsOf(14_000 * days.length),
    },
  );

const shown = async (id: DisclosureId) => valueOf(await explainDisclosure(stage.services, stage.context, id)).summary;

const until = async (id: DisclosureId, status: string): Promise<void> => {
  await expect.poll(async () => (await stage.collect(), (await shown(id)).status), { timeout: 8_000 }).toBe(status);
};

const paid = async () => {
  const party = await stage.client(INSURER);
  await stage.release(party.client, INSURER);
  const content = invoice(party, 10);
  const { disclosure } = await stage.submit(content);
  await stage.dispatch(disclosure);
  await until(disclosure, 'paid');
  return { party, content, disclosure };
};

const correct = async (kind: CorrectionKind, of: DisclosureId, content?: Content) => {
  const asked = await stage.services.store.inPractice(stage.context, (transaction) =>
    correctionIn(transaction, { kind, of, ...(content === undefined ? {} : { content }) }),
  );
  return asked.ok ? stage.intakes.submit({ context: stage.context, ...asked.value }) : asked;
};

const begun = async (...asked: Parameters<typeof correct>): Promise<DisclosureId> =>
  valueOf(await correct(...asked)).accepted.disclosure;

const codesOf = (result: { readonly ok: boolean; readonly issues?: readonly Issue[] }) =>
  (result.issues ?? []).map(({ code, path }) => `${code} ${path}`);

const last = async () => {
  const body = (await stage.received(INSURER)).at(-1) ?? '';
  return {
    frequency: /~CLM\*(?:[^*~]*\*){4}[^:*~]*:B:(\d)/.exec(body)?.[1],
    quoted: /~REF\*F8\*([^~]*)/.exec(body)?.[1],
    total: /~CLM\*[^*]*\*([^*]*)/.exec(body)?.[1],
  };
};

const numberOf = async (id: DisclosureId): Promise<string | undefined> =>
  (await shown(id)).answers.map(({ detail }) => detail.payerClaimNumber).find((one) => one !== undefined);

/** The insurer gives a claim a number. */
const number = (disclosure: DisclosureId, payerClaimNumber: string) =>
  stage.services.store.inPractice(stage.context, async ({ answers, transmissions }) => {
    const sent = (await transmissions.ofDisclosures([disclosure])).get(disclosure);
    if (sent === undefined) throw new Error('nothing was sent');
    const answer = { disclosure, transmission: sent.transmission, kind: 'claim-accepted' as const };
    const detail = { payerClaimNumber };
    await answers.add([{ id: stage.services.ids.uuid(), ...answer, receivedAt: Date.now(), detail }]);
  });

/** A void that the insurer refused, for it had given a number by which it did not find the claim afterwards. */
const refusedVoid = async (of: DisclosureId): Promise<DisclosureId> => {
  const right = await numberOf(of);
  await number(of, 'ASTRAY1');
  const voiding = await begun('void', of);
  await stage.dispatch(voiding);
  await until(voiding, 'rejected');
  await number(of, right ?? '');
  return voiding;
};

describe('a void that the insurer refused', () => {
  it('is sent again with the document that was sent, and with no other', async () => {
    const { party, content, disclosure } = await paid();
    const before = { ...(await last()), number: await numberOf(disclosure) };
    const refused = await refusedVoid(disclosure);
    expect(codesOf(await correct('resubmission', refused, invoice(party, 9)))).toEqual(['document_differs ']);
    const again = await begun('resubmission', refused, content);
    expect((await stage.record(again)).document).toBe((await stage.record(disclosure)).document);
    await stage.dispatch(again);
    expect(await last()).toEqual({ frequency: '8', quoted: before.number, total: before.total });
  });

  it('is shown as voided once it is taken, listed as such, and frees the services', async () => {
    const { party, content, disclosure } = await paid();
    const again = await begun('resubmission', await refusedVoid(disclosure), content);
    await stage.dispatch(again);
    await expect(stage.submit(invoice(party, 10))).rejects.toThrow('duplicate_service');
    await until(again, 'voided');
    const listed = (status: 'voided' | 'accepted') =>
      stage.services.store.inPractice(stage.context, async ({ lists }) => {
        const filter = { client: party.client, statuses: [status] };
        const wanted = { filter, order: [], reach: { kind: 'practice' as const } };
        return (await lists.page(wanted, { limit: 10 })).rows.map(({ id }) => id);
      });
    expect([await listed('voided'), await listed('accepted')]).toEqual([[again], []]);
    await stage.submit(invoice(party, 10));
  });

  it('leaves out again the lines that were left out then', async () => {
    const party = await stage.client(INSURER);
    const content = invoice(party, 8, 7);
    const { disclosure } = await stage.submit(content);
    const choice = { kind: 'exclude-lines' as const, lines: ['L2'] };
    valueOf(await makeChoice(stage.services, stage.context, { disclosure, choice }));
    await stage.release(party.client, INSURER);
    await stage.dispatch(disclosure);
    await until(disclosure, 'paid');
    const again = await begun('resubmission', await refusedVoid(disclosure), content);
    expect((await stage.record(again)).options.excludedLines).toEqual(['L2']);
    await stage.dispatch(again);
    expect(await last()).toMatchObject({ frequency: '8', total: '140' });
  });
});

describe('a void that the insurer has only received', () => {
  const all = async (): Promise<readonly IncomingAnswer[]> => {
    const read = await stage.services.transport.answers('', stage.insurer(INSURER));
    return read.kind === 'read' ? read.answers : [];
  };

  /** Takes in these answers of the insurer and no others. */
  const hear = (answers: readonly IncomingAnswer[]) =>
    collectAnswers(
      {
        ...stage.services,
        transport: {
          ...stage.services.transport,
          send: () => Promise.reject(new Error('nothing is sent here')),
          probe: () => Promise.resolve({ kind: 'unsupported' }),
          answers: (cursor, to) =>
            Promise.resolve({ kind: 'read', answers: to.profile.id === INSURER ? answers : [], next: cursor }),
        },
      },
      stage.practice,
    );

  const textOf = ({ bytes }: IncomingAnswer): string => Buffer.from(bytes).toString('latin1');

  /** Says “received” (A1) where it said “accepted” (A2). */
  const received = (answer: IncomingAnswer): IncomingAnswer => {
    const text = textOf(answer);
    expect(text).toContain('~STC*A2:20:PR*');
    return { ...answer, bytes: Buffer.from(text.replace('~STC*A2:20:PR*', '~STC*A1:19:PR*'), 'latin1') };
  };

  const voided = async () => {
    const { party, disclosure } = await paid();
    const seen = new Set((await all()).map(({ id }) => id));
    const voiding = await begun('void', disclosure);
    await stage.dispatch(voiding);
    const find = async (set: string): Promise<IncomingAnswer> => {
      const found = (await all()).find((one) => !seen.has(one.id) && textOf(one).includes(`~ST*${set}*`));
      if (found === undefined) throw new Error(`no ${set} yet`);
      return found;
    };
    const [acknowledged, remitted] = await vi.waitFor(() => Promise.all([find('277'), find('835')]), 5_000);
    return { party, disclosure, voiding, acknowledged, remitted };
  };

  const isFree = async (party: Party): Promise<boolean> => (await stage.trySubmit(invoice(party, 10))).ok;

  it('frees nothing, until it is accepted', async () => {
    const { party, voiding, acknowledged } = await voided();
    await hear([received(acknowledged)]);
    expect(await shown(voiding)).toMatchObject({ state: 'received', status: 'received' });
    expect(await isFree(party)).toBe(false);
    await hear([acknowledged]);
    expect((await shown(voiding)).status).toBe('voided');
    expect(await isFree(party)).toBe(true);
  });

  it.each(['after', 'before'])('frees nothing, until the payment is taken back (%s)', async (when) => {
    const { party, disclosure, acknowledged, remitted } = await voided();
    const [first, second] = when === 'after' ? [received(acknowledged), remitted] : [remitted, received(acknowledged)];
    if (when === 'after') {
      await hear([first]);
      expect(await isFree(party)).toBe(false);
      await hear([second]);
    } else await hear([first, second]);
    expect((await shown(disclosure)).answers.map(({ kind }) => kind)).toContain('reversed');
    expect(await isFree(party)).toBe(true);
  });

  it('frees nothing by a payment that is taken back to be paid otherwise', async () => {
    const { party, acknowledged, remitted } = await voided();
    const text = textOf(remitted);
    const [, back = '', count = ''] = /~(CLP\*[^]*?)(?:~PLB[^~]*)?~SE\*(\d+)/.exec(text) ?? [];
    // The insurer takes it back and pays the same again: nothing is changed in the end.
    const again = back.replace('*22*', '*1*').replaceAll('*-', '*');
    const corrected = text
      .replace(/~PLB[^~]*/, '')
      .replace(back, `${back}~${again}`)
      .replace(`~SE*${count}`, `~SE*${Number(count) + again.split('~').length - (text.includes('~PLB') ? 1 : 0)}`);
    const both = [received(acknowledged), { ...remitted, bytes: Buffer.from(corrected, 'latin1') }];
    expect(await hear(both)).toEqual({ read: 2, matched: 3, quarantined: 0 });
    expect(await isFree(party)).toBe(false);
  });
});

describe('a void that is held', () => {
  it('is not offered to leave out lines that were sent, and does not', async () => {
    const party = await stage.client(INSURER);
    const release = await stage.release(party.client, INSURER);
    const { disclosure } = await stage.submit(invoice(party, 6, 5));
    await stage.dispatch(disclosure);
    await until(disclosure, 'paid');
    valueOf(await revokeRelease(stage.services, stage.context, { release: release.id, channel: 'fax' }));
    // It covers the service of the first line only: what stands in the way is the second.
    await stage.release(party.client, INSURER, { serviceTo: ago(6) });
    const voiding = await begun('void', disclosure);
    expect((await stage.record(voiding)).state).toBe('held');
    const { basis } = valueOf(await explainDisclosure(stage.services, stage.context, voiding));
    expect(basis.choices).not.toContain('exclude-lines');
    expect(basis.gapChoices.flat()).not.toContain('exclude-lines');
    expect(basis.choices).not.toContain('smaller-format');
    const choice = { kind: 'exclude-lines' as const, lines: ['L2'] };
    const made = await makeChoice(stage.services, stage.context, { disclosure: voiding, choice });
    expect(codesOf(made)).toEqual(['document_differs /lines']);
    expect((await stage.record(voiding)).options.excludedLines).toEqual([]);
  });
});

describe('a correction of a void', () => {
  const refusals = async (of: DisclosureId, content: Content) => [
    ...codesOf(await correct('replacement', of, content)),
    ...codesOf(await correct('void', of)),
  ];

  it('that the insurer has taken is refused', async () => {
    const { content, disclosure } = await paid();
    const voiding = await begun('void', disclosure);
    await stage.dispatch(voiding);
    await until(voiding, 'voided');
    expect(await refusals(voiding, content)).toEqual(['correction_of_void ', 'correction_of_void ']);
  });

  it('that the insurer refused is only to send it again, and that is a void like the first', async () => {
    const { content, disclosure } = await paid();
    const voiding = await refusedVoid(disclosure);
    expect(await refusals(voiding, content)).toEqual(['correction_of_void ', 'correction_of_void ']);
    const again = await begun('resubmission', voiding, content);
    await stage.dispatch(again);
    await until(again, 'voided');
    expect(await refusals(again, content)).toEqual(['correction_of_void ', 'correction_of_void ']);
  });
});

describe('over the gateway', () => {
  it('says of what is sent again that it is a void, takes the invoice as it was read, and says what to do otherwise', async () => {
    const useCases = createUseCases(stage.services);
    const actor = `staff:${stage.officer}`;
    const asking: RequestContext = {
      ...{ practice: stage.practice, actor, principal: actor, roles: ['billing'], reach: { kind: 'practice' } },
    };
    const keyed = (key: string) => ({ key, route: 'POST x', fingerprint: 'a'.repeat(64), status: 202 });
    const { disclosure } = await paid();
    const refused = await refusedVoid(disclosure);
    const { document } = await stage.record(disclosure);
    const { content } = valueOf(await useCases.readDocument(asking, document)).view;
    if (content.kind !== 'invoice') throw new Error('not an invoice');
    const body = ROUTES.resubmitClaim.body.parse(content.invoice);
    const other = { ...body, number: 'OTHER-1' };
    const differs = await useCases.validateCorrection(asking, { kind: 'resubmission', of: refused, invoice: other });
    expect(problemOf(differs.ok ? [] : differs.issues)).toMatchObject({
      issues: [{ code: 'document_differs', fix: expect.stringContaining('as it was sent') }],
    });
    const ask = { kind: 'resubmission', of: refused, invoice: body } as const;
    expect(valueOf(await useCases.validateCorrection(asking, ask)).outcome).toBe('send');
    const made = valueOf(await useCases.correctClaim(asking, ask, keyed('void-again')));
    const id = made.body.disclosures[0]?.id as DisclosureId;
    const detail = valueOf(await useCases.readDisclosure(asking, id));
    expect(ROUTES.readDisclosure.response.safeParse(detail).error?.issues ?? []).toEqual([]);
    expect(detail.correction).toEqual({ kind: 'resubmission', of: refused, frequency: '8' });
    const undone = await useCases.validateCorrection(asking, { kind: 'void', of: refused });
    expect(problemOf(undone.ok ? [] : undone.issues)).toMatchObject({
      code: 'state_conflict',
      issues: [{ code: 'correction_of_void', fix: expect.stringContaining('send it again') }],
    });
  });
});
