import type { LoopName } from './x12-loops.js';
import { isDate, isDateRange, readAmount } from './x12-values.js';

/** The segments that a loop may hold, in the order in which they must stand. */
export const segmentsOf: Readonly<Record<LoopName, readonly string[]>> = {
  HEADER: ['BHT', 'REF'],
  '1000A': ['NM1', 'PER'],
  '1000B': ['NM1'],
  '2000A': ['HL', 'PRV', 'CUR'],
  '2010AA': ['NM1', 'N3', 'N4', 'REF', 'PER'],
  '2010AB': ['NM1', 'N3', 'N4', 'REF'],
  '2000B': ['HL', 'SBR', 'PAT'],
  '2010BA': ['NM1', 'N3', 'N4', 'DMG', 'REF', 'PER'],
  '2010BB': ['NM1', 'N3', 'N4', 'REF'],
  '2000C': ['HL', 'PAT'],
  '2010CA': ['NM1', 'N3', 'N4', 'DMG', 'REF', 'PER'],
  '2300': ['CLM', 'DTP', 'PWK', 'CN1', 'AMT', 'REF', 'K3', 'NTE', 'CR1', 'CR2', 'CRC', 'HI', 'HCP'],
  '2310': ['NM1', 'PRV', 'N3', 'N4', 'REF', 'PER'],
  '2320': ['SBR', 'CAS', 'AMT', 'OI', 'MOA'],
  '2330': ['NM1', 'N3', 'N4', 'DTP', 'REF'],
  '2400': [
    ...['LX', 'SV1', 'SV5', 'PWK', 'CR1', 'CR3', 'CRC', 'DTP', 'QTY', 'MEA', 'CN1'],
    ...['REF', 'AMT', 'K3', 'NTE', 'PS1', 'HCP'],
  ],
  '2410': ['LIN', 'CTP', 'REF'],
  '2420': ['NM1', 'PRV', 'N3', 'N4', 'REF', 'PER'],
  '2430': ['SVD', 'CAS', 'DTP', 'AMT'],
  '2440': ['LQ', 'FRM'],
};

/** The segments without which a loop cannot be read. Diagnoses (HI) are judged as business, in the 277CA. */
export const requiredIn: Readonly<Partial<Record<LoopName, readonly string[]>>> = {
  HEADER: ['BHT'],
  '1000A': ['NM1', 'PER'],
  '2010AA': ['NM1', 'N3', 'N4', 'REF'],
  '2000B': ['SBR'],
  '2000C': ['PAT'],
  '2010CA': ['NM1', 'N3', 'N4', 'DMG'],
  '2320': ['OI'],
  '2400': ['SV1', 'DTP'],
  '2430': ['DTP'],
};

/** What must follow a loop before the next of its own kind or above. */
export const loopsBelow: readonly { readonly loop: LoopName; readonly needs: readonly LoopName[] }[] = [
  { loop: 'HEADER', needs: ['1000A', '1000B', '2000A'] },
  { loop: '2000A', needs: ['2010AA', '2000B'] },
  { loop: '2000B', needs: ['2010BA', '2010BB'] },
  { loop: '2000C', needs: ['2010CA', '2300'] },
  { loop: '2300', needs: ['2400'] },
];

/** The first segment of a loop, which IK3 names when the loop is missing. */
export const opening = (loop: LoopName): string => segmentsOf[loop][0] ?? '';

/** The composites of an 837P and how many components each may have; nowhere else may a component separator stand. */
export const composites: Readonly<Record<string, Readonly<Record<number, number>>>> = {
  CLM: { 5: 3, 11: 5 },
  HI: Object.fromEntries(Array.from({ length: 12 }, (_, index) => [index + 1, 9])),
  REF: { 4: 6 },
  SV1: { 1: 8, 7: 4 },
  SV5: { 1: 7 },
  SVD: { 3: 8 },
  CTP: { 5: 15 },
  MEA: { 4: 15 },
};

export interface ElementRule {
  readonly segment: string;
  /** Only in these loops; everywhere if absent. */
  readonly loops?: readonly LoopName[];
  readonly element: number;
  readonly component?: number;
  readonly required?: true;
  readonly longest?: number;
  /** IK403 if the value is not as it should be. */
  readonly fails: '6' | '7' | '8';
  readonly test: (text: string) => boolean;
}

const anything = (): boolean => true;
const oneOf =
  (...codes: readonly string[]) =>
  (text: string): boolean =>
    codes.includes(text);
const amount = (text: string): boolean => readAmount(text) !== undefined;
const dates = (text: string): boolean => isDate(text) || isDateRange(text);
const quantity = (text: string): boolean => /^\d{1,8}(\.\d{1,3})?$/.test(text);
const diagnosisIndex = (text: string): boolean => /^([1-9]|1[0-2])$/.test(text);

const code = (place: Pick<ElementRule, 'segment' | 'element'>, ...codes: readonly string[]): ElementRule => ({
  ...place,
  required: true,
  fails: '7',
  test: oneOf(...codes),
});

