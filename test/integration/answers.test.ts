import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { collectAnswers, explainDisclosure, type IncomingAnswer, type SendingServices } from '#libs/application';
import type { DisclosureId } from '#libs/kernel';
import { Stage, valueOf } from '../support/stage.js';

let stage: Stage;
let sent: { readonly disclosure: DisclosureId; readonly answers: readonly IncomingAnswer[] };

/** The stage's services, with a transport that hands over these answers as if the insurer had. */
const hearing = (answers: readonly IncomingAnswer[]): SendingServices => ({
  ...stage.services,
  transport: {
    ...stage.services.transport,
    send: () => Promise.reject(new Error('nothing is sent here')),
    probe: () => Promise.resolve({ kind: 'unsupported' }),
    answers: (_cursor, to) =>
      Promise.resolve({ kind: 'read', answers: to.profile.id === 'harbor-mutual' ? answers : [], next: 'kept' }),
  },
});

const statusOf = async (): Promise<string> =>
  valueOf(await explainDisclosure(stage.services, stage.context, sent.disclosure)).summary.status;

const kinds = async (): Promise<readonly string[]> =>
  valueOf(await explainDisclosure(stage.services, stage.context, sent.disclosure)).summary.answers.map(
    (one) => one.kind,
  );

/** What the sandbox answers to one claim: TA1, 999, 277CA, 835, in this order. */
const gather = (): Promise<readonly IncomingAnswer[]> =>
  vi.waitFor(
    async () => {
      const read = await stage.services.transport.answers('', stage.insurer('harbor-mutual'));
      if (read.kind !== 'read' || read.answers.length < 4) throw new Error('not all answers are there');
      return read.answers;
    },
    { timeout: 5_000 },
  );

beforeAll(async () => {
  stage = await Stage.open();
  const party = await stage.client('harbor-mutual');
  await stage.release(party.client, 'harbor-mutual');
  const { disclosure } = await stage.submit(stage.invoice(party));
  await stage.dispatch(disclosure);
  sent = { disclosure, answers: await gather() };
});

afterAll(async () => {
  await stage.close();
});

describe('an insurer that is not the one registered', () => {
  const lane = async () =>
    stage.services.store.inPractice(stage.context, async ({ lanes }) => {
      const { id } = stage.insurer('harbor-mutual');
      const found = (await lanes.ofInsurers([id])).get(id);
      if (found === undefined) throw new Error('no lane');
      return found;
    });

  it('is found out when it is asked for answers; nothing is asked or sent until a person has cleared the lane', async () => {
    const events: unknown[] = [];
    let asked = 0;
    const services = {
      ...hearing([]),
      log: { event: (...event: unknown[]) => void events.push(event), failure: () => undefined },
    };
    const lying: SendingServices = {
      ...services,
      transport: {
        ...services.transport,
        answers: (_cursor, to) => {
          if (to.profile.id !== 'harbor-mutual') return Promise.resolve({ kind: 'read', answers: [], next: '' });
          asked += 1;
          return Promise.resolve({ kind: 'failed', code: 'host_key_changed' });
        },
      },
    };
    await collectAnswers(lying, stage.practice);
    const stopped = await lane();
    expect(stopped.breaker).toBe('stopped');
    expect(events).toContainEqual(['lane.stopped', { lane: stopped.id, code: 'host_key_changed' }]);
    await collectAnswers(lying, stage.practice);
    expect(asked).toBe(1);

    const party = await stage.client('harbor-mutual');
    await stage.release(party.client, 'harbor-mutual');
    const { disclosure } = await stage.submit(stage.invoice(party));
    await stage.dispatch(disclosure);
    expect((await stage.record(disclosure)).state).toBe('ready');
    await stage.services.store.inPractice(stage.context, ({ lanes }) => lanes.clear(stopped.id));
    await stage.dispatch(disclosure);
    expect((await stage.record(disclosure)).state).not.toBe('ready');
  });

  it('tells the transport that answers are stored, after they are', async () => {
    let stored = -1;
    const counting = hearing([]);
    await collectAnswers(
      {
        ...counting,
        transport: {
          ...counting.transport,
          answers: (_cursor, to) =>
            Promise.resolve({
              kind: 'read',
              answers:
                to.profile.id === 'harbor-mutual'
                  ? [{ id: 'kept', mediaType: 'application/json', bytes: Buffer.from('no') }]
                  : [],
              next: '',
              taken: async () => {
                stored = (await stage.database.asSuperuser('SELECT 1 FROM inbox')).length;
              },
            }),
        },
      },
      stage.practice,
    );
    expect(stored).toBe(1);
  });
});

