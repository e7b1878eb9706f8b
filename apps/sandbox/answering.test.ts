import { afterAll, describe, expect, it } from 'vitest';
import { handMade, type HandMadeClaim, segmentsOf } from './hand-made-claims.js';
import { acme, type Collected, PracticeGround } from './practice-client.js';

const ground = new PracticeGround();
afterAll(() => ground.clear());

type Segments = readonly (readonly string[])[];

const named = (segments: Segments, id: string): Segments => segments.filter((segment) => segment[0] === id);
const cents = (text = '0'): number => Math.round(Number(text) * 100);
const casOf = (segment: readonly string[]): number => cents(segment[3]);

/** Which answer it is: the version of its group, or TA1. */
const kindOf = (answer: Collected): string => {
  const segments = segmentsOf(answer.body);
  return named(segments, 'GS')[0]?.[8] ?? segments[1]?.[0] ?? '';
};

const exchange = async (...claims: readonly HandMadeClaim[]): Promise<Segments> => {
  const client = await ground.start({ insurers: [{ ...acme, unknownMemberPrefixes: ['X9'] }] });
  await client.claims(handMade({ sets: [claims] }));
  return (await client.answers()).flatMap((answer) => segmentsOf(answer.body));
};

/** CLP03 − CLP04 and SVC02 − SVC03 are the sums of their adjustments; BPR02 is the sum of CLP04 less that of PLB. */
const expectBalance = (remittance: Segments): void => {
  const paid = named(remittance, 'CLP').reduce((sum, claim) => sum + cents(claim[4]), 0);
  const provider = named(remittance, 'PLB').reduce((sum, one) => sum + cents(one[4]), 0);
  expect(cents(named(remittance, 'BPR')[0]?.[2])).toBe(paid - provider);
  let claim = { owed: 0, adjusted: 0, patient: 0, told: 0 };
  let line = { owed: 0, adjusted: 0 };
  const closeLine = (): void => {
    expect(line.owed).toBe(line.adjusted);
    line = { owed: 0, adjusted: 0 };
  };
  const closeClaim = (): void => {
    closeLine();
    expect(claim.owed).toBe(claim.adjusted);
    expect(claim.told).toBe(claim.patient);
  };
  for (const segment of remittance) {
    if (segment[0] === 'CLP') {
      closeClaim();
      const reversal = segment[2] === '22';
      claim = {
        owed: cents(segment[3]) - cents(segment[4]),
        adjusted: 0,
        patient: 0,
        told: reversal ? 0 : cents(segment[5] === '' ? '0' : segment[5]),
      };
    } else if (segment[0] === 'SVC') {
      closeLine();
      line = { owed: cents(segment[2]) - cents(segment[3]), adjusted: 0 };
    } else if (segment[0] === 'CAS') {
      claim.adjusted += casOf(segment);
      line.adjusted += casOf(segment);
      if (segment[1] === 'PR' && casOf(segment) > 0) claim.patient += casOf(segment);
    }
  }
  closeClaim();
};

/** Counts and numbers of headers and trailers, seen with other eyes than the writer's. */
const expectEnvelope = (body: string): void => {
  const segments = segmentsOf(body);
  expect(body.indexOf('~')).toBe(105);
  const [isa, iea] = [segments[0], segments.at(-1)];
  expect(iea?.[2]).toBe(isa?.[13]);
  expect(Number(iea?.[1])).toBe(named(segments, 'GS').length);
  expect(named(segments, 'GE').map((one) => one[1])).toEqual(
    named(segments, 'GS').map((_, index) => {
      const from = segments.indexOf(named(segments, 'GS')[index] ?? []);
      const to = segments.indexOf(named(segments, 'GE')[index] ?? []);
      return String(named(segments.slice(from, to), 'ST').length);
    }),
  );
  named(segments, 'ST').forEach((st, index) => {
    const se = named(segments, 'SE')[index] ?? [];
    expect(se[2]).toBe(st[2]);
    expect(Number(se[1])).toBe(segments.indexOf(se) - segments.indexOf(st) + 1);
  });
  expect(segments.slice(1).filter((segment) => /:$|^$/.test(segment.at(-1) ?? ''))).toEqual([]);
};

