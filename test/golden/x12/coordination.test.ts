import { type Envelope837P, render837P, validate837P } from '#libs/x12';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  afterAnother,
  CLINICIAN,
  DEPENDENT,
  disclose,
  type Entry,
  envelopeFor,
  replaced,
  SECONDARY,
  SELF,
  without,
} from './sample-claim.js';

const base = envelopeFor(2);
const second: Partial<Envelope837P> = { ...afterAnother(base), renderingProvider: CLINICIAN };

const render = (entries: readonly Entry[], changes: Partial<Envelope837P> = second) => {
  const disclosed = disclose(entries);
  return render837P(disclosed, { ...envelopeFor(disclosed.lines.length), ...changes });
};

const segmentsOf = (entries: readonly Entry[], changes?: Partial<Envelope837P>): readonly string[] => {
  const result = render(entries, changes);
  if (!result.ok) throw new Error(result.issues.map(({ code, path }) => `${code} ${path}`).join(', '));
  return Buffer.from(result.value.bytes).toString('latin1').split('~').slice(0, -1);
};

const problems = (entries: readonly Entry[], changes?: Partial<Envelope837P>): readonly string[] => {
  const result = render(entries, changes);
  return result.ok ? [] : result.issues.map(({ code, path }) => `${code} ${path}`);
};

/** A child of one policy holder here and of another there; the first insurer refused a line and paid nothing for it. */
const CHILD: readonly Entry[] = [
  ...DEPENDENT,
  ...replaced(
    SECONDARY.filter(([field]) => field.startsWith('coverage.other.')),
    ['coverage.other.relationship', 'child'],
    ['coverage.other.subscriber', ['Marchbanks', 'Odile']],
    ['coverage.other.paid', 12000],
    ['coverage.other.adjustments', []],
    ['coverage.other.linePaid', 0, 'L1'],
    ['coverage.other.lineAdjustments', ['CO 197 25000'], 'L1'],
  ).filter(([field]) => field !== 'coverage.other.adjustments' && field !== 'coverage.other.claimNumber'),
];

const CASES: readonly [name: string, entries: readonly Entry[]][] = [
  ['second-payer', SECONDARY],
  ['second-payer-dependent', CHILD],
];

describe('a claim to the second of two payers', () => {
  it.each(CASES)('%s', (name, entries) => {
    const text = segmentsOf(entries).map((segment) => `${segment}~`).join('');
    const file = new URL(`./out/${name}.edi`, import.meta.url);
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(file, text);
    expect(existsSync(file)).toBe(true);
    expect(text).toBe(readFileSync(file, 'latin1'));
    expect(validate837P(readFileSync(file))).toEqual([]);
  });

  it('says who decided first, and what, for the claim and for each line', () => {
    const written = segmentsOf(SECONDARY);
    expect(written).toContain('SBR*S*18*GRP100******CI');
    const at = written.indexOf('SBR*P*18*******HM');
    expect(written.slice(at - 1)).toEqual([
      'PRV*PE*PXC*103TC0700X',
      'SBR*P*18*******HM',
      'CAS*PR*1*5',
      'AMT*D*295',
      'OI***Y***Y',
      'NM1*IL*1*QUILLFEATHER*ISADORA****MI*F77001',
      'NM1*PR*2*FIRST HARBOUR HEALTH*****PI*FHH01',
      'REF*F8*FHH2026100900017',
      'LX*1',
      'SV1*HC:90791:95*250*UN*1***1',
      'DTP*472*D8*20261002',
      'REF*6R*N0007919',
      'SVD*FHH01*180*HC:90791:95**1',
      'CAS*CO*45*40',
      'CAS*PR*3*30',
      'DTP*573*D8*20261020',
      'AMT*EAF*30',
      'LX*2',
      'SV1*HC:90837:95:HO*185*UN*1***2:1',
      'DTP*472*D8*20261009',
      'REF*6R*N0015838',
      'SVD*FHH01*120*HC:90837:95:HO**1',
      'CAS*CO*45*30**253*5',
      'CAS*PR*2*30',
      'DTP*573*D8*20261020',
      'AMT*EAF*30',
      ...written.slice(-3),
    ]);
  });

  it('names the holder of the other policy by name and member number alone, and neither holder by address or birth date', () => {
    const written = segmentsOf(CHILD);
    expect(written).toContain('SBR*P*19*******HM');
    expect(written).toContain('NM1*IL*1*MARCHBANKS*ODILE****MI*F77001');
    expect(written.filter((segment) => /^(N3|N4|DMG)\*/.test(segment))).toHaveLength(5);
    expect(written.filter((segment) => segment.startsWith('REF*F8'))).toEqual([]);
  });

  it('takes every word about the other payer from a disclosed field', () => {
    const result = render(SECONDARY);
    const leaves = result.ok ? result.value.leaves : [];
    const structural = leaves.filter(
      ({ position, source }) => /^(2320|2330A|2330B|2430)\/[A-Z]{2}.?\d\d/.test(position) && source.kind === 'structural',
    );
    expect(new Set(structural.map(({ position, text }) => `${position} ${text}`))).toEqual(
      new Set([
        '2320/SBR01 P',
        '2320/AMT01 D',
        '2320/OI03 Y',
        '2320/OI06 Y',
        '2330A/NM101 IL',
        '2330A/NM102 1',
        '2330A/NM108 MI',
        '2330B/NM101 PR',
        '2330B/NM102 2',
        '2330B/NM108 PI',
        '2330B/REF01 F8',
        '2430/SVD03-1 HC',
        '2430/DTP01 573',
        '2430/DTP02 D8',
        '2430/AMT01 EAF',
      ]),
    );
  });
});

