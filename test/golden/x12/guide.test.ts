import { validate837P } from '#libs/x12';
import { describe, expect, it } from 'vitest';
import { sampleFile } from './sample-files.js';

type Change = readonly [from: string, ...to: readonly string[]];

const segmentsIn = (name: string): readonly string[] =>
  Buffer.from(sampleFile(`valid/${name}.edi`))
    .toString('latin1')
    .replaceAll(/[\r\n]/g, '')
    .split('~')
    .slice(0, -1);

/** The segments after each change (the first segment that begins with `from` becomes `to`), in a set counted anew. */
const written = (name: string, changes: readonly Change[]): Uint8Array => {
  const segments = [...segmentsIn(name)];
  for (const [from, ...to] of changes) {
    const at = segments.findIndex((segment) => segment.startsWith(from));
    if (at < 0) throw new Error(`no ${from}`);
    segments.splice(at, 1, ...to);
  }
  const start = segments.findIndex((segment) => segment.startsWith('ST*'));
  const end = segments.findIndex((segment) => segment.startsWith('SE*'));
  segments[end] = `SE*${end - start + 1}*0001`;
  return Buffer.from(segments.map((segment) => `${segment}~`).join(''), 'latin1');
};

const found = (name: string, ...changes: readonly Change[]): readonly string[] =>
  validate837P(written(name, changes)).map(({ code, path }) => `${code} ${path}`);

const SELF = 'twelve_dx';
const CHILD = 'dependent_telehealth_2lines_auth';
const VOID = 'void_frequency_8';
const LINE = ['LX*2', 'SV1*HC:90834*0*UN*1***1', 'DTP*472*D8*20261006', 'REF*6R*PCN000102'] as const;

