import { centsOf, LARGEST_AMOUNT, plainDate } from '#libs/kernel';
import { type Answer, readAnswers } from '#libs/x12';
import { describe, expect, it } from 'vitest';
import { sampleFile } from '../../../test/golden/x12/sample-files.js';
import { heardIn } from './answer-kinds.js';

/** What is heard of a claim in a balanced remittance, once its status (CLP02) says this. */
const heardOf = (claim: string, status: string) => {
  const text = Buffer.from(sampleFile('conversation/05_835_paid_partial_denied.edi')).toString('latin1');
  const start = `CLP*${claim}*`;
  const at = text.indexOf(start) + start.length;
  const changed = `${text.slice(0, at)}${status}${text.slice(text.indexOf('*', at))}`;
  const answers = readAnswers(Buffer.from(changed, 'latin1'));
  if (!answers.ok) throw new Error(answers.issues.map(({ code, path }) => `${code} ${path}`).join());
  return answers.value
    .flatMap((answer) => heardIn(answer).heard)
    .filter(({ about }) => about.value === claim)
    .map(({ kind, remitted }) => [kind, remitted !== undefined]);
};

describe('a claim that its payer processed and forwarded to the next one', () => {
  it.each([
    ['19', '1'],
    ['20', '2'],
    ['21', '3'],
  ])('is what it is without the forwarding (CLP02 %s as %s), and is known to be forwarded', (forwarded, alone) => {
    for (const [claim, kind] of [
      ['PCN0001', 'paid'],
      ['PCN0002', 'partly-paid'],
    ] as const) {
      expect(heardOf(claim, alone)).toEqual([[kind, true]]);
      // Nothing of it is for us to tell the next payer, who has it already.
      expect(heardOf(claim, forwarded)).toEqual([
        [kind, false],
        ['forwarded', false],
      ]);
    }
  });

  it('is only forwarded where the payer says that it is not its claim', () => {
    expect(heardOf('PCN0001', '23')).toEqual([['forwarded', false]]);
  });
});

