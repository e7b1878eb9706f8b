import { type Disclosed, type StructuralSource } from '#libs/disclosure';
import {
  constant,
  type Draft,
  type ElementDrafts,
  entriesOf,
  given,
  named,
  required,
  toldCode,
  toldDate,
  toldEntry,
  toldPostalCode,
  toldText,
} from './draft.js';
import type { BillingProvider, Clinician, Envelope837P, PersonName } from './envelope-837p.js';
import type { SegmentWriter } from './segment-writer.js';
import { NO_FURTHER_NAME, writeContact } from './write-envelope.js';

/** How PAT01 says what a dependent is to the subscriber. */
const RELATIONSHIP: Readonly<Record<string, string>> = { spouse: '01', child: '19', other: 'G8' };

/** Loops 2000A and 2010AA. */
export const writeBillingProvider = (writer: SegmentWriter, provider: BillingProvider): void => {
  writer.segment('2000A', 'HL', [given('count', '1'), undefined, constant('20'), given('count', '1')]);
  if (provider.taxonomy !== undefined)
    writeTaxonomy(writer, { loop: '2000A', role: 'BI', taxonomy: provider.taxonomy });
  writer.segment('2010AA', 'NM1', [
    constant('85'),
    ...nameOf(provider),
    constant('XX'),
    given('practice', provider.npi),
  ]);
  const { address } = provider;
  writer.segment('2010AA', 'N3', [named('practice', address.line), named('practice', address.secondLine)]);
  writer.segment('2010AA', 'N4', [
    named('practice', address.city),
    given('practice', address.state),
    given('practice', address.postal.replace('-', '')),
  ]);
  writer.segment('2010AA', 'REF', [
    constant(provider.taxId.kind),
    given('practice', provider.taxId.number.replace('-', '')),
  ]);
  if (provider.contact !== undefined) writeContact(writer, '2010AA', provider.contact);
};

/** A clinician of loops 2310B (rendering, `82`) and 2310D (supervising, `DQ`). */
export const writeClinician = (
  writer: SegmentWriter,
  role: { readonly loop: string; readonly entity: string },
  clinician: Clinician,
): void => {
  const name = personName('practice', clinician);
  writer.segment(role.loop, 'NM1', [
    constant(role.entity),
    constant('1'),
    ...name,
    constant('XX'),
    given('practice', clinician.npi),
  ]);
};

export const writeTaxonomy = (
  writer: SegmentWriter,
  { loop, role, taxonomy }: { readonly loop: string; readonly role: string; readonly taxonomy: string },
): void => {
  writer.segment(loop, 'PRV', [constant(role), constant('PXC'), given('practice', taxonomy)]);
};

/**
 * Loops 2000B to 2010BB, and 2000C with 2010CA for a dependent. A subscriber who is the patient carries address and birth
 * date; one who is not is told by name and member number alone.
 */
export const writePatient = (writer: SegmentWriter, disclosed: Disclosed<'x12-837p'>, envelope: Envelope837P): void => {
  const relationship = disclosed.get('client.relationshipToSubscriber');
  const isSubscriber = relationship?.value === 'self';
  const level = given('count', isSubscriber ? '0' : '1');
  writer.segment('2000B', 'HL', [given('count', '2'), given('count', '1'), constant('22'), level]);
  writer.segment('2000B', 'SBR', [
    given('payer', envelope.payer.responsibility),
    isSubscriber ? toldEntry(relationship, '18') : relationship === undefined ? required(undefined) : undefined,
    toldCode(disclosed.get('coverage.groupNumber')),
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
    given('payer', envelope.payer.filingIndicator),
  ]);
  const member = required(toldCode(disclosed.get('coverage.memberId')));
  const subscriber = isSubscriber ? clientName(disclosed) : subscriberName(disclosed);
  writer.segment('2010BA', 'NM1', [
    constant('IL'),
    constant('1'),
    ...subscriber,
    undefined,
    undefined,
    undefined,
    constant('MI'),
    member,
  ]);
  if (isSubscriber) writePatientDetails(writer, '2010BA', disclosed);
  writePayer(writer, envelope);
  if (isSubscriber) return;
  const word = typeof relationship?.value === 'string' ? relationship.value : undefined;
  const code = word === undefined ? undefined : RELATIONSHIP[word];
  if (word !== undefined && code === undefined) writer.refuse('x12_code_unknown', '2000C/PAT01');
  writer.segment('2000C', 'HL', [given('count', '3'), given('count', '2'), constant('23'), given('count', '0')]);
  writer.segment('2000C', 'PAT', [toldEntry(relationship, code)]);
  writer.segment('2010CA', 'NM1', [constant('QC'), constant('1'), ...clientName(disclosed)]);
  writePatientDetails(writer, '2010CA', disclosed);
};

const writePatientDetails = (writer: SegmentWriter, loop: string, disclosed: Disclosed<'x12-837p'>): void => {
  writer.segment(loop, 'N3', [required(toldText(disclosed.get('client.address.line')))]);
  writer.segment(loop, 'N4', [
    required(toldText(disclosed.get('client.address.city'))),
    required(toldCode(disclosed.get('client.address.region'))),
    required(toldPostalCode(disclosed.get('client.address.postal'))),
  ]);
  writer.segment(loop, 'DMG', [
    constant('D8'),
    required(toldDate(disclosed.get('client.birthDate'))),
    required(toldCode(disclosed.get('client.sex'))),
  ]);
};

const writePayer = (writer: SegmentWriter, { payer }: Envelope837P): void => {
  writer.segment('2010BB', 'NM1', [
    constant('PR'),
    constant('2'),
    named('payer', payer.name),
    ...NO_FURTHER_NAME,
    given('payer', payer.idKind),
    given('payer', payer.id),
  ]);
};

const clientName = (disclosed: Disclosed<'x12-837p'>): readonly ElementDrafts[] => [
  required(toldText(disclosed.get('client.name.last'))),
  required(toldText(disclosed.get('client.name.first'))),
];

const subscriberName = (disclosed: Disclosed<'x12-837p'>): readonly ElementDrafts[] => {
  const field = disclosed.get('coverage.subscriber.name');
  const [last, first] = entriesOf(field);
  return [required(toldEntry(field, last, 'text')), toldEntry(field, first === '' ? undefined : first, 'text')];
};

/** NM102 to NM107 of the billing provider. */
const nameOf = ({ name }: BillingProvider): readonly ElementDrafts[] =>
  'organisation' in name
    ? [constant('2'), named('practice', name.organisation), ...NO_FURTHER_NAME]
    : [constant('1'), ...personName('practice', name.person)];

/** NM103 to NM107. */
const personName = (of: StructuralSource, person: PersonName): readonly (Draft | undefined)[] => [
  named(of, person.last),
  named(of, person.first),
  named(of, person.middle),
  undefined,
  named(of, person.suffix),
];
