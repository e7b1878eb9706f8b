import { describe, expect, it } from 'vitest';
import { readAnswers } from './read-answers.js';

const header =
  'ISA*00*          *00*          *ZZ*CLEARING       *ZZ*PRACTICE       *261101*1200*^*00501*000000042*0*T*:~';

/** Wraps the segments between ST and SE into a file with right counts, so that a test changes one thing. */
const fileOf = (kind: { code: string; set: string; version: string; convention: string }, body: readonly string[]) => {
  const segments = [`ST*${kind.set}*0001${kind.convention}`, ...body];
  const group = `GS*${kind.code}*CLEARING*PRACTICE*20261101*1205*9*X*${kind.version}~`;
  const text = `${header}${group}${segments.join('~')}~SE*${segments.length + 1}*0001~GE*1*9~IEA*1*000000042~`;
  return readAnswers(Uint8Array.from(text, (character) => character.charCodeAt(0)));
};

const nine = { code: 'FA', set: '999', version: '005010X231A1', convention: '*005010X231A1' };
const status = { code: 'HN', set: '277', version: '005010X214', convention: '*005010X214' };
const remittance = { code: 'HP', set: '835', version: '005010X221A1', convention: '' };

const problems = (result: ReturnType<typeof readAnswers>): readonly string[] =>
  result.ok ? [] : result.issues.map(({ code, path }) => `${code} ${path}`);

const changed = (body: readonly string[], from: string, to: string): readonly string[] => {
  expect(body.some((segment) => segment.includes(from))).toBe(true);
  return body.map((segment) => segment.replace(from, to)).filter((segment) => segment !== '');
};

const NINE = [
  'AK1*HC*501*005010X222A1',
  'AK2*837*0001*005010X222A1',
  'IK3*SV1*27*2400*8',
  'CTX*CLM01:PX1',
  'IK4*2**7*BAD',
  'IK5*R*5',
  'AK9*R*1*1*0',
];

