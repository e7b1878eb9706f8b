import { describe, expect, it } from 'vitest';
import { after, answerOf, changed, fileOf, problems } from '../read/answer-file.fixture.js';

const status = { code: 'HN', set: '277', version: '005010X214', convention: '*005010X214' };

const STATUS = [
  'BHT*0085*08*REF1*20261101*1300*TH',
  'HL*1**20*1',
  'NM1*AY*2*CLEARING*****46*CLEARING',
  'TRN*1*TRACE1',
  'DTP*050*D8*20261101',
  'DTP*009*D8*20261101',
  'HL*2*1*21*1',
  'NM1*41*2*PRACTICE*****46*PRACTICE',
  'TRN*2*BATCH1',
  'STC*A1:19:PR*20261101*WQ*200',
  'QTY*90*1',
  'QTY*AA*1',
  'AMT*YU*140',
  'AMT*YY*60',
  'HL*3*2*19*1',
  'NM1*85*2*PRACTICE*****XX*1999999992',
  'HL*4*3*PT',
  'NM1*QC*1*DOE*JAN****MI*W1',
  'TRN*2*PX1',
  'STC*A2:20:PR*20261101*WQ*140',
  'REF*1K*PAYER1',
  'DTP*472*RD8*20261005-20261006',
  'HL*5*3*PT',
  'NM1*QC*1*DOE*JAN****MI*W1',
  'TRN*2*PX2',
  'STC*A7:562:85*20261101*U*60******A7:21',
  'STC*A8:33:IL*20261101*U*60',
  'REF*D9*CH2',
  'DTP*472*D8*20261006',
  'SVC*HC:90834*60*****1',
  'STC*A7:507*20261101*U',
  'REF*FJ*LX7',
];