describe('a claim with another payer is refused', () => {
  it.each<[string, readonly Entry[], string]>([
    ['without its name', without(SECONDARY, 'coverage.other.payer'), 'x12_required_missing 2330B/NM103'],
    ['without its id', without(SECONDARY, 'coverage.other.payerId'), 'x12_required_missing 2330B/NM109'],
    ['without the kind of its plan', without(SECONDARY, 'coverage.other.planKind'), 'x12_required_missing 2320/SBR09'],
    ['without the member number there', without(SECONDARY, 'coverage.other.memberId'), 'x12_required_missing 2330A/NM109'],
    ['without the relationship there', without(SECONDARY, 'coverage.other.relationship'), 'x12_required_missing 2320/SBR02'],
    ['without the holder of that policy', without(CHILD, 'coverage.other.subscriber'), 'x12_required_missing 2330A/NM103'],
    ['without what it paid', without(SECONDARY, 'coverage.other.paid'), 'x12_required_missing 2320/AMT02'],
    ['without what it paid for a line', SECONDARY.filter(([field, , line]) => field !== 'coverage.other.linePaid' || line !== 'L2'), 'x12_required_missing 2430/SVD02'],
    ['without the day on which it decided', without(SECONDARY, 'coverage.other.adjudicatedOn'), 'x12_required_missing 2430/DTP03'],
    ['that paid another sum than for its lines', replaced(SECONDARY, ['coverage.other.paid', 29501]), 'x12_unbalanced 2320/AMT02'],
    ['that paid more for a line than is left of it', replaced(SECONDARY, ['coverage.other.linePaid', 18001, 'L1']), 'x12_unbalanced 2430/SVD02'],
    ['that decided after the claim was made', replaced(SECONDARY, ['coverage.other.adjudicatedOn', '2026-11-02']), 'x12_date_in_future 2430/DTP03'],
    ['with an adjustment that is none', replaced(SECONDARY, ['coverage.other.adjustments', ['CO45 500']]), 'x12_value_shape 2320/CAS02'],
    ['with more adjustments than there is room for', replaced(SECONDARY, ['coverage.other.adjustments', Array.from({ length: 31 }, () => 'CO 45 1')]), 'x12_segment_repeated 2320/CAS'],
    ['with a relationship that is none', replaced(SECONDARY, ['coverage.other.relationship', 'neighbour']), 'x12_code_unknown 2320/SBR02'],
    ['with a delimiter in its claim number', replaced(SECONDARY, ['coverage.other.claimNumber', 'A*1']), 'x12_delimiter_in_identifier 2330B/REF02'],
  ])('%s', (_name, entries, problem) => {
    expect(problems(entries)).toContain(problem);
  });

  it('as a claim to the first payer, and a claim to the second without the first', () => {
    expect(problems(SECONDARY, {})).toContain('x12_field_without_place coverage.other.payer');
    expect(problems(SELF)).toContain('x12_required_missing 2330B/NM103');
    const { otherPayer: _gone, ...without } = second;
    expect(problems(SECONDARY, without)).toContain('x12_required_missing 2320/OI03');
  });
});