describe('a claim that its payer decided on in several parts of one remittance', () => {
  type Remittance = Extract<Answer, { kind: '835' }>;
  type Claim = Remittance['claims'][number];

  /** One part with one line, which adds up: what was not paid was adjusted for one reason. */
  const part = (line: number, status: Claim['statusCode'], money: readonly [number, number, string?]): Claim => {
    const [charge, paid, why = 'CO-45'] = money;
    const [group = 'CO', reason = ''] = why.split('-');
    const adjustments = charge === paid ? [] : [{ group: group as 'CO', reason, amount: centsOf(charge - paid) }];
    return {
      ...{ patientControlNumber: 'PCN0001', statusCode: status, charge: centsOf(charge), paid: centsOf(paid) },
      ...{ patientResponsibility: centsOf(1), filingIndicator: '12', payerClaimNumber: `ACM${line}` },
      ...{ adjustments: [], remarks: [] },
      lines: [
        {
          ...{ lineControlNumber: `LINE${line}`, procedure: { qualifier: 'HC', code: '90834', modifiers: [] } },
          ...{ charge: centsOf(charge), paid: centsOf(paid), adjustments, remarks: [] },
        },
      ],
    };
  };

  const heardOfAll = (claims: readonly Claim[]) => {
    const { value } = readAnswers(sampleFile('conversation/05_835_paid_partial_denied.edi')) as {
      readonly value: readonly Answer[];
    };
    const remittance = value.find((one): one is Remittance => one.kind === '835');
    if (remittance === undefined) throw new Error('no remittance');
    return heardIn({ ...remittance, paymentDate: plainDate('2026-11-20'), claims }).heard;
  };

  const said = (...claims: readonly Claim[]) => heardOfAll(claims).map(({ kind, detail }) => [kind, detail.paid]);

  it.each<[string, readonly Claim[], readonly unknown[]]>([
    ['paid in both', [part(1, '1', [140, 100]), part(2, '1', [90, 90])], [['paid', 190]]],
    ['paid and denied', [part(1, '1', [140, 100]), part(2, '4', [90, 0, 'CO-197'])], [['partly-paid', 100]]],
    ['denied and paid', [part(2, '4', [90, 0, 'PR-204']), part(1, '1', [140, 100])], [['partly-paid', 100]]],
    ['denied in both', [part(1, '4', [140, 0, 'CO-197']), part(2, '1', [90, 0, 'CO-197'])], [['denied', 0]]],
    [
      'left to the client and denied',
      [part(1, '1', [140, 0, 'PR-1']), part(2, '4', [90, 0, 'CO-197'])],
      [['partly-paid', 0]],
    ],
    [
      'paid, and turned away as a duplicate',
      [part(1, '1', [140, 100]), part(1, '4', [140, 0, 'OA-18'])],
      [['paid', 100]],
    ],
    ['a duplicate throughout', [part(1, '4', [140, 0, 'OA-18']), part(1, '4', [140, 0, 'OA-18'])], [['denied', 0]]],
  ])('is what they come to together: %s', (_what, claims, heard) => {
    expect(said(...claims)).toEqual(heard);
  });

  it('has the amounts of all parts, and what all lines were paid', () => {
    const [heard, ...more] = heardOfAll([part(1, '1', [140, 100]), part(2, '1', [90, 60, 'PR-3'])]);
    expect(more).toEqual([]);
    expect(heard?.detail).toMatchObject({ charge: 230, paid: 160, clientShare: 2, codes: ['CO-45', 'PR-3'] });
    expect(heard?.remitted).toMatchObject({ paid: 160, lines: [{ control: 'LINE1' }, { control: 'LINE2' }] });
  });

  it('tells a line that was split once', () => {
    const [heard] = heardOfAll([part(1, '1', [140, 100]), part(1, '1', [90, 60])]);
    expect(heard?.remitted?.lines).toEqual([
      {
        ...{ control: 'LINE1', paid: 160 },
        adjustments: [
          { group: 'CO', reason: '45', amount: 40 },
          { group: 'CO', reason: '45', amount: 30 },
        ],
      },
    ]);
  });

  it('is undone by a reversal, and is what comes after it', () => {
    const reversal: Claim = {
      ...part(1, '1', [140, 100]),
      statusCode: '22',
      charge: centsOf(-140),
      paid: centsOf(-100),
    };
    const [one, two] = [part(1, '1', [140, 120]), part(2, '4', [90, 0, 'CO-197'])];
    expect(said(reversal, one, two)).toEqual([
      ['reversed', -100],
      ['partly-paid', 120],
    ]);
    expect(said(one, two, reversal)).toEqual([
      ['partly-paid', 120],
      ['reversed', -100],
    ]);
  });

  describe('where payments of parts are taken back in the same remittance', () => {
    const back = (line: number, charge: number, paid: number): Claim => ({
      ...part(line, '22', [charge, paid]),
      ...{ charge: centsOf(-charge), paid: centsOf(-paid) },
    });
    const [a, b] = [part(1, '1', [140, 120]), part(2, '4', [90, 0, 'CO-197'])];

    it.each<[string, readonly Claim[], readonly unknown[]]>([
      [
        'both, and both decided anew',
        [back(1, 140, 100), back(2, 90, 90), a, b],
        [
          ['reversed', -190],
          ['partly-paid', 120],
        ],
      ],
      [
        'one after the other',
        [back(1, 140, 100), a, back(2, 90, 90), b],
        [
          ['reversed', -190],
          ['partly-paid', 120],
        ],
      ],
      [
        'one of those in it',
        [a, part(2, '1', [90, 90]), back(1, 140, 120)],
        [
          ['reversed', -120],
          ['paid', 90],
        ],
      ],
      [
        'one of those in it, decided anew',
        [part(1, '1', [140, 100]), back(1, 140, 100), a],
        [
          ['reversed', -100],
          ['paid', 120],
        ],
      ],
      [
        'all of those in it',
        [a, back(1, 140, 120)],
        [
          ['paid', 120],
          ['reversed', -120],
        ],
      ],
    ])('is what stands: %s', (_what, claims, heard) => {
      expect(said(...claims)).toEqual(heard);
    });
  });

  it('is left in parts where they come to more than a claim can', () => {
    const most = LARGEST_AMOUNT;
    expect(said(part(1, '1', [most, most]), part(2, '1', [most, most]))).toEqual([
      ['paid', most],
      ['paid', most],
    ]);
  });

  it('was forwarded if any part of it was', () => {
    const parts = [part(1, '19', [140, 100]), part(2, '1', [90, 90])];
    expect(heardOfAll(parts).map(({ kind, remitted }) => [kind, remitted])).toEqual([
      ['paid', undefined],
      ['forwarded', undefined],
    ]);
  });

  it('and two claims that the payer says it never had are none of one', () => {
    const unknown = [1, 2].map((line) => ({ ...part(line, '4', [140, 0, 'CO-16']), patientControlNumber: '0' }));
    expect(heardOfAll(unknown)).toHaveLength(2);
  });
});