describe('answers to claims', () => {
  it('come as TA1, 999, 277CA and 835, and TA1 only if it was asked for', async () => {
    const client = await ground.start();
    await client.claims(handMade({ wantsTa1: true, sets: [[{ number: 'PCN1' }]] }));
    const first = await client.answers();
    expect(first.map(kindOf)).toEqual(['TA1', '005010X231A1', '005010X214', '005010X221A1']);
    expect(segmentsOf(first[0]?.body ?? '')[1]).toEqual(['TA1', '000000501', '261101', '1200', 'A', '000']);
    for (const answer of first) expectEnvelope(answer.body);
    expect(new Set(first.map((answer) => answer.body.slice(90, 99))).size).toBe(4);
    expect(first[0]?.body.slice(35, 70)).toBe('ACME           *ZZ*WILLOW         *');
    await client.claims(handMade({ isa13: '000000502', sets: [[{ number: 'PCN2' }]] }));
    const all = await client.answers();
    expect(all.slice(4).map(kindOf)).toEqual(['005010X231A1', '005010X214', '005010X221A1']);
    expect(new Set(all.map((answer) => answer.id)).size).toBe(7);
  });

  it('name the claim, its clearinghouse number, its date and the number of the payer', async () => {
    const answers = await exchange({ number: 'PCN1', d9: '17312345600006351' });
    const number = named(answers, 'REF').find((segment) => segment[1] === '1K')?.[2] ?? '';
    expect(number).toMatch(/^ACM01\d{12}$/);
    expect(named(answers, 'TRN')).toContainEqual(['TRN', '2', 'PCN1']);
    expect(named(answers, 'TRN')).toContainEqual(['TRN', '2', 'BATCH1']);
    expect(named(answers, 'REF')).toContainEqual(['REF', 'D9', '17312345600006351']);
    expect(named(answers, 'DTP')).toContainEqual(['DTP', '472', 'D8', '20261005']);
    expect(named(answers, 'CLP')[0]).toEqual(['CLP', 'PCN1', '1', '140', '112', '14', '12', number, '11', '1']);
    expect(named(answers, 'REF')).toContainEqual(['REF', '6R', 'PCN1L1']);
  });

  it.each([0, 33, 80, 100])('balance to the cent at %i per cent, whatever the charges', async (paidPercent) => {
    const client = await ground.start({ insurers: [{ ...acme, behaviour: { mode: 'answers', paidPercent } }] });
    const lines = [{ charge: '60.55' }, { charge: '.01', reference: '' }, { charge: '185.2' }, { charge: '0' }];
    const claims = [
      { number: 'PCN1', total: '245.76', lines },
      { number: 'PCN2' },
      { number: 'PCN3', dependent: true },
    ];
    await client.claims(handMade({ sets: [claims, [{ number: 'PCN4', filing: 'MB' }]] }));
    const answers = await client.answers();
    expect(answers.map(kindOf)).toEqual(['005010X231A1', '005010X214', '005010X221A1']);
    const remittance = segmentsOf(answers[2]?.body ?? '');
    expect(named(remittance, 'SVC')).toHaveLength(7);
    expect(named(remittance, 'REF').filter((segment) => segment[1] === '6R')).toHaveLength(6);
    expect(named(remittance, 'CLP').map((claim) => claim[6])).toEqual(['12', '12', '12', 'MB']);
    expect(cents(named(remittance, 'CLP')[1]?.[4])).toBe(140 * paidPercent);
    expectBalance(remittance);
    for (const answer of answers) expectEnvelope(answer.body);
  });

  it('reject in the 277CA what is readable and wrong, and pay the rest', async () => {
    const answers = await exchange(
      { number: 'GOOD' },
      { number: 'NODX', diagnoses: '' },
      { number: 'SUMS', total: '141' },
      { number: 'WHO', member: 'X900001' },
      { number: 'POINT', lines: [{ pointers: '1:2' }] },
      { number: 'NOBODY', relation: '' },
      { number: 'F8LESS', frequency: '7' },
      { number: 'F8ODD', frequency: '8', f8: 'NEVER1' },
    );
    const verdicts = named(answers, 'STC').map((segment) => [segment[1]?.split(':')[0], segment[3]]);
    expect(verdicts).toEqual([
      ...[
        ['A1', 'WQ'],
        ['A2', 'WQ'],
        ['A3', 'U'],
        ['A8', 'U'],
        ['A3', 'U'],
        ['A7', 'U'],
        ['A3', 'U'],
        ['A3', 'U'],
        ['A7', 'U'],
      ],
    ]);
    expect(named(answers, 'QTY')).toEqual([
      ['QTY', '90', '1'],
      ['QTY', 'AA', '7'],
    ]);
    expect(named(answers, 'AMT')).toEqual([
      ['AMT', 'YU', '140'],
      ['AMT', 'YY', '981'],
    ]);
    expect(named(answers, 'CLP').map((segment) => segment[1])).toEqual(['GOOD']);
  });

  it('void and replace by taking back what was paid', async () => {
    const client = await ground.start();
    await client.claims(handMade({ sets: [[{ number: 'PCN1' }, { number: 'PCN2' }]] }));
    const numbers = named(segmentsOf((await client.answers())[1]?.body ?? ''), 'REF').map((one) => one[2] ?? '');
    const [first = '', second = ''] = numbers;
    await client.claims(handMade({ isa13: '000000502', sets: [[{ number: 'PCN1', frequency: '8', f8: first }]] }));
    const voided = segmentsOf((await client.answers())[5]?.body ?? '');
    expect(named(voided, 'CLP').map((one) => one.slice(1, 5))).toEqual([['PCN1', '22', '-140', '-112']]);
    expect(named(voided, 'BPR')[0]?.slice(1, 5)).toEqual(['H', '0', 'C', 'NON']);
    expectBalance(voided);

    const replacement = { number: 'PCN2', frequency: '7', f8: second, total: '200', lines: [{ charge: '200' }] };
    await client.claims(handMade({ isa13: '000000503', sets: [[replacement]] }));
    const replaced = segmentsOf((await client.answers())[8]?.body ?? '');
    expect(named(replaced, 'CLP').map((one) => one.slice(1, 5))).toEqual([
      ['PCN2', '22', '-140', '-112'],
      ['PCN2', '1', '200', '160'],
    ]);
    expect(named(replaced, 'BPR')[0]?.[2]).toBe('48');
    expectBalance(replaced);

    await client.claims(handMade({ isa13: '000000504', sets: [[{ number: 'PCN1', frequency: '8', f8: first }]] }));
    expect(named(segmentsOf((await client.answers())[10]?.body ?? ''), 'STC')[1]?.[1]).toBe('A7:464');
    expect(await client.totals()).toEqual({ doubled: 0, received: 4, adjudicated: 4 });
  });

  it('use the delimiters of the sender', async () => {
    const client = await ground.start();
    const odd = handMade({ wantsTa1: true, sets: [[{ number: 'PCN1' }]] })
      .replaceAll('\n', '')
      .replace(/[*:^~]/g, (found) => ({ '*': '|', ':': '>', '^': '}', '~': '\n' })[found] ?? found);
    expect((await client.claims(odd)).status).toBe(202);
    const answers = await client.answers();
    expect(answers).toHaveLength(4);
    expect(answers[1]?.body).toContain('AK9|A|1|1|1\n');
    expect(answers.every((answer) => !answer.body.includes('*'))).toBe(true);
  });
});