/** The text with its set counted anew. */
const recounted = (segments: readonly string[]): Uint8Array => {
  const start = segments.findIndex((segment) => segment.startsWith('ST*'));
  const end = segments.findIndex((segment) => segment.startsWith('SE*'));
  const counted = segments.map((segment, index) => (index === end ? `SE*${end - start + 1}*0001` : segment));
  return Buffer.from(counted.map((segment) => `${segment}~`).join(''), 'latin1');
};

const changed = (change: (segments: string[]) => void): readonly string[] => {
  const segments = [...segmentsOf(SECONDARY)];
  change(segments);
  return validate837P(recounted(segments)).map(({ code, path }) => `${code} ${path}`);
};

const swap = (from: string, ...to: readonly string[]) => (segments: string[]) => {
  const at = segments.indexOf(from);
  if (at < 0) throw new Error(`no ${from}`);
  segments.splice(at, 1, ...to);
};

describe('the guide on another payer', () => {
  it('finds nothing wrong with what is only written anew', () => {
    expect(changed(() => undefined)).toEqual([]);
  });

  it.each<[string, (segments: string[]) => void, string]>([
    ['two payers of one rank', swap('SBR*P*18*******HM', 'SBR*S*18*******HM'), 'x12_payer_repeated 2320/SBR01'],
    ['a second payer without a first', swap('SBR*P*18*******HM', 'SBR*T*18*******HM'), 'x12_required_missing 2320/SBR01'],
    ['a payer without its relationship', swap('SBR*P*18*******HM', 'SBR*P********HM'), 'x12_required_missing 2320/SBR02'],
    ['no word on assignment and release', swap('OI***Y***Y'), 'x12_required_missing 2320/OI'],
    ['an unsigned release', swap('OI***Y***Y', 'OI***Y***N'), 'x12_code_unknown 2320/OI06'],
    ['no holder of the policy', swap('NM1*IL*1*QUILLFEATHER*ISADORA****MI*F77001'), 'x12_required_missing 2320/2330A'],
    ['no name of the payer', (segments) => { swap('NM1*PR*2*FIRST HARBOUR HEALTH*****PI*FHH01')(segments); swap('REF*F8*FHH2026100900017')(segments); }, 'x12_required_missing 2320/2330B'],
    ['no sum paid', swap('AMT*D*295'), 'x12_required_missing 2320/AMT02'],
    ['a decision of nobody', swap('SVD*FHH01*180*HC:90791:95**1', 'SVD*FHH02*180*HC:90791:95**1'), 'x12_payer_astray 2430/SVD01'],
    ['two decisions of one payer on a line', swap('AMT*EAF*30', 'AMT*EAF*30', 'SVD*FHH01*180*HC:90791:95**1', 'CAS*CO*45*70', 'DTP*573*D8*20261020', 'AMT*EAF*0'), 'x12_payer_repeated 2430/SVD01'],
    ['a line on which the payer did not decide', (segments) => { for (const gone of ['SVD*FHH01*180*HC:90791:95**1', 'CAS*CO*45*40', 'CAS*PR*3*30', 'DTP*573*D8*20261020', 'AMT*EAF*30']) swap(gone)(segments); }, 'x12_required_missing 2430/SVD01'],
    ['a line that does not balance', swap('CAS*CO*45*40', 'CAS*CO*45*39'), 'x12_unbalanced 2430/SVD02'],
    ['a claim that does not balance', swap('CAS*PR*1*5', 'CAS*PR*1*4'), 'x12_unbalanced 2320/AMT02'],
    ['an adjustment without its amount', swap('CAS*CO*45*30**253*5', 'CAS*CO*45*30**253'), 'x12_pair_incomplete 2430/CAS06'],
    ['an adjustment of an unknown group', swap('CAS*CO*45*40', 'CAS*ZZ*45*40'), 'x12_code_unknown 2430/CAS01'],
    ['an adjustment of nothing', swap('CAS*PR*1*5', 'CAS*PR*1*5**2*0'), 'x12_not_an_amount 2320/CAS06'],
    ['no day of the decision', swap('DTP*573*D8*20261020'), 'x12_required_missing 2430/DTP'],
    ['the day both for the claim and for its lines', swap('REF*F8*FHH2026100900017', 'DTP*573*D8*20261020', 'REF*F8*FHH2026100900017'), 'x12_not_used 2330B/DTP03'],
    ['what is left to the client both for the claim and for its lines', swap('AMT*D*295', 'AMT*D*295', 'AMT*EAF*65'), 'x12_not_used 2320/AMT02'],
    ['an unknown rank without a first', swap('SBR*P*18*******HM', 'SBR*U*18*******HM'), 'x12_required_missing 2320/SBR01'],
    ['a sixth reason that is too much', swap('CAS*CO*45*30**253*5', 'CAS*CO*45*30**253*1**1*1**2*1**3*1**4*2'), 'x12_unbalanced 2430/SVD02'],
    ['no quantity', swap('SVD*FHH01*180*HC:90791:95**1', 'SVD*FHH01*180*HC:90791:95'), 'x12_required_missing 2430/SVD05'],
  ])('%s', (_name, change, problem) => {
    expect(changed(change)).toContain(problem);
  });

  it('counts six reasons of one group, and lets a payer decide on the day of the claim', () => {
    const six = 'CAS*CO*45*30**253*1**1*1**2*1**3*1**4*1';
    expect(changed(swap('CAS*CO*45*30**253*5', six))).toEqual([]);
    expect(changed(swap('DTP*573*D8*20261020', 'DTP*573*D8*20261101'))).toEqual([]);
  });

  it('lets the rank of this payer be unknown, or that of the other, where there is a first', () => {
    expect(changed(swap('SBR*S*18*GRP100******CI', 'SBR*U*18*GRP100******CI'))).toEqual([]);
    const first = (segments: string[]) => {
      swap('SBR*S*18*GRP100******CI', 'SBR*P*18*GRP100******CI')(segments);
      swap('SBR*P*18*******HM', 'SBR*U*18*******HM')(segments);
    };
    expect(changed(first)).toEqual([]);
  });

  it('asks nothing of a payer that has decided nothing', () => {
    const undecided = changed((segments) => {
      swap('CAS*PR*1*5')(segments);
      swap('AMT*D*295')(segments);
      const lines = segments.splice(segments.indexOf('LX*1'));
      segments.push(...lines.filter((one) => !/^(SVD|CAS|DTP\*573|AMT\*EAF)/.test(one)));
    });
    expect(undecided).toEqual([]);
  });

  it('lets a payer decide on a claim as a whole, on its day and in balance', () => {
    const whole = (paid: string, ...more: readonly string[]) =>
      changed((segments) => {
        swap('CAS*PR*1*5', 'CAS*CO*45*135', 'CAS*PR*1*5')(segments);
        swap('AMT*D*295', `AMT*D*${paid}`)(segments);
        swap('REF*F8*FHH2026100900017', ...more, 'REF*F8*FHH2026100900017')(segments);
        const lines = segments.splice(segments.indexOf('LX*1'));
        segments.push(...lines.filter((one) => !/^(SVD|CAS|DTP\*573|AMT\*EAF)/.test(one)));
      });
    expect(whole('295', 'DTP*573*D8*20261020')).toEqual([]);
    expect(whole('295')).toContain('x12_required_missing 2330B/DTP03');
    expect(whole('296', 'DTP*573*D8*20261020')).toContain('x12_unbalanced 2320/AMT02');
  });
});
