import type { Occurrence } from '#libs/catalogue';
import type { Disclosed } from '#libs/disclosure';
import {
  constant,
  type ElementDraft,
  entriesOf,
  given,
  required,
  toldAmount,
  toldCode,
  toldCount,
  toldDate,
  toldDiagnosis,
  toldEntry,
  toldText,
} from './draft.js';
import type { Envelope837P } from './envelope-837p.js';
import type { SegmentWriter } from './segment-writer.js';
import { writeLineDecision, writeOtherPayer } from './write-other-payer.js';
import { writeClinician, writeTaxonomy } from './write-parties.js';

type Claim = Disclosed<'x12-837p'>;

const MOST_LINES = 50;
const MOST_DIAGNOSES = 12;

/** Loops 2300, 2310, 2400 and, in a claim to a second payer, 2320, 2330 and 2430. */
export const writeClaim = (writer: SegmentWriter, claim: Claim, envelope: Envelope837P): void => {
  const { controlNumbers, indicators, resubmission } = envelope;
  const cause = claim.get('claim.relatedCause');
  writer.segment('2300', 'CLM', [
    given('control-number', controlNumbers.patientControl),
    required(toldAmount(claim.get('fee.total'))),
    undefined,
    undefined,
    [required(toldCode(claim.get('claim.placeOfService'))), constant('B'), given('constant', resubmission.frequency)],
    given('practice', indicators.signatureOnFile),
    given('practice', indicators.participation),
    given('claim-indicator', indicators.benefitsAssigned),
    given('claim-indicator', indicators.releaseOfInformation),
    undefined,
    [toldCode(cause)],
  ]);
  // An accident must be told with its date and, on the road, its state (DTP*439, CLM11-4); the document has neither.
  if (cause !== undefined && cause.value !== 'EM') writer.refuse('x12_required_missing', '2300/DTP03');
  writeAttachment(writer, claim, envelope);
  const paid = toldAmount(claim.get('fee.paid'));
  if (paid !== undefined) writer.segment('2300', 'AMT', [constant('F5'), paid]);
  writeReferences(writer, claim, envelope);
  const note = toldText(claim.get('claim.note'));
  if (note !== undefined) writer.segment('2300', 'NTE', [constant('ADD'), note]);
  writeDiagnoses(writer, claim);
  writeClinicians(writer, envelope);
  if (isSecond(envelope)) writeOtherPayer(writer, claim, envelope);
  writeLines(writer, claim, envelope);
};

/** A claim to a second payer tells of the first or is refused; one to the first never tells of another. */
const isSecond = ({ payer }: Envelope837P): boolean => payer.responsibility === 'S';

const writeAttachment = (writer: SegmentWriter, claim: Claim, { attachment }: Envelope837P): void => {
  const field = claim.get('claim.attachment');
  if (field === undefined) return;
  if (attachment === undefined) {
    writer.refuse('x12_required_missing', '2300/PWK06');
    return;
  }
  writer.usedFields.add(field);
  writer.segment('2300', 'PWK', [
    given('constant', attachment.reportType),
    given('constant', attachment.transmission),
    undefined,
    undefined,
    constant('AC'),
    given('control-number', attachment.controlNumber),
  ]);
};

const writeReferences = (writer: SegmentWriter, claim: Claim, envelope: Envelope837P): void => {
  const { resubmission, clearinghouseNumber } = envelope;
  const authorization = toldCode(claim.get('coverage.authorizationNumber'));
  if (authorization !== undefined) writer.segment('2300', 'REF', [constant('G1'), authorization]);
  if (resubmission.frequency !== '1') {
    writer.segment('2300', 'REF', [constant('F8'), given('control-number', resubmission.payerClaimNumber)]);
  }
  if (clearinghouseNumber !== undefined) {
    writer.segment('2300', 'REF', [constant('D9'), given('control-number', clearinghouseNumber)]);
  }
};