export const elementRules: readonly ElementRule[] = [
  code({ segment: 'BHT', element: 1 }, '0019'),
  code({ segment: 'BHT', element: 2 }, '00', '18'),
  { segment: 'BHT', element: 3, required: true, longest: 50, fails: '6', test: anything },
  { segment: 'BHT', element: 4, required: true, fails: '8', test: isDate },
  code({ segment: 'BHT', element: 6 }, 'CH', 'RP', '31'),
  { segment: 'NM1', element: 1, required: true, fails: '7', test: anything },
  code({ segment: 'NM1', element: 2 }, '1', '2'),
  {
    ...{ segment: 'NM1', element: 3, required: true, longest: 60, fails: '6', test: anything },
    loops: ['1000A', '1000B', '2010AA', '2010BA', '2010BB', '2010CA'],
  },
  { ...code({ segment: 'NM1', element: 8 }, '46'), loops: ['1000A', '1000B'] },
  { ...code({ segment: 'NM1', element: 8 }, 'XX'), loops: ['2010AA'] },
  { ...code({ segment: 'NM1', element: 8 }, 'MI', 'II'), loops: ['2010BA'] },
  { ...code({ segment: 'NM1', element: 8 }, 'PI', 'XV'), loops: ['2010BB'] },
  {
    ...{ segment: 'NM1', element: 9, required: true, longest: 80, fails: '6', test: anything },
    loops: ['1000A', '1000B', '2010AA', '2010BA', '2010BB'],
  },
  { segment: 'N3', element: 1, required: true, longest: 55, fails: '6', test: anything },
  { segment: 'N4', element: 1, required: true, longest: 30, fails: '6', test: anything },
  { segment: 'REF', element: 1, required: true, longest: 3, fails: '7', test: anything },
  { segment: 'REF', element: 2, required: true, longest: 50, fails: '6', test: anything },
  code({ segment: 'SBR', element: 1 }, 'P', 'S', 'T', 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'U'),
  { segment: 'SBR', loops: ['2000B'], element: 2, fails: '7', test: oneOf('18') },
  {
    ...code({ segment: 'SBR', element: 2 }, '01', '18', '19', '20', '21', '39', '40', '53', 'G8'),
    loops: ['2320'],
  },
  code({ segment: 'CAS', element: 1 }, 'CO', 'CR', 'OA', 'PI', 'PR'),
  { segment: 'CAS', element: 2, required: true, longest: 5, fails: '6', test: anything },
  { segment: 'CAS', element: 3, required: true, fails: '6', test: amount },
  code({ segment: 'OI', element: 3 }, 'N', 'W', 'Y'),
  code({ segment: 'OI', element: 6 }, 'I', 'Y'),
  { segment: 'SVD', element: 1, required: true, longest: 80, fails: '6', test: anything },
  { segment: 'SVD', element: 2, required: true, fails: '6', test: amount },
  { segment: 'SVD', element: 3, component: 1, required: true, fails: '7', test: oneOf('HC', 'ER', 'IV', 'WK') },
  { segment: 'SVD', element: 5, required: true, fails: '6', test: quantity },
  { segment: 'DTP', loops: ['2430'], element: 3, required: true, fails: '8', test: isDate },
  { segment: 'PAT', loops: ['2000C'], element: 1, required: true, fails: '7', test: anything },
  code({ segment: 'DMG', element: 1 }, 'D8'),
  { segment: 'DMG', element: 2, required: true, fails: '8', test: isDate },
  code({ segment: 'DMG', element: 3 }, 'F', 'M', 'U'),
  { segment: 'CLM', element: 1, required: true, longest: 38, fails: '6', test: anything },
  { segment: 'CLM', element: 2, required: true, fails: '6', test: amount },
  { segment: 'CLM', element: 5, component: 1, required: true, longest: 2, fails: '7', test: anything },
  { segment: 'CLM', element: 5, component: 2, required: true, fails: '7', test: oneOf('B') },
  { segment: 'CLM', element: 5, component: 3, required: true, fails: '7', test: oneOf('1', '7', '8') },
  code({ segment: 'CLM', element: 6 }, 'Y', 'N'),
  code({ segment: 'CLM', element: 7 }, 'A', 'B', 'C'),
  code({ segment: 'CLM', element: 8 }, 'N', 'W', 'Y'),
  code({ segment: 'CLM', element: 9 }, 'I', 'Y'),
  { segment: 'AMT', element: 2, required: true, fails: '6', test: amount },
  { segment: 'HI', element: 1, component: 1, required: true, fails: '7', test: oneOf('ABK', 'BK', 'BP', 'BG') },
  { segment: 'HI', element: 1, component: 2, required: true, fails: '6', test: (text) => /^[A-Z0-9]+$/.test(text) },
  { segment: 'LX', element: 1, required: true, fails: '6', test: (text) => /^[1-9]\d{0,5}$/.test(text) },
  { segment: 'SV1', element: 1, component: 1, required: true, fails: '7', test: oneOf('HC', 'ER', 'IV', 'WK') },
  { segment: 'SV1', element: 1, component: 2, required: true, longest: 48, fails: '6', test: anything },
  { segment: 'SV1', element: 2, required: true, fails: '6', test: amount },
  code({ segment: 'SV1', element: 3 }, 'UN', 'MJ'),
  { segment: 'SV1', element: 4, required: true, fails: '6', test: quantity },
  { segment: 'SV1', element: 7, component: 1, required: true, fails: '6', test: diagnosisIndex },
  { segment: 'SV1', element: 7, component: 2, fails: '6', test: diagnosisIndex },
  { segment: 'SV1', element: 7, component: 3, fails: '6', test: diagnosisIndex },
  { segment: 'SV1', element: 7, component: 4, fails: '6', test: diagnosisIndex },
  code({ segment: 'DTP', element: 2 }, 'D8', 'RD8', 'DT'),
  { segment: 'DTP', loops: ['2400'], element: 3, required: true, fails: '8', test: dates },
];