describe('999', () => {
  it('reads the whole sample', () => {
    expect(problems(fileOf(nine, NINE))).toEqual([]);
  });

  it.each([
    ['an unknown set code', 'IK5*R', 'IK5*Q', 'x12_code_unknown 2000/IK501'],
    ['an unknown group code', 'AK9*R', 'AK9*Q', 'x12_code_unknown AK9/AK901'],
    ['accepted while a set was rejected', 'AK9*R*1*1*0', 'AK9*A*1*1*1', 'x12_counts_disagree AK9/AK901'],
    ['rejected while a set was accepted', 'IK5*R*5', 'IK5*A', 'x12_counts_disagree AK9/AK901'],
    ['a position that is no number', 'SV1*27', 'SV1*2A', 'x12_not_a_number 2100/IK302'],
    ['a claim number with a delimiter in it', 'CLM01:PX1', 'CLM01:PX:1', 'x12_delimiter_in_value 2100/CTX01'],
    ['no AK9', 'AK9*R*1*1*0', '', 'x12_segment_unexpected 999'],
    ['an alien segment', 'IK4*2**7*BAD', 'HI*ABK:F411', 'x12_segment_unexpected 999/6'],
  ])('refuses %s', (_, from, to, problem) => {
    expect(problems(fileOf(nine, changed(NINE, from, to)))).toContain(problem);
  });

  it('refuses two claims named for one place', () => {
    const body = [...NINE.slice(0, 4), 'CTX*CLM01:PX2', ...NINE.slice(4)];
    expect(problems(fileOf(nine, body))).toContain('x12_claim_ambiguous 2100/IK302');
  });

  it('refuses a convention that is not the version of the group', () => {
    expect(problems(fileOf({ ...nine, convention: '*005010X230' }, NINE))).toEqual(['x12_version_differs ST03']);
  });

  it('refuses a version that it does not know', () => {
    expect(problems(fileOf({ ...nine, version: '005010X230', convention: '' }, NINE))).toEqual([
      'x12_transaction_unsupported ST01',
    ]);
  });
});

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
  ])('refuses %s', (_, from, to, problem) => {
    expect(problems(fileOf(status, changed(STATUS, from, to)))).toContain(problem);
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

const REMITTANCE = [
  'BPR*I*95*C*CHK************20261120',
  'TRN*1*CHEQUE1*1999999999',
  'DTM*405*20261119',
  'N1*PR*PAYER*XV*PLAN1',
  'N3*1 PLAZA',
  'N4*ALBANY*NY*12201',
  'REF*2U*PAY01',
  'PER*BL*EDI*TE*8005550100',
  'N1*PE*PRACTICE*XX*1999999992',
  'LX*1',
  'CLP*PX1*1*150.5*100*20.5*12*ICN1*11*1',
  'CAS*PR*1*20.5',
  'NM1*QC*1*DOE*JAN',
  'MOA***MA01',
  'DTM*232*20261005',
  'SVC*HC:90837:95*150.5*120.5**1*HC:90834',
  'DTM*472*20261005',
  'CAS*CO*45*10**253*20',
  'REF*6R*LX7',
  'AMT*B6*140.5',
  'LQ*HE*N130',
  'PLB*1999999992*20261231*WO:ADJ7*5',
];

describe('835', () => {
  it('reads adjustments of claim, line and provider, remarks and the submitted procedure', () => {
    const result = fileOf(remittance, REMITTANCE);
    const answer = result.ok ? result.value[0] : undefined;
    if (answer?.kind !== '835') throw new Error(problems(result).join());
    expect(answer).toMatchObject({
      payerReferences: [
        { qualifier: 'XV', id: 'PLAN1' },
        { qualifier: '2U', id: 'PAY01' },
      ],
      providerAdjustments: [{ reason: 'WO', reference: 'ADJ7', amount: 500, fiscalPeriod: '2026-12-31' }],
      imbalances: [],
    });
    expect(answer.claims[0]).toMatchObject({
      adjustments: [{ group: 'PR', reason: '1', amount: 2050 }],
      remarks: ['MA01'],
      serviceDate: '2026-10-05',
    });
    expect(answer.claims[0]?.lines[0]).toMatchObject({
      procedure: { code: '90837', modifiers: ['95'] },
      submitted: { code: '90834' },
      adjustments: [{ amount: 1000 }, { reason: '253', amount: 2000 }],
      remarks: ['N130'],
      allowed: 14050,
    });
  });

  it.each([
    ['an amount with three decimals', 'CLP*PX1*1*150.5*100', 'CLP*PX1*1*150.5*100.001', 'x12_not_an_amount 2100/CLP04'],
    ['an exponent', 'CLP*PX1*1*150.5*100', 'CLP*PX1*1*150.5*1E2', 'x12_not_an_amount 2100/CLP04'],
    ['an unknown claim status', 'CLP*PX1*1', 'CLP*PX1*9', 'x12_code_unknown 2100/CLP02'],
    ['no patient control number', 'CLP*PX1', 'CLP*', 'x12_required_missing 2100/CLP01'],
    ['a delimiter in the patient control number', 'CLP*PX1', 'CLP*PX:1', 'x12_delimiter_in_value 2100/CLP01'],
    ['no payer claim number', 'ICN1', '', 'x12_required_missing 2100/CLP07'],
    ['an unknown adjustment group', 'CAS*CO', 'CAS*CR', 'x12_code_unknown 2110/CAS01'],
    ['an adjustment without a reason', 'CAS*CO*45*10', 'CAS*CO**10', 'x12_required_missing 2110/CAS02'],
    ['an adjustment without an amount', '253*20', '253', 'x12_required_missing 2110/CAS06'],
    ['a negative payment in total', 'BPR*I*95', 'BPR*I*-95', 'x12_not_an_amount BPR/BPR02'],
    ['money sent as no payment', 'C*CHK', 'C*NON', 'x12_status_contradicts BPR/BPR04'],
    ['a claim outside a header number', 'LX*1', '', 'x12_segment_unexpected 835/11'],
    ['a payer who is somebody else', 'N1*PR', 'N1*PE', 'x12_code_unknown 1000A/N101'],
  ])('refuses %s', (_, from, to, problem) => {
    expect(problems(fileOf(remittance, changed(REMITTANCE, from, to)))).toContain(problem);
  });

  it('refuses a line with two control numbers', () => {
    const body = REMITTANCE.flatMap((segment) => (segment === 'REF*6R*LX7' ? [segment, 'REF*6R*LX8'] : [segment]));
    expect(problems(fileOf(remittance, body))).toContain('x12_segment_repeated 2110/REF01');
  });

  it.each([
    ['line', 'CAS*CO*45*10', 'CAS*CO*45*11', ['2110/SVC03', '2100/CLP04']],
    ['claim', 'CAS*PR*1*20.5', 'CAS*PR*1*20.4', ['2100/CLP04']],
    ['claim and its lines', 'CLP*PX1*1*150.5*100', 'CLP*PX1*1*160.5*110', ['2100/CLP03', 'BPR/BPR02']],
    ['payment', 'PLB*1999999992*20261231*WO:ADJ7*5', 'PLB*1999999992*20261231*WO:ADJ7*6', ['BPR/BPR02']],
  ])('reports sums of the %s that do not agree', (_, from, to, paths) => {
    const result = fileOf(remittance, changed(REMITTANCE, from, to));
    const answer = result.ok ? result.value[0] : undefined;
    if (answer?.kind !== '835') throw new Error(problems(result).join());
    expect(answer.imbalances.map(({ path }) => path)).toEqual(paths);
  });

  it('does not fall over amounts whose sum no claim could carry', () => {
    const claim = 'CLP*PX1*1*99999999.99*99999999.99**12*ICN1';
    const result = fileOf(remittance, [...REMITTANCE.slice(0, 10), claim, claim, claim]);
    expect(result.ok && result.value[0]).toMatchObject({ imbalances: [{ path: 'BPR/BPR02' }] });
  });
});