/** The principal diagnosis first, then the others; their places are what the lines point to. */
const writeDiagnoses = (writer: SegmentWriter, claim: Claim): void => {
  const { diagnoses } = claim;
  const [first, ...others] = diagnoses;
  if (diagnoses.length > MOST_DIAGNOSES) writer.refuse('x12_too_many_diagnoses', '2300/HI12-2');
  const principal = first === undefined ? undefined : toldDiagnosis(claim.get('diagnosis.primary', first));
  writer.segment('2300', 'HI', [
    [constant('ABK'), required(principal)],
    ...others.map((occurrence) => [
      constant('ABF'),
      required(toldDiagnosis(claim.get('diagnosis.secondary', occurrence))),
    ]),
  ]);
};

const writeClinicians = (writer: SegmentWriter, envelope: Envelope837P): void => {
  const { billingProvider, renderingProvider, supervisingProvider } = envelope;
  if (renderingProvider !== undefined && renderingProvider.npi !== billingProvider.npi) {
    writeClinician(writer, { loop: '2310B', entity: '82' }, renderingProvider);
    const { taxonomy } = renderingProvider;
    if (taxonomy !== undefined) writeTaxonomy(writer, { loop: '2310B', role: 'PE', taxonomy });
  }
  if (supervisingProvider !== undefined) writeClinician(writer, { loop: '2310D', entity: 'DQ' }, supervisingProvider);
};

const writeLines = (writer: SegmentWriter, claim: Claim, envelope: Envelope837P): void => {
  const { lines } = claim;
  const numbers = envelope.controlNumbers.lines;
  if (lines.length === 0) writer.refuse('x12_required_missing', '2400/LX01');
  if (lines.length > MOST_LINES) writer.refuse('x12_too_many_lines', '2400/LX01');
  if (numbers.length !== lines.length) writer.refuse('x12_line_control_numbers', '2400/REF02');
  for (const [index, line] of lines.entries()) {
    writer.segment('2400', 'LX', [given('count', String(index + 1))]);
    const procedure = [
      constant('HC'),
      required(toldCode(claim.get('procedure.code', line))),
      ...modifiers(writer, claim, line),
    ];
    writer.segment('2400', 'SV1', [
      procedure,
      required(toldAmount(claim.get('fee.charge', line))),
      constant('UN'),
      required(toldCount(claim.get('procedure.units', line))),
      undefined,
      undefined,
      pointers(writer, claim, line),
    ]);
    writer.segment('2400', 'DTP', [
      constant('472'),
      constant('D8'),
      required(toldDate(claim.get('session.date', line))),
    ]);
    writer.segment('2400', 'REF', [constant('6R'), given('control-number', numbers[index])]);
    if (isSecond(envelope)) writeLineDecision(writer, claim, { line, procedure });
  }
};

const modifiers = (writer: SegmentWriter, claim: Claim, line: Occurrence): readonly ElementDraft[] => {
  const field = claim.get('procedure.modifiers', line);
  const entries = entriesOf(field);
  if (entries.length > 4) writer.refuse('x12_too_many_modifiers', '2400/SV101-3');
  if (field !== undefined && entries.length === 0) writer.usedFields.add(field);
  return entries.map((entry) => toldEntry(field, entry));
};

/** Places in HI of the diagnoses that a service was for; at least one, at most four (SV107). */
const pointers = (writer: SegmentWriter, claim: Claim, line: Occurrence): readonly ElementDraft[] => {
  const field = claim.get('diagnosis.pointer', line);
  const entries = entriesOf(field);
  if (entries.length > 4) writer.refuse('x12_too_many_pointers', '2400/SV107-1');
  const places = entries.map((occurrence) => claim.diagnoses.indexOf(occurrence) + 1);
  if (places.includes(0)) writer.refuse('x12_pointer_astray', '2400/SV107-1');
  return places.length === 0 ? [required(undefined)] : places.map((place) => toldEntry(field, String(place)));
};
