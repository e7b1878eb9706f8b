import { type Adjustment, ADJUSTMENT_GROUPS, type FieldId, type Occurrence, readAdjustment } from '#libs/catalogue';
import type { Disclosed, DisclosedField } from '#libs/disclosure';
import { centsOf, sumOf } from '#libs/kernel';
import { writeAmount } from '../envelope/amount.js';
import {
  constant,
  type ElementDraft,
  type ElementDrafts,
  entriesOf,
  given,
  required,
  toldAmount,
  toldCode,
  toldCount,
  toldDate,
  toldEntry,
  toldText,
} from './draft.js';
import type { Envelope837P } from './envelope-837p.js';
import type { SegmentWriter } from './segment-writer.js';
import { NO_FURTHER_NAME } from './write-envelope.js';

type Claim = Disclosed<'x12-837p'>;

/** How SBR02 says what the client is to the holder of the other policy. */
const RELATIONSHIP: Readonly<Record<string, string>> = { self: '18', spouse: '01', child: '19', other: 'G8' };

const REASONS_IN_SEGMENT = 6;

/**
 * Loops 2320, 2330A and 2330B: the payer that decided first. Every word about it comes from a disclosed field. Whatever
 * the guide lets a claim leave out beside that (group, address and birth date of the holder, addresses of the payer) is
 * left out.
 */
export const writeOtherPayer = (
  writer: SegmentWriter,
  claim: Claim,
  { otherPayer, indicators }: Envelope837P,
): void => {
  const relationship = claim.get('coverage.other.relationship');
  const word = typeof relationship?.value === 'string' ? relationship.value : undefined;
  const code = word === undefined ? undefined : RELATIONSHIP[word];
  if (word !== undefined && code === undefined) writer.refuse('x12_code_unknown', '2320/SBR02');
  writer.segment('2320', 'SBR', [
    constant('P'),
    word === undefined ? required(undefined) : toldEntry(relationship, code),
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
    required(toldCode(claim.get('coverage.other.planKind'))),
  ]);
  writeAdjustments(writer, '2320', claim.get('coverage.other.adjustments'));
  writer.segment('2320', 'AMT', [constant('D'), required(toldAmount(claim.get('coverage.other.paid')))]);
  writer.segment('2320', 'OI', [
    undefined,
    undefined,
    required(given('claim-indicator', otherPayer?.benefitsAssigned)),
    undefined,
    undefined,
    given('claim-indicator', indicators.releaseOfInformation),
  ]);
  writer.segment('2330A', 'NM1', [
    constant('IL'),
    constant('1'),
    ...holderOf(claim, word === 'self'),
    undefined,
    undefined,
    undefined,
    constant('MI'),
    required(toldCode(claim.get('coverage.other.memberId'))),
  ]);
  writer.segment('2330B', 'NM1', [
    constant('PR'),
    constant('2'),
    required(toldText(claim.get('coverage.other.payer'))),
    ...NO_FURTHER_NAME,
    constant(otherPayer?.idKind ?? 'PI'),
    required(toldCode(claim.get('coverage.other.payerId'))),
  ]);
  const number = toldCode(claim.get('coverage.other.claimNumber'));
  if (number !== undefined) writer.segment('2330B', 'REF', [constant('F8'), number]);
};

/** NM103 and NM104: the client, or whoever holds that policy. */
const holderOf = (claim: Claim, isClient: boolean): readonly ElementDrafts[] => {
  if (isClient)
    return [required(toldText(claim.get('client.name.last'))), required(toldText(claim.get('client.name.first')))];
  const field = claim.get('coverage.other.subscriber');
  const [last, first] = entriesOf(field);
  return [required(toldEntry(field, last, 'text')), toldEntry(field, first === '' ? undefined : first, 'text')];
};

/** Loop 2430: what that payer decided on one line, told of the service as it was billed. */
export const writeLineDecision = (
  writer: SegmentWriter,
  claim: Claim,
  { line, procedure }: { readonly line: Occurrence; readonly procedure: readonly ElementDraft[] },
): void => {
  const on = (field: FieldId): DisclosedField | undefined => claim.get(field, line);
  const paid = on('coverage.other.linePaid');
  const adjustments = on('coverage.other.lineAdjustments');
  writer.segment('2430', 'SVD', [
    required(toldCode(claim.get('coverage.other.payerId'))),
    required(toldAmount(paid)),
    procedure,
    undefined,
    required(toldCount(on('procedure.units'))),
  ]);
  writeAdjustments(writer, '2430', adjustments);
  writer.segment('2430', 'DTP', [
    constant('573'),
    constant('D8'),
    required(toldDate(claim.get('coverage.other.adjudicatedOn'))),
  ]);
  writer.segment('2430', 'AMT', [constant('EAF'), leftToClient(adjustments ?? paid)]);
};

/** What the payer left to the client (group PR) of one line: nothing where it says nothing of adjustments. */
const leftToClient = (field: DisclosedField | undefined): ElementDrafts => {
  const told = typeof field?.value === 'object' ? (readAll(field) ?? []) : [];
  const amount = sumOf(told.filter(({ group }) => group === 'PR').map((one) => one.amount));
  return toldEntry(field, writeAmount(centsOf(Math.max(amount, 0))));
};

const readAll = (field: DisclosedField | undefined): readonly Adjustment[] | undefined => {
  const read = entriesOf(field).map(readAdjustment);
  return read.every((one) => one !== undefined) ? read : undefined;
};

/** CAS: one group a segment, six reasons in each. */
const writeAdjustments = (writer: SegmentWriter, loop: '2320' | '2430', field: DisclosedField | undefined): void => {
  if (field === undefined) return;
  const adjustments = readAll(field);
  if (adjustments === undefined || adjustments.length === 0) {
    writer.refuse('x12_value_shape', `${loop}/CAS02`);
    return;
  }
  for (const group of ADJUSTMENT_GROUPS) {
    const own = adjustments.filter((one) => one.group === group);
    for (let from = 0; from < own.length; from += REASONS_IN_SEGMENT) {
      const reasons = own
        .slice(from, from + REASONS_IN_SEGMENT)
        .flatMap(({ reason, amount }, index) => [
          ...(index === 0 ? [] : [undefined]),
          toldEntry(field, reason),
          toldEntry(field, writeAmount(amount)),
        ]);
      writer.segment(loop, 'CAS', [toldEntry(field, group), ...reasons]);
    }
  }
};
