import type { ReadSet } from './claim-reading.js';
import type { SegmentError } from './claim-syntax.js';
import type { FunctionalGroup } from './x12-reading.js';
import type { Written, WrittenGroup } from './x12-writing.js';

const GUIDE = '005010X231A1';

/** IK502 for a set whose segments are in error. */
const SEGMENTS_IN_ERROR = '5';

export interface ReadGroup {
  readonly group: FunctionalGroup;
  readonly sets: readonly ReadSet[];
}

const segmentErrors = (error: SegmentError): readonly Written[] => [
  ['IK3', error.segment, String(error.position), error.loop === 'HEADER' ? '' : error.loop.slice(0, 4), error.code],
  ...(error.claim === undefined ? [] : [['CTX', ['CLM01', error.claim]]]),
  ...error.elements.map((one): Written => {
    const place = one.component === undefined ? [String(one.element)] : [String(one.element), String(one.component)];
    return ['IK4', place, '', one.code];
  }),
];

const setAnswer = (read: ReadSet): readonly Written[] => {
  const faults = [...read.set.faults, ...(read.errors.length > 0 ? [SEGMENTS_IN_ERROR] : [])].slice(0, 5);
  return [
    ['AK2', read.set.type, read.set.control, ...(read.set.guide === '' ? [] : [read.set.guide])],
    ...read.errors.flatMap(segmentErrors),
    faults.length === 0 ? ['IK5', 'A'] : ['IK5', 'R', ...faults],
  ];
};

/** A group with a fault of its own is rejected whole, without a word about its sets. */
const groupAnswer = ({ group, sets }: ReadGroup): readonly Written[] => {
  const head: Written = ['AK1', group.code, group.control, group.guide];
  const declared = /^\d{1,6}$/.test(group.declared) ? group.declared : String(group.transactions.length);
  const received = String(group.transactions.length);
  if (group.faults.length > 0) return [head, ['AK9', 'R', declared, received, '0', ...group.faults.slice(0, 5)]];
  const taken = sets.filter((set) => set.batch !== undefined).length;
  const verdict = taken === 0 ? 'R' : taken === sets.length ? 'A' : 'P';
  return [head, ...sets.flatMap(setAnswer), ['AK9', verdict, declared, received, String(taken)]];
};

/** One 999 for each functional group, in the order of arrival. */
export const acknowledge = (groups: readonly ReadGroup[]): readonly WrittenGroup[] =>
  groups.map((read) => ({
    code: 'FA',
    guide: GUIDE,
    type: '999',
    answers: read.group,
    sets: [groupAnswer(read)],
  }));