describe('277CA', () => {
  it('reads ranges, several statuses, their additions, and lines', () => {
    const result = fileOf(status, STATUS);
    const answer = result.ok ? result.value[0] : undefined;
    if (answer?.kind !== '277CA') throw new Error(problems(result).join());
    expect(answer.claims[0]).toMatchObject({
      serviceDate: '2026-10-05',
      serviceDateEnd: '2026-10-06',
      payerClaimNumber: 'PAYER1',
    });
    expect(answer.claims[1]?.statuses.map(({ category, status: code }) => category + code)).toEqual([
      'A7562',
      'A721',
      'A833',
    ]);
    expect(answer.claims[1]?.lines).toEqual([
      { statuses: [{ category: 'A7', status: '507' }], lineControlNumber: 'LX7' },
    ]);
    expect(answer.informationSource.role).toBe('AY');
    expect(answer.imbalances).toEqual([]);
  });

  it.each([
    [
      'accepted with a category that rejects',
      'STC*A2:20:PR*20261101*WQ',
      'STC*A3:20:PR*20261101*WQ',
      'x12_status_contradicts 2200D/STC03',
    ],
    [
      'rejected with a category that accepts',
      'STC*A2:20:PR*20261101*WQ',
      'STC*A2:20:PR*20261101*U',
      'x12_status_contradicts 2200D/STC03',
    ],
    ['a category of another transaction', 'A2:20:PR', 'F1:20:PR', 'x12_code_unknown 2200D/STC01'],
    [
      'statuses of one claim that disagree',
      'STC*A8:33:IL*20261101*U',
      'STC*A2:33:IL*20261101*WQ',
      'x12_status_contradicts 2200D/TRN02',
    ],
    ['a claim without a status', 'STC*A2:20:PR*20261101*WQ*140', '', 'x12_status_missing 2200D/TRN02'],
    ['a gap in the hierarchy', 'HL*5*3*PT', 'HL*6*3*PT', 'x12_hierarchy 2000D/HL01'],
    ['a parent on the wrong level', 'HL*5*3*PT', 'HL*5*2*PT', 'x12_hierarchy 2000D/HL02'],
    ['a date that does not exist', 'D8*20261006', 'D8*20261306', 'x12_not_a_date 2200D/DTP03'],
    ['an amount with three decimals', 'WQ*140', 'WQ*140.001', 'x12_not_an_amount 2200D/STC04'],
    ['a delimiter in the claim number', 'TRN*2*PX1', 'TRN*2*PX:1', 'x12_delimiter_in_value 2200D/TRN02'],
    ['another structure code', 'BHT*0085', 'BHT*0010', 'x12_code_unknown BHT/BHT01'],
    ['another kind of transaction', '1300*TH', '1300*RP', 'x12_code_unknown BHT/BHT06'],
    ['a source that is neither payer nor clearinghouse', 'NM1*AY', 'NM1*41', 'x12_code_unknown 2100A/NM101'],
    ['a source without a number', '*46*CLEARING', '*46', 'x12_required_missing 2100A/NM109'],
    ['a source without its trace', 'TRN*1*TRACE1', 'TRN*1', 'x12_required_missing 2200A/TRN02'],
    ['a trace that is somebody else’s', 'TRN*1*TRACE1', 'TRN*2*TRACE1', 'x12_code_unknown 2200A/TRN01'],
    ['a receiver who is somebody else', 'NM1*41', 'NM1*40', 'x12_code_unknown 2100B/NM101'],
    ['a batch by another kind of number', 'TRN*2*BATCH1', 'TRN*1*BATCH1', 'x12_code_unknown 2200B/TRN01'],
    ['a batch without its number', 'TRN*2*BATCH1', 'TRN*2', 'x12_required_missing 2200B/TRN02'],
    ['a batch without a status', 'STC*A1:19:PR*20261101*WQ*200', '', 'x12_status_missing 2200B/TRN02'],
    ['a hierarchy that begins at two', 'HL*1**20', 'HL*2**20', 'x12_hierarchy 2000A/HL01'],
    ['a source under somebody', 'HL*1**20', 'HL*1*1*20', 'x12_hierarchy 2000A/HL02'],
    ['a batch under nobody', 'HL*2*1*21', 'HL*2**21', 'x12_hierarchy 2000B/HL02'],
    ['no batch', 'HL*2*1*21*1', '', 'x12_required_missing 277/2000B'],
    ['a claim by another kind of number', 'TRN*2*PX1', 'TRN*1*PX1', 'x12_code_unknown 2200D/TRN01'],
    ['a claim without the day of its status', 'A2:20:PR*20261101', 'A2:20:PR*', 'x12_required_missing 2200D/TRN02'],
    ['a status that is no number', 'A2:20:PR', 'A2:2X:PR', 'x12_code_unknown 2200D/STC01'],
    ['an addition of another transaction', '******A7:21', '******F1:21', 'x12_code_unknown 2200D/STC10'],
    ['an addition that says the opposite', '******A7:21', '******A2:21', 'x12_status_contradicts 2200D/STC03'],
    ['a range with one end', 'RD8*20261005-20261006', 'RD8*20261005', 'x12_not_a_date 2200D/DTP03'],
    ['a range that begins on no day', 'RD8*20261005-', 'RD8*20261305-', 'x12_not_a_date 2200D/DTP03'],
    ['a range that ends on no day', '-20261006', '-20261306', 'x12_not_a_date 2200D/DTP03'],
    ['dates in another form', 'RD8*20261005', 'TM*20261005', 'x12_code_unknown 2200D/DTP02'],
    ['dates of something else', 'DTP*472*RD8', 'DTP*050*RD8', 'x12_code_unknown 2200D/DTP01'],
  ])('refuses %s', (_, from, to, problem) => {
    expect(problems(fileOf(status, changed(STATUS, from, to)))).toContain(problem);
  });

  it.each([
    ['claims', 'REF*1K*PAYER1', 'REF*1K*PAYER2', 'x12_segment_repeated 2200D/REF01'],
    ['the batch', 'TRN*2*BATCH1', 'STC*A3:19:PR*20261101*U*200', 'x12_status_contradicts 2200B/TRN02'],
  ])('refuses two answers about %s that differ', (_what, beside, other, problem) => {
    expect(problems(fileOf(status, after(STATUS, beside, other)))).toContain(problem);
  });

  it('reads what else is told: references of other kinds, both additions of a status, a line by each of its statuses', () => {
    const more = after(STATUS, 'REF*1K', 'REF*BLT*831');
    const line = after(more, 'STC*A7:507', 'STC*A7:21*20261101*U');
    const two = changed(line, '******A7:21', '******A7:21*A8:512:QC');
    const answer = answerOf(fileOf(status, two), '277CA');
    expect(answer.claims[0]?.payerClaimNumber).toBe('PAYER1');
    expect(answer.claims[0]).toMatchObject({ statusDate: '2026-11-01', charge: 14000, action: 'WQ' });
    expect(answer.claims[1]).toMatchObject({ clearinghouseNumber: 'CH2', serviceDate: '2026-10-06' });
    expect(answer.claims[1]?.statuses).toEqual([
      { category: 'A7', status: '562', entity: '85' },
      { category: 'A7', status: '21' },
      { category: 'A8', status: '512', entity: 'QC' },
      { category: 'A8', status: '33', entity: 'IL' },
    ]);
    expect(answer.claims[1]?.lines[0]?.statuses).toEqual([
      { category: 'A7', status: '507' },
      { category: 'A7', status: '21' },
    ]);
  });

  it('reads a provider that is told of as a whole, and several sources and batches', () => {
    const whole = ['HL*6*2*19*0', 'NM1*85*2*OTHER*****XX*1999999984', 'TRN*1*0', 'STC*A3:562:85**U*75'];
    const next = [
      'HL*7**20*1',
      'NM1*PR*2*PAYER*****PI*PAYER9',
      'TRN*1*TRACE9',
      'HL*8*7*21*1',
      'NM1*41*2*PRACTICE*****46*PRACTICE',
      'TRN*2*BATCH9',
      'STC*A3:24:41*20261101*U*0',
      'HL*9*7*21*1',
      'NM1*41*2*PRACTICE*****46*PRACTICE',
      'TRN*2*BATCH10',
      'STC*A1:19:PR*20261101*WQ*0',
    ];
    const result = fileOf(status, [...STATUS, ...whole, ...next]);
    expect(problems(result)).toEqual([]);
    expect(result.ok && result.value).toMatchObject([
      { batchReference: 'BATCH1', providers: [{ category: 'A3', status: '562', entity: '85', action: 'U' }] },
      {
        batchReference: 'BATCH9',
        informationSource: { role: 'PR', trace: 'TRACE9' },
        batch: { action: 'U' },
        claims: [],
      },
      { batchReference: 'BATCH10', informationSource: { trace: 'TRACE9' }, batch: { action: 'WQ' }, providers: [] },
    ]);
  });

  it('reports totals that do not agree with the claims', () => {
    const result = fileOf(status, changed(STATUS, 'QTY*90*1', 'QTY*90*2'));
    expect(result.ok && result.value[0]).toMatchObject({
      imbalances: [{ code: 'x12_unbalanced', path: '2200B/QTY02' }],
    });
  });

  const PROVIDER = ['TRN*1*0', 'STC*A1:19:85**WQ*200', 'QTY*QA*1', 'QTY*QC*1', 'AMT*YU*140', 'AMT*YY*60'];

  /** With what the provider's own loop says (2200C). */
  const imbalances = (of: { readonly batch?: readonly string[]; readonly provider?: readonly string[] }) => {
    const { batch = STATUS, provider = PROVIDER } = of;
    const at = batch.indexOf('HL*4*3*PT');
    const result = fileOf(status, [...batch.slice(0, at), ...provider, ...batch.slice(at)]);
    const answer = result.ok ? result.value[0] : undefined;
    if (answer?.kind !== '277CA') throw new Error(problems(result).join());
    return answer.imbalances.map(({ code, path, rule }) => [code, path, rule].join(' ').trim());
  };

  it.each([
    ['the charges', 'WQ*200', 'WQ*140', '2200C/STC04'],
    ['claims that were accepted', 'QTY*QA*1', 'QTY*QA*2', '2200C/QTY02 QA'],
    ['claims that were rejected', 'QTY*QC*1', 'QTY*QC*0', '2200C/QTY02 QC'],
    ['what was accepted', 'AMT*YU*140', 'AMT*YU*150', '2200C/AMT02 YU'],
    ['what was rejected', 'AMT*YY*60', 'AMT*YY*61', '2200C/AMT02 YY'],
  ])('reports where a provider’s total of %s is another', (_what, from, to, where) => {
    expect(imbalances({ provider: changed(PROVIDER, from, to) })).toEqual([`x12_unbalanced ${where}`]);
  });

  it('reports where the charges of the batch are others', () => {
    expect(imbalances({ batch: changed(STATUS, 'WQ*200', 'WQ*201') })).toEqual(['x12_unbalanced 2200B/STC04']);
  });

  it('adds up what a provider was told as a whole, and asks nothing of what is not there', () => {
    expect(imbalances({})).toEqual([]);
    // A sender that has no total has to write one all the same.
    expect(imbalances({ provider: changed(PROVIDER, 'WQ*200', 'WQ*0') })).toEqual([]);
    expect(imbalances({ batch: changed(STATUS, 'WQ*140', 'WQ') }).filter((one) => one.endsWith('STC04'))).toEqual([]);
    const whole = ['HL*6*2*19*0', 'NM1*85*2*OTHER*****XX*1999999984', 'TRN*1*0', 'STC*A3:562:85**U*75'];
    const read = (total: string) => {
      const result = fileOf(status, changed([...STATUS, ...whole], 'WQ*200', `WQ*${total}`));
      return result.ok && result.value[0];
    };
    expect(read('275')).toMatchObject({ imbalances: [] });
    expect(read('200')).toMatchObject({ imbalances: [{ path: '2200B/STC04' }] });
  });
});