describe('answers to treatment reports and statements', () => {
  const report = { reference: 'R-1', fields: { 'plan.sessionsRequested': 9 }, more: [1] };

  it('approve what was asked for, or half of it', async () => {
    const client = await ground.start({ clock: { now: () => Date.parse('2026-11-20T10:00:00Z') } });
    expect((await client.document('/treatment-reports', report)).status).toBe(202);
    await client.behave({ mode: 'answers', decision: 'modified' });
    await client.document('/treatment-reports', { ...report, reference: 'R-2' });
    const answers = (await client.answers()).map((answer) => JSON.parse(answer.body) as unknown);
    const approved = {
      kind: 'treatment-report-decision',
      reference: 'R-1',
      decision: 'approved',
      authorizationNumber: 'AUTH00000001',
      sessionsApproved: 9,
      from: '2026-11-20',
      to: '2027-05-19',
    };
    expect(answers).toEqual([
      approved,
      { ...approved, reference: 'R-2', decision: 'modified', authorizationNumber: 'AUTH00000002', sessionsApproved: 5 },
    ]);
  });

  it('take a PDF whose reference is in the header, and refuse one without', async () => {
    const client = await ground.start();
    const post = (headers: Record<string, string>): Promise<Response> =>
      client.request('/treatment-reports', {
        method: 'POST',
        body: '%PDF-1.7 invented',
        headers: { 'content-type': 'application/pdf', ...headers },
      });
    expect((await post({ 'idempotency-key': 'k1', 'sluice-reference': 'R-1' })).status).toBe(202);
    expect((await post({ 'idempotency-key': 'k2' })).status).toBe(400);
    expect(await client.answers()).toHaveLength(1);
  });

  it.each([
    ['no fields', { reference: 'R-1' }],
    ['no reference', { fields: {} }],
    ['a list', []],
  ])('refuse a report that has %s', async (_name, value) => {
    const client = await ground.start();
    expect((await client.document('/treatment-reports', value)).status).toBe(400);
    expect(await client.answers()).toHaveLength(0);
  });

  it('acknowledge a statement', async () => {
    const client = await ground.start();
    await client.document('/statements', { reference: 'S-1', total: 1 });
    const [answer] = await client.answers();
    expect(answer?.mediaType).toBe('application/json');
    expect(JSON.parse(answer?.body ?? '')).toEqual({ kind: 'statement-received', reference: 'S-1' });
  });
});