describe('answers come as they like', () => {
  it('in the wrong order: the remittance first, the envelope’s acknowledgement last', async () => {
    const collected = await collectAnswers(hearing([...sent.answers].reverse()), stage.practice);
    expect(collected).toMatchObject({ quarantined: 0 });
    expect(await statusOf()).toBe('paid');
    expect((await stage.record(sent.disclosure)).state).toBe('received');
  });

  it('again and again: nothing is appended twice', async () => {
    const before = await kinds();
    const collected = await collectAnswers(hearing([...sent.answers, ...sent.answers]), stage.practice);
    expect(collected.matched).toBe(0);
    expect(await kinds()).toEqual(before);
    expect(new Set(before)).toEqual(new Set(['interchange-accepted', 'set-accepted', 'claim-accepted', 'paid']));
  });

  it('about something that we never sent: set aside, never guessed at', async () => {
    const last = sent.answers.at(-1);
    if (last === undefined) throw new Error('no answer');
    const strange = Buffer.from(last.bytes)
      .toString('latin1')
      .replaceAll(/P\d{9}/g, 'P000000000');
    const collected = await collectAnswers(
      hearing([{ ...last, id: 'strange', bytes: Buffer.from(strange, 'latin1') }]),
      stage.practice,
    );
    expect(collected).toMatchObject({ matched: 0, quarantined: 1 });
    expect(await statusOf()).toBe('paid');
  });

  it.each<[string, IncomingAnswer['mediaType'], string]>([
    ['hypertext', 'application/edi-x12', '<html>busy</html>'],
    ['half an interchange', 'application/edi-x12', 'ISA*00*          *00*'],
    ['another sort of JSON', 'application/json', '{"kind":"surprise","reference":"x"}'],
    ['no JSON', 'application/json', 'nonsense'],
    ['a reference that no database takes', 'application/json', '{"kind":"statement-received","reference":"a\\u0000b"}'],
  ])('nonsense (%s): set aside whole, and the rest is read', async (name, mediaType, text) => {
    const collected = await collectAnswers(
      hearing([{ id: `nonsense-${name}`, mediaType, bytes: Buffer.from(text) }]),
      stage.practice,
    );
    expect(collected).toEqual({ read: 1, matched: 0, quarantined: 1 });
    expect(await statusOf()).toBe('paid');
  });
});

