import { describe, expect, it } from 'vitest';
import { after, answerOf, changed, fileOf, problems } from '../read/answer-file.fixture.js';

const remittance = { code: 'HP', set: '835', version: '005010X221A1', convention: '' };

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
    expect(answer.claims[0]).not.toHaveProperty('serviceDateEnd');
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
    ['a payee who is somebody else', 'N1*PE', 'N1*PR', 'x12_code_unknown 1000B/N101'],
    ['a payee by another kind of number', 'XX*1999999992', 'ZZ*1999999992', 'x12_code_unknown 1000B/N103'],
    ['no payment', 'BPR*I*95*C*CHK************20261120', '', 'x12_segment_unexpected 835/2'],
    ['no trace', 'TRN*1*CHEQUE1*1999999999', '', 'x12_segment_unexpected 835/3'],
    ['money in another direction', '95*C*', '95*X*', 'x12_code_unknown BPR/BPR03'],
    ['another way to pay', 'C*CHK', 'C*XYZ', 'x12_code_unknown BPR/BPR04'],
    ['a day of payment that is none', '20261120', '20261320', 'x12_not_a_date BPR/BPR16'],
    ['a plan without its number', 'XV*PLAN1', 'XV', 'x12_required_missing 1000A/N104'],
    ['a control number that no claim of ours has', 'CLP*PX1', `CLP*${'P'.repeat(39)}`, 'x12_length 2100/CLP01'],
    ['a procedure without its code', 'SVC*HC:90837:95', 'SVC*HC', 'x12_required_missing 2110/SVC01'],
    ['a procedure of no kind', 'SVC*HC:', 'SVC*?:', 'x12_required_missing 2110/SVC01'],
    ['a submitted procedure without its code', '1*HC:90834', '1*HC', 'x12_required_missing 2110/SVC06'],
    ['a day of service that is none', 'DTM*472*20261005', 'DTM*472*20261305', 'x12_not_a_date 2110/DTM02'],
    ['a seventh reason', '253*20', `253*20${'*'.repeat(13)}1*1`, 'x12_too_many_elements 2110/CAS20'],
    ['a provider adjustment of no kind', 'WO:ADJ7', 'W:ADJ7', 'x12_code_unknown PLB/PLB03'],
    ['a provider adjustment with two references', 'WO:ADJ7', 'WO:ADJ7:8', 'x12_delimiter_in_value PLB/PLB03'],
    ['a provider adjustment without an amount', 'WO:ADJ7*5', 'WO:ADJ7', 'x12_required_missing PLB/PLB04'],
    ['a second provider adjustment without an amount', 'ADJ7*5', 'ADJ7*5*FB', 'x12_required_missing PLB/PLB06'],
    ['a second provider adjustment without a reason', 'ADJ7*5', 'ADJ7*5**5', 'x12_code_unknown PLB/PLB05'],
  ])('refuses %s', (_, from, to, problem) => {
    expect(problems(fileOf(remittance, changed(REMITTANCE, from, to)))).toContain(problem);
  });

  it('refuses a line with two control numbers, two days or two allowed amounts', () => {
    const twice = (start: string, other: string) => problems(fileOf(remittance, after(REMITTANCE, start, other)));
    expect(twice('REF*6R', 'REF*6R*LX8')).toContain('x12_segment_repeated 2110/REF01');
    expect(twice('DTM*472', 'DTM*472*20261006')).toContain('x12_segment_repeated 2110/DTM01');
    expect(twice('AMT*B6', 'AMT*B6*140')).toContain('x12_segment_repeated 2110/AMT01');
  });

  it('reads the line control number beside references of other kinds', () => {
    const body = after(REMITTANCE, 'CAS*CO', 'REF*LU*11', 'REF*APC*1');
    expect(answerOf(fileOf(remittance, body), '835').claims[0]?.lines[0]?.lineControlNumber).toBe('LX7');
  });

  it('reads money that is taken back, and in which currency', () => {
    const back = changed(changed(REMITTANCE, 'BPR*I*95*C', 'BPR*I*95*D'), 'WO:ADJ7*5', 'WO:ADJ7*195');
    expect(answerOf(fileOf(remittance, after(back, 'TRN*1', 'CUR*PR*CAD')), '835')).toMatchObject({
      direction: 'debit',
      total: 9500,
      currency: 'CAD',
      imbalances: [],
    });
    expect(answerOf(fileOf(remittance, changed(REMITTANCE, '95*C', '95*D')), '835').imbalances).toMatchObject([
      { code: 'x12_unbalanced', path: 'BPR/BPR02' },
    ]);
  });

  it('reads every place that holds something: six reasons, six adjustments, remarks of both kinds of stay, days', () => {
    const rows = REMITTANCE.map(
      (segment) =>
        ({
          'CAS*CO*45*10**253*20': 'CAS*CO*45*1**253*2*1*96*3**97*4**109*5**119*15',
          'MOA***MA01': 'MOA***MA01*MA02*MA03*MA04*MA05',
          'DTM*232*20261005': 'DTM*232*20261005',
          'SVC*HC:90837:95*150.5*120.5**1*HC:90834': 'SVC*HC:90837:95::59:HO:U1*150.5*120.5**1',
          'DTM*472*20261005': 'DTM*150*20261005',
          'PLB*1999999992*20261231*WO:ADJ7*5': 'PLB*1999999992*20261231*WO:ADJ7*1*FB*1*72:B*1*L6*-1*J1*1*CS:F*2',
        })[segment] ?? segment,
    );
    const more = after(after(rows, 'DTM*232', 'DTM*233*20261007'), 'DTM*150', 'DTM*151*20261006');
    const inpatient = after(more, 'MOA', `MIA*1****M1${'*'.repeat(15)}M2*M3*M4*M5`);
    const answer = answerOf(fileOf(remittance, inpatient), '835');
    expect(answer.imbalances).toEqual([]);
    const [claim] = answer.claims;
    expect(claim).toMatchObject({
      frequency: '1',
      filingIndicator: '12',
      payerClaimNumber: 'ICN1',
      serviceDate: '2026-10-05',
      serviceDateEnd: '2026-10-07',
      remarks: ['MA01', 'MA02', 'MA03', 'MA04', 'MA05', 'M1', 'M2', 'M3', 'M4', 'M5'],
    });
    const [line] = claim?.lines ?? [];
    expect(line).toMatchObject({
      procedure: { qualifier: 'HC', code: '90837', modifiers: ['95', '59', 'HO'] },
      serviceDate: '2026-10-05',
      serviceDateEnd: '2026-10-06',
    });
    expect(line).not.toHaveProperty('submitted');
    expect(line?.adjustments.map(({ reason, amount }) => `${reason} ${amount}`)).toEqual([
      '45 100',
      '253 200',
      '96 300',
      '97 400',
      '109 500',
      '119 1500',
    ]);
    expect(answer.providerAdjustments.map(({ reason, reference, amount }) => [reason, reference, amount])).toEqual([
      ['WO', 'ADJ7', 100],
      ['FB', undefined, 100],
      ['72', 'B', 100],
      ['L6', undefined, -100],
      ['J1', undefined, 100],
      ['CS', 'F', 200],
    ]);
    const without = changed(REMITTANCE, 'ICN1*11*1', 'ICN1');
    expect(answerOf(fileOf(remittance, without), '835').claims[0]).not.toHaveProperty('frequency');
  });

  it('tells in which claim and line a sum does not agree', () => {
    const claim = REMITTANCE.slice(
      REMITTANCE.findIndex((segment) => segment.startsWith('CLP')),
      -1,
    );
    const off = changed(claim, 'CAS*CO*45*10', 'CAS*CO*45*11');
    const body = [...REMITTANCE.slice(0, 10), ...claim, ...off];
    expect(answerOf(fileOf(remittance, body), '835').imbalances).toMatchObject([
      { code: 'x12_unbalanced', path: '2110/SVC03', rule: 'claim 2 line 1' },
      { code: 'x12_unbalanced', path: '2100/CLP04', rule: 'claim 2' },
      { code: 'x12_unbalanced', path: 'BPR/BPR02' },
    ]);
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
