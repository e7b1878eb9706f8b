import { type Leaf, structuralLeaf, type StructuralSource } from '#libs/disclosure';
import { identifierProblem } from '../envelope/characters.js';
import { writeDate } from '../envelope/date.js';
import { constant, given, named, required } from './draft.js';
import type { Contact, Envelope837P } from './envelope-837p.js';
import type { SegmentWriter } from './segment-writer.js';
import { VERSION_837P } from './validate-837p.js';

/** ISA, GS, ST, BHT and the loops of submitter and receiver. */
export const openEnvelope = (writer: SegmentWriter, envelope: Envelope837P): void => {
  writer.fixedSegment('ISA', interchangeHeader(writer, envelope));
  const { controlNumbers, createdAt, sender, receiver, submitter, receiverName } = envelope;
  const date = given('creation-time', writeDate(createdAt.date));
  const time = given('creation-time', createdAt.time);
  writer.segment('GS', 'GS', [
    constant('HC'),
    given('practice', sender.applicationCode ?? sender.id),
    given('payer', receiver.applicationCode ?? receiver.id),
    date,
    time,
    given('control-number', controlNumbers.group),
    constant('X'),
    constant(VERSION_837P),
  ]);
  writer.segment('ST', 'ST', [constant('837'), given('control-number', controlNumbers.set), constant(VERSION_837P)]);
  const reference = given('control-number', controlNumbers.batchReference);
  writer.segment('BHT', 'BHT', [constant('0019'), constant('00'), reference, date, time, constant('CH')]);
  writer.segment('1000A', 'NM1', [
    constant('41'),
    constant('2'),
    named('practice', submitter.name),
    ...NO_FURTHER_NAME,
    constant('46'),
    given('practice', submitter.id),
  ]);
  writeContact(writer, '1000A', submitter.contact);
  writer.segment('1000B', 'NM1', [
    constant('40'),
    constant('2'),
    named('payer', receiverName.name),
    ...NO_FURTHER_NAME,
    constant('46'),
    given('payer', receiverName.id),
  ]);
};

/** NM104 to NM107 of an organisation. */
export const NO_FURTHER_NAME = [undefined, undefined, undefined, undefined] as const;

export const writeContact = (writer: SegmentWriter, loop: string, contact: Contact): void => {
  const number =
    contact.phone === undefined
      ? [constant('EM'), required(given('practice', contact.email))]
      : [constant('TE'), given('practice', contact.phone.replace(/\D/g, ''))];
  writer.segment(loop, 'PER', [constant('IC'), named('practice', contact.name), ...number]);
};

/** SE, GE and IEA; their counts are of what has been written, and are made here alone. */
export const closeEnvelope = (writer: SegmentWriter, envelope: Envelope837P): void => {
  const { controlNumbers } = envelope;
  const segments = given('count', String(writer.countInSet + 1));
  writer.segment('SE', 'SE', [segments, given('control-number', controlNumbers.set)]);
  writer.segment('GE', 'GE', [given('count', '1'), given('control-number', controlNumbers.group)]);
  writer.segment('IEA', 'IEA', [given('count', '1'), given('control-number', controlNumbers.interchange)]);
};

/** The ISA has fixed widths: its values are padded and its two delimiters stand in it as elements. */
const interchangeHeader = (writer: SegmentWriter, envelope: Envelope837P): readonly Leaf[] => {
  const { createdAt, controlNumbers, sender, receiver, usage } = envelope;
  const { repetition, component } = writer.delimiters;
  for (const [party, path] of [
    [sender, 'ISA06'],
    [receiver, 'ISA08'],
  ] as const) {
    const problem = identifierProblem(party.id, writer.delimiters);
    if (problem !== undefined) writer.refuse(problem, path);
    if (party.id.length > 15) writer.refuse('x12_length', path);
    if (!/^[A-Z0-9]{2}$/.test(party.qualifier)) writer.refuse('x12_code_unknown', path);
  }
  if (!/^\d{9}$/.test(controlNumbers.interchange)) writer.refuse('x12_not_a_number', 'ISA13');
  if (!/^\d{4}$/.test(createdAt.time)) writer.refuse('x12_not_a_time', 'ISA10');
  const rows: readonly [StructuralSource, string][] = [
    ['constant', '00'],
    ['constant', ' '.repeat(10)],
    ['constant', '00'],
    ['constant', ' '.repeat(10)],
    ['practice', sender.qualifier],
    ['practice', sender.id.padEnd(15)],
    ['payer', receiver.qualifier],
    ['payer', receiver.id.padEnd(15)],
    ['creation-time', writeDate(createdAt.date).slice(2)],
    ['creation-time', createdAt.time],
    ['constant', repetition],
    ['constant', '00501'],
    ['control-number', controlNumbers.interchange],
    ['constant', envelope.acknowledgementRequested === false ? '0' : '1'],
    ['constant', usage === 'production' ? 'P' : 'T'],
    ['constant', component],
  ];
  return rows.map(([of, text], index) => structuralLeaf(of, `ISA/ISA${String(index + 1).padStart(2, '0')}`, text));
};
