import type { Delimiters, FunctionalGroup, InterchangeHeader } from './x12-reading.js';

/** One segment to be written; an element that is a list is a composite. */
export type Written = readonly (string | readonly string[])[];

export interface WrittenGroup {
  readonly code: 'FA' | 'HN' | 'HP';
  readonly guide: string;
  readonly type: '999' | '277' | '835';
  /** The group that is being answered; its sender becomes the receiver. */
  readonly answers: Pick<FunctionalGroup, 'sender' | 'receiver'>;
  /** The bodies between ST and SE. */
  readonly sets: readonly (readonly Written[])[];
}

export interface Answering {
  readonly header: InterchangeHeader;
  /** Those of the interchange that is answered: what it could say, the answer can repeat. */
  readonly delimiters: Delimiters;
  /** 1 to 999 999 999, one for each answer. */
  readonly control: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

export const compactDate = (at: number): string => new Date(at).toISOString().slice(0, 10).replaceAll('-', '');

export const compactTime = (at: number): string => new Date(at).toISOString().slice(11, 16).replace(':', '');

const withoutTail = (parts: readonly string[]): readonly string[] => {
  const last = parts.findLastIndex((part) => part !== '');
  return parts.slice(0, last + 1);
};

/** X12 has no escape: a delimiter inside a value, possible only in what another interchange said, becomes a space. */
const cleaner = (delimiters: Delimiters): ((text: string) => string) => {
  const forbidden = Object.values(delimiters) as string[];
  return (text) => forbidden.reduce((cleaned, delimiter) => cleaned.replaceAll(delimiter, ' '), text);
};

const render = (segments: readonly Written[], delimiters: Delimiters): string => {
  const clean = cleaner(delimiters);
  return segments
    .map((segment) => {
      const elements = segment.map((element) =>
        typeof element === 'string' ? clean(element) : withoutTail(element.map(clean)).join(delimiters.component),
      );
      return withoutTail(elements).join(delimiters.element) + delimiters.segment;
    })
    .join('');
};

/** An ISA has fixed widths and is the only segment that is padded. */
const isa = (answering: Answering): string => {
  const { header, delimiters } = answering;
  const elements = [
    ...['ISA', '00', ' '.repeat(10), '00', ' '.repeat(10)],
    ...[header.receiverQualifier, header.receiver, header.senderQualifier, header.sender],
    ...[compactDate(answering.at).slice(2), compactTime(answering.at)],
    ...[delimiters.repetition, '00501', controlNumber(answering), '0', header.usage, delimiters.component],
  ];
  return elements.join(delimiters.element) + delimiters.segment;
};

const controlNumber = (answering: Answering): string => String(answering.control).padStart(9, '0');

const writeGroup = (answering: Answering, group: WrittenGroup, number: number): readonly Written[] => {
  const guide = group.type === '835' ? [] : [group.guide];
  const sets = group.sets.flatMap((body, index) => {
    const control = String(index + 1).padStart(4, '0');
    return [['ST', group.type, control, ...guide], ...body, ['SE', String(body.length + 2), control]];
  });
  const names = [group.answers.receiver, group.answers.sender];
  return [
    [
      'GS',
      group.code,
      ...names,
      compactDate(answering.at),
      compactTime(answering.at),
      String(number),
      'X',
      group.guide,
    ],
    ...sets,
    ['GE', String(group.sets.length), String(number)],
  ];
};

/** An interchange back to the one who sent the header, with every control number and count of its own. */
export const writeInterchange = (answering: Answering, groups: readonly WrittenGroup[]): string =>
  isa(answering) +
  render(
    [
      ...groups.flatMap((group, index) => writeGroup(answering, group, index + 1)),
      ['IEA', String(groups.length), controlNumber(answering)],
    ],
    answering.delimiters,
  );

/** An interchange that holds a TA1 and nothing else. */
export const writeTa1 = (answering: Answering, note: string): string =>
  isa(answering) +
  render(
    [
      ['TA1', answering.header.control, answering.header.date, answering.header.time, note === '000' ? 'A' : 'R', note],
      ['IEA', '0', controlNumber(answering)],
    ],
    answering.delimiters,
  );