describe('a claim that was turned away, or paid otherwise', () => {
  const seen = new Set<string>();

  /** A claim of its own, and what the sandbox answers to it: TA1, 999, 277CA, 835. */
  const answered = async () => {
    const party = await stage.client('harbor-mutual');
    await stage.release(party.client, 'harbor-mutual');
    const { disclosure } = await stage.submit(stage.invoice(party));
    const before = await stage.services.transport.answers('', stage.insurer('harbor-mutual'));
    if (before.kind === 'read') for (const { id } of before.answers) seen.add(id);
    await stage.dispatch(disclosure);
    const answers = await vi.waitFor(
      async () => {
        const read = await stage.services.transport.answers('', stage.insurer('harbor-mutual'));
        const own = read.kind === 'read' ? read.answers.filter(({ id }) => !seen.has(id)) : [];
        if (own.length < 4) throw new Error('not all answers are there');
        return own;
      },
      { timeout: 5_000 },
    );
    return { party, disclosure, acknowledged: answers[2], remitted: answers[3] };
  };

  /** The same file with other segments, counted anew. */
  const rewritten = (
    answer: IncomingAnswer | undefined,
    change: (segments: readonly string[]) => readonly string[],
  ): IncomingAnswer => {
    if (answer === undefined) throw new Error('no answer');
    const segments = [...change(Buffer.from(answer.bytes).toString('latin1').split('~').filter(Boolean))];
    const [from, to] = ['ST*', 'SE*'].map((name) => segments.findIndex((one) => one.startsWith(name)));
    segments[to ?? 0] = `SE*${(to ?? 0) - (from ?? 0) + 1}*0001`;
    return { ...answer, id: `rewritten ${answer.id}`, bytes: Buffer.from(segments.map((one) => `${one}~`).join('')) };
  };

  const shown = async (disclosure: DisclosureId): Promise<string> =>
    valueOf(await explainDisclosure(stage.services, stage.context, disclosure)).summary.status;

  it.each([
    [
      'by the batch',
      'HL*3*',
      (segment: string) => segment.replace(/^STC\*.*/, 'STC*A8:496:41*20261101*U').replace(/^HL\*2\*.*/, 'HL*2*1*21*0'),
    ],
    [
      'by its provider',
      'HL*4*',
      (segment: string) =>
        segment.replace(/^HL\*3\*.*/, 'HL*3*2*19*0').replace(/^(NM1\*85.*)/, '$1~TRN*1*0~STC*A3:562:85**U*140'),
    ],
  ])('is rejected %s, without a word of the claims in it', async (_how, cut, change) => {
    const { disclosure, acknowledged } = await answered();
    const refused = rewritten(acknowledged, (segments) => {
      const [first, end] = [cut, 'SE*'].map((name) => segments.findIndex((one) => one.startsWith(name)));
      return [...segments.slice(0, first), ...segments.slice(end)]
        .filter((one) => !/^(QTY|AMT)\*/.test(one))
        .flatMap((one) => change(one).split('~'));
    });
    expect(await collectAnswers(hearing([refused]), stage.practice)).toEqual({ read: 1, matched: 1, quarantined: 0 });
    expect(await shown(disclosure)).toBe('rejected');
  });

  it('is paid where the deductible is all that is allowed', async () => {
    const { disclosure, remitted } = await answered();
    const borne = rewritten(remitted, (segments) =>
      segments
        .filter((one) => !one.startsWith('CAS*CO'))
        .map((one) =>
          one
            .replace('BPR*I*112*C*CHK', 'BPR*I*0*C*NON')
            .replace(/^CLP\*(\w+)\*1\*140\*112\*14/, 'CLP*$1*1*140*0*140')
            .replace('*140*112**1', '*140*0**1')
            .replace('CAS*PR*3*14', 'CAS*PR*1*140'),
        ),
    );
    await collectAnswers(hearing([borne]), stage.practice);
    expect(await shown(disclosure)).toBe('paid');
  });

  it('is partly paid where most of it was refused, and not for the contract', async () => {
    const { disclosure, remitted } = await answered();
    const refused = rewritten(remitted, (segments) =>
      segments
        .filter((one) => !one.startsWith('CAS*PR'))
        .map((one) =>
          one
            .replace('BPR*I*112', 'BPR*I*20')
            .replace(/^CLP\*(\w+)\*1\*140\*112\*14/, 'CLP*$1*1*140*20*')
            .replace('*140*112**1', '*140*20**1')
            .replace('CAS*CO*45*14', 'CAS*CO*50*120'),
        ),
    );
    await collectAnswers(hearing([refused]), stage.practice);
    expect(await shown(disclosure)).toBe('partly paid');
  });

  it('is paid where the insurer paid it and forwarded it as well, and the next claim is not ours to send', async () => {
    const { party, disclosure, remitted } = await answered();
    const forwarded = rewritten(remitted, (segments) =>
      segments.map((one) => one.replace(/^CLP\*(\w+)\*1\*/, 'CLP*$1*19*')),
    );
    await collectAnswers(hearing([forwarded]), stage.practice);
    const { summary } = valueOf(await explainDisclosure(stage.services, stage.context, disclosure));
    expect(summary.status).toBe('paid');
    expect(summary.answers.map(({ kind }) => kind)).toEqual(['paid', 'forwarded']);
    const second = await stage.client('cobalt-valley-hmo', { of: party.client });
    await stage.release(party.client, 'cobalt-valley-hmo', { preset: 'claim-secondary' });
    const next = stage.invoice(second, {
      number: 'NEXT-1',
      priorPayer: { coverage: party.coverage, claim: disclosure },
    });
    expect(await stage.submit(next)).toMatchObject({ status: 'held', cause: 'cob_unsupported' });
  });

  const setAside = async (): Promise<readonly unknown[]> =>
    (await stage.database.asSuperuser('SELECT code FROM quarantine ORDER BY code')).map((row) => row['code']);

  it.each<[string, (segment: string) => string]>([
    ['its payment', (segment) => segment.replace('BPR*I*112', 'BPR*I*113')],
    ['its claim', (segment) => segment.replace(/^CLP\*(\w+)\*1\*140\*112\*14/, 'CLP*$1*1*150*112*14')],
    ['a line of it', (segment) => segment.replace('CAS*PR*3*14', 'CAS*PR*3*15')],
  ])(
    'is not paid by a remittance that does not balance (%s), which is kept and put before a person',
    async (_what, change) => {
      const { disclosure, acknowledged, remitted } = await answered();
      if (acknowledged === undefined || remitted === undefined) throw new Error('no answer');
      await stage.database.asSuperuser('DELETE FROM quarantine');
      const unbalanced = rewritten(remitted, (segments) => segments.map(change));
      expect(await collectAnswers(hearing([acknowledged, unbalanced]), stage.practice)).toEqual({
        ...{ read: 2, matched: 2, quarantined: 1 },
      });
      expect(await setAside()).toEqual(['x12_unbalanced']);
      const { summary } = valueOf(await explainDisclosure(stage.services, stage.context, disclosure));
      expect(summary).toMatchObject({ state: 'received', status: 'pended' });
      expect(summary.answers.map(({ kind }) => kind)).toEqual(['claim-accepted', 'remittance-unbalanced']);
      expect(summary.nextStep).toContain('does not add up');
      // The one that adds up is the insurer's word.
      await collectAnswers(hearing([remitted]), stage.practice);
      expect(await shown(disclosure)).toBe('paid');
    },
  );

  it.each<[string, (segment: string) => string]>([
    ['how many', (one) => one.replace('QTY*90*1', 'QTY*90*2')],
    ['their charges', (one) => one.replace(/^(STC\*A1:19:PR\*\d+\*WQ)\*140$/, '$1*150')],
    ['charges of the provider', (one) => one.replace(/^(NM1\*85.*)$/, '$1~TRN*1*0~STC*A1:19:85**WQ*150')],
  ])('is not accepted by an acknowledgement whose totals are not those of its claims (%s)', async (_what, change) => {
    const { disclosure, acknowledged } = await answered();
    if (acknowledged === undefined) throw new Error('no answer');
    await stage.database.asSuperuser('DELETE FROM quarantine');
    const unbalanced = rewritten(acknowledged, (segments) => segments.flatMap((one) => change(one).split('~')));
    expect(await collectAnswers(hearing([unbalanced]), stage.practice)).toMatchObject({ matched: 1, quarantined: 1 });
    expect(await setAside()).toEqual(['x12_unbalanced']);
    expect(await shown(disclosure)).toBe('pended');
    await collectAnswers(hearing([acknowledged]), stage.practice);
    expect(await shown(disclosure)).toBe('accepted');
  });

  it.each<[string, 'acknowledged' | 'remitted', [string, string]]>([
    ['a payment for no claim', 'remitted', ['LX*', 'BPR*I*112*C*CHK']],
    ['a batch that was taken, and no claim of it', 'acknowledged', ['HL*3*', '']],
  ])('hears nothing in what says nothing (%s), and a person is told', async (_what, which, [from, paid]) => {
    const one = await answered();
    await stage.database.asSuperuser('DELETE FROM quarantine');
    const saysNothing = rewritten(one[which], (segments) => {
      const [first, end] = [from, 'SE*'].map((name) => segments.findIndex((segment) => segment.startsWith(name)));
      return [...segments.slice(0, first), ...segments.slice(end)].map((segment) =>
        paid === '' ? segment : segment.replace(paid, 'BPR*I*0*C*NON'),
      );
    });
    expect(await collectAnswers(hearing([saysNothing]), stage.practice)).toEqual({
      ...{ read: 1, matched: 0, quarantined: 1 },
    });
    expect(await setAside()).toEqual(['answer_says_nothing']);
    expect(await shown(one.disclosure)).toBe('sent');
  });

  it('is partly paid where the payer split it, paid one part and denied the other, and has the amounts of both', async () => {
    const { disclosure, remitted } = await answered();
    const split = rewritten(remitted, (segments) => {
      const end = segments.findIndex((one) => one.startsWith('SE*'));
      const number = segments.find((one) => one.startsWith('CLP*'))?.split('*')[1] ?? '';
      const denied = [`CLP*${number}*4*50*0**12*SPLIT2`, 'SVC*HC:90834*50*0**1', 'CAS*CO*197*50'];
      return [...segments.slice(0, end), ...denied, ...segments.slice(end)];
    });
    expect(await collectAnswers(hearing([split]), stage.practice)).toEqual({ read: 1, matched: 1, quarantined: 0 });
    const { summary } = valueOf(await explainDisclosure(stage.services, stage.context, disclosure));
    expect(summary.status).toBe('partly paid');
    expect(summary.answers.map(({ kind }) => kind)).toEqual(['partly-paid']);
    expect(summary.answers[0]?.detail).toMatchObject({ charge: 19_000, paid: 11_200, payerClaimNumber: 'SPLIT2' });
  });

  it('stays reversed when the payment comes once more under another name', async () => {
    const { disclosure, remitted } = await answered();
    if (remitted === undefined) throw new Error('no remittance');
    const reversal = rewritten(remitted, (segments) =>
      segments.map((one) =>
        one
          .replace('BPR*I*112*C', 'BPR*I*112*D')
          .replace(/^TRN\*1\*[^*]*/, 'TRN*1*REVERSAL1')
          .replace(/^CLP\*(\w+)\*1\*140\*112\*14/, 'CLP*$1*22*-140*-112*')
          .replace('*140*112**1', '*-140*-112**1')
          .replace('CAS*CO*45*14', 'CAS*CO*45*-14')
          .replace('CAS*PR*3*14', 'CAS*PR*3*-14'),
      ),
    );
    await collectAnswers(hearing([remitted, reversal]), stage.practice);
    expect(await shown(disclosure)).toBe('reversed');
    const again = await collectAnswers(hearing([{ ...remitted, id: 'delivered again' }]), stage.practice);
    expect(again.matched).toBe(0);
    expect(await shown(disclosure)).toBe('reversed');
  });
});