describe('collecting', () => {
  const page = async (
    client: Awaited<ReturnType<PracticeGround['start']>>,
    query: string,
  ): Promise<{ ids: string[]; next: string }> => {
    const body = (await (await client.request(`/answers?${query}`)).json()) as { answers: Collected[]; next: string };
    return { ids: body.answers.map((answer) => answer.id), next: body.next };
  };

  it('goes on from a cursor, and repeats from an old one', async () => {
    const client = await ground.start();
    for (const number of ['000000501', '000000502', '000000503']) {
      await client.claims(handMade({ isa13: number, sets: [[{ number }]] }));
    }
    const all = (await page(client, '')).ids;
    expect(all).toHaveLength(9);
    const first = await page(client, 'limit=4');
    const second = await page(client, `limit=4&after=${first.next}`);
    const third = await page(client, `limit=4&after=${second.next}`);
    expect([...first.ids, ...second.ids, ...third.ids]).toEqual(all);
    expect(await page(client, `limit=4&after=${first.next}`)).toEqual(second);
    expect(await page(client, `after=${third.next}`)).toEqual({ ids: [], next: third.next });
  });

  it.each([
    'after=nonsense',
    'limit=0',
    'limit=101',
    'limit=x',
    `after=${Buffer.from('acme:7').toString('base64url')}`,
  ])('refuses %s', async (query) => {
    const client = await ground.start();
    expect((await client.request(`/answers?${query}`)).status).toBe(400);
  });

  it('waits for delayed answers without losing one to an earlier cursor', async () => {
    let now = Date.parse('2026-11-20T10:00:00Z');
    const client = await ground.start({ clock: { now: () => now } });
    await client.behave({ mode: 'answers', answerDelayMs: 5000 });
    await client.document('/statements', { reference: 'SLOW' });
    await client.behave({ mode: 'answers' });
    await client.document('/statements', { reference: 'QUICK' });
    const references = async (query: string): Promise<unknown[]> =>
      (await client.answers(query)).map((answer) => (JSON.parse(answer.body) as { reference: unknown }).reference);
    expect(await references('')).toEqual(['QUICK']);
    const { next } = await page(client, '');
    now += 5000;
    expect(await references(`?after=${next}`)).toEqual(['SLOW']);
    expect(await references('')).toEqual(['QUICK', 'SLOW']);
  });

  it('gives nothing new while paused', async () => {
    const client = await ground.start();
    await client.document('/statements', { reference: 'S1' });
    expect(await client.answers()).toHaveLength(1);
    await client.behave({ mode: 'answers', answersPaused: true });
    await client.document('/statements', { reference: 'S2' });
    expect(await client.answers()).toHaveLength(1);
    await client.behave({ mode: 'answers' });
    expect(await client.answers()).toHaveLength(2);
  });
});