describe('the guide between segments', () => {
  it.each([SELF, CHILD, VOID])('finds nothing wrong with %s when it is only written anew', (name) => {
    expect(found(name)).toEqual([]);
  });

  it.each<[what: string, name: string, changes: readonly Change[], problem: string]>([
    ['a group of another kind', SELF, [['GS*HC', 'GS*HP*PSYGATE*CLEARHOUSE*20261101*1200*501*X*005010X222A1']], 'x12_code_unknown GS01'],
    ['a sender of one letter', SELF, [['GS*HC', 'GS*HC*P*CLEARHOUSE*20261101*1200*501*X*005010X222A1']], 'x12_length GS02'],
    ['a receiver of sixteen letters', SELF, [['GS*HC', 'GS*HC*PSYGATE*CLEARHOUSE123456*20261101*1200*501*X*005010X222A1']], 'x12_length GS03'],
    ['a subscriber with an address who is not the patient', CHILD, [['NM1*IL', 'NM1*IL*1*FAIRWEATHER*HUGO****MI*W100000002', 'N3*45 OAK AVE', 'N4*RIVERTON*NJ*08077']], 'x12_not_used 2010BA/N3'],
    ['a subscriber with a birth date who is not the patient', CHILD, [['NM1*IL', 'NM1*IL*1*FAIRWEATHER*HUGO****MI*W100000002', 'DMG*D8*19840315*F']], 'x12_not_used 2010BA/DMG'],
    ['a patient beside a subscriber who is the patient', CHILD, [['SBR*P**', 'SBR*P*18*GRP100******CI']], 'x12_not_used 2000C/HL'],
    ['a subscriber who is the patient, without a claim', CHILD, [['SBR*P**', 'SBR*P*18*GRP100******CI']], 'x12_required_missing 2300/CLM'],
    ['nobody who is the patient', SELF, [['SBR*P*18', 'SBR*P**GRP100******CI']], 'x12_required_missing 2000C/HL'],
    ['an original that names a claim before it', SELF, [['REF*D9', 'REF*F8*ACM2026110100001']], 'x12_not_used 2300/REF02'],
    ['lines that are not counted from one', SELF, [['LX*1', 'LX*2']], 'x12_count_wrong 2400/LX01'],
    ['one day written as a range', SELF, [['DTP*472', 'DTP*472*RD8*20261005']], 'x12_not_a_date 2400/DTP03'],
    ['a range written as one day', SELF, [['DTP*472', 'DTP*472*D8*20261005-20261006']], 'x12_not_a_date 2400/DTP03'],
    ['a range that ends before it begins', SELF, [['DTP*472', 'DTP*472*RD8*20261006-20261005']], 'x12_not_a_date 2400/DTP03'],
    ['a range of three days', SELF, [['DTP*472', 'DTP*472*RD8*20261005-20261006-20261007']], 'x12_not_a_date 2400/DTP03'],
    ['a range that ends in the future', SELF, [['DTP*472', 'DTP*472*RD8*20261005-20261102']], 'x12_date_in_future 2400/DTP03'],
    ['two lines of one number', SELF, [['SE*', ...LINE.slice(0, 3), 'REF*6R*PCN000101', 'SE*']], 'x12_control_number_repeated 2400/REF02'],
    ['a diagnosis pointed to twice', CHILD, [['SV1*HC:90837', 'SV1*HC:90837:95*185*UN*1***1:1']], 'x12_pointer_astray 2400/SV107-1'],
    ['a second pointer to a diagnosis that there is not', CHILD, [['SV1*HC:90837', 'SV1*HC:90837:95*185*UN*1***1:3']], 'x12_pointer_astray 2400/SV107-1'],
    ['papers that are sent, without a number', SELF, [['REF*D9', 'PWK*OZ*BM']], 'x12_required_missing 2300/PWK06'],
    ['papers with a number of no kind', SELF, [['REF*D9', 'PWK*OZ*BM****ACN1']], 'x12_required_missing 2300/PWK06'],
    ['two lists of diagnoses', SELF, [['REF*D9', 'HI*ABK:F411', 'HI*ABK:F331']], 'x12_segment_repeated 2300/HI'],
    ['two rendering clinicians', SELF, [['LX*1', 'NM1*82*1*GRIMSHAW*VERA****XX*1245319599', 'LX*1']], 'x12_loop_repeated 2300/2310B'],
    ['more elements than there are', SELF, [['LX*1', 'LX*1*1']], 'x12_too_many_elements 2400/LX'],
    ['more components than there are', SELF, [['CLM*', 'CLM*PCN0001*140***11:B:1:1*Y*A*Y*Y']], 'x12_too_many_elements 2300/CLM05'],
    ['a place of service that is all separators', SELF, [['CLM*', 'CLM*PCN0001*140***::*Y*A*Y*Y']], 'x12_trailing_separator 2300/CLM05'],
    ['an empty place of service', SELF, [['CLM*', 'CLM*PCN0001*140***::*Y*A*Y*Y']], 'x12_required_missing 2300/CLM05'],
    ['a place that is not of the guide', SELF, [['NM1*40', 'NM1*40*2*CLEARHOUSE*ANN****46*CLEARHOUSE']], 'x12_not_used 1000B/NM104'],
    ['a number with a zero before it', SELF, [['LX*1', 'LX*01']], 'x12_not_a_number 2400/LX01'],
    ['a number of seven digits', SELF, [['LX*1', 'LX*1000000']], 'x12_not_a_number 2400/LX01'],
    ['a value in two repetitions', SELF, [['REF*EI', 'REF*EI*222333444^222333445']], 'x12_delimiter_in_value 2010AA/REF02'],
  ])('finds %s', (_what, name, changes, problem) => {
    expect(found(name, ...changes)).toContain(problem);
  });

  it('finds a dependent without a claim', () => {
    const segments = segmentsIn(CHILD);
    const claim = segments.slice(
      segments.findIndex((segment) => segment.startsWith('CLM*')),
      segments.findIndex((segment) => segment.startsWith('SE*')),
    );
    expect(found(CHILD, ...claim.map((segment): Change => [segment]))).toEqual(['x12_required_missing 2300/CLM']);
  });

  it('finds another version of the guide', () => {
    const bytes = Buffer.from(written(SELF, [])).toString('latin1').replaceAll('005010X222A1', '005010X222A2');
    const codes = validate837P(Buffer.from(bytes, 'latin1')).map(({ code, path }) => `${code} ${path}`);
    expect(codes).toContain('x12_version_unsupported GS08');
  });

  it('finds an interchange of acknowledgements, in which no claim is', () => {
    const ta1 = `${segmentsIn(SELF)[0] ?? ''}~TA1*000000501*261101*1200*A*000~IEA*0*000000501~`;
    expect(validate837P(Buffer.from(ta1, 'latin1'))).toMatchObject([{ code: 'x12_interchange_empty', path: 'IEA01' }]);
  });

  it.each<[what: string, name: string, changes: readonly Change[]]>([
    ['sender and receiver of two and of fifteen letters', SELF, [['GS*HC', 'GS*HC*PS*CLEARHOUSE12345*20261101*1200*501*X*005010X222A1']]],
    ['a service on the day of the claim', SELF, [['DTP*472', 'DTP*472*D8*20261101']]],
    ['a range of one day, and one that ends with the day of the claim', CHILD, [['DTP*472*D8*20261002', 'DTP*472*RD8*20261002-20261002'], ['DTP*472*D8*20261009', 'DTP*472*RD8*20261009-20261101']]],
    ['papers by their number, and papers that are there when asked for', SELF, [['REF*D9', 'PWK*OZ*BM***AC*ACN1', 'PWK*OZ*AA']]],
    ['two lines without a number of their own', SELF, [['REF*6R'], ['SE*', ...LINE.slice(0, 3), 'SE*']]],
    ['fifty lines', SELF, [['SE*', ...Array.from({ length: 49 }, (_, at) => [`LX*${at + 2}`, 'SV1*HC:90834*0*UN*1***1', 'DTP*472*D8*20261006']).flat(), 'SE*']]],
  ])('lets pass %s', (_what, name, changes) => {
    expect(found(name, ...changes)).toEqual([]);
  });

  it('finds a fifty-first line', () => {
    const more = Array.from({ length: 50 }, (_, at) => [`LX*${at + 2}`, 'SV1*HC:90834*0*UN*1***1', 'DTP*472*D8*20261006']);
    expect(found(SELF, ['SE*', ...more.flat(), 'SE*'])).toEqual(['x12_loop_repeated 2300/2400']);
  });
});
