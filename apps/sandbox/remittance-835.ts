import type { Claim } from './claim-reading.js';
import type { Payer } from './claim-status-277.js';
import type { PaidLine, Payment } from './payment.js';
import type { FunctionalGroup } from './x12-reading.js';
import { writeAmount } from './x12-values.js';
import { compactDate, type Written, type WrittenGroup } from './x12-writing.js';

const GUIDE = '005010X221A1';

/** Who pays is invented, as is the number under which it pays taxes (TRN03: `1` and nine digits). */
const PAYER_TAX = '1999999999';

/** CLP06: of the claim's filing codes these may come back; anything else is told as a preferred-provider plan. */
const FILING = new Set([
  '12',
  '13',
  '14',
  '15',
  '16',
  '17',
  'AM',
  'CH',
  'DS',
  'HM',
  'LM',
  'MA',
  'MB',
  'MC',
  'OF',
  'TV',
  'VA',
  'WC',
  'ZZ',
]);

export interface RemittanceHead {
  readonly payer: Payer;
  readonly at: number;
  /** TRN02: the number of the cheque. */
  readonly trace: string;
}

const lineSegments = ({ line, charge, paid, adjustments }: PaidLine): readonly Written[] => {
  const [from, to] = line.date.split('-');
  const dates: readonly Written[] =
    to === undefined || to === from
      ? [['DTM', '472', from ?? '']]
      : [
          ['DTM', '150', from ?? ''],
          ['DTM', '151', to],
        ];
  return [
    ['SVC', line.procedure, writeAmount(charge), writeAmount(paid), '', charge < 0 ? `-${line.units}` : line.units],
    ...dates,
    ...adjustments.map((one): Written => ['CAS', one.group, one.reason, writeAmount(one.amount)]),
    ...(line.reference === undefined ? [] : [['REF', '6R', line.reference]]),
  ];
};

const people = (claim: Claim): readonly Written[] => {
  const { subscriber } = claim;
  const patient = claim.patient ?? subscriber;
  const itself = patient === subscriber;
  return [
    ['NM1', 'QC', '1', patient.last, patient.first, ...(itself ? ['', '', '', 'MI', subscriber.id] : [])],
    ...(itself
      ? []
      : [['NM1', 'IL', subscriber.kind, subscriber.last, subscriber.first, '', '', '', 'MI', subscriber.id]]),
  ];
};

const claimSegments = (payment: Payment): readonly Written[] => {
  const { claim } = payment;
  const charge = payment.lines.reduce((sum, line) => sum + line.charge, 0);
  return [
    [
      ...['CLP', claim.number, payment.status, writeAmount(charge), writeAmount(payment.paid)],
      payment.patientShare === 0 || payment.status === '22' ? '' : writeAmount(payment.patientShare),
      ...[FILING.has(claim.filing) ? claim.filing : '12', payment.payerClaimNumber],
      ...[claim.placeOfService, claim.frequency],
    ],
    ...people(claim),
    ...payment.lines.flatMap(lineSegments),
  ];
};

/**
 * The 835 for one payee. BPR02 is what is paid; where reversals outweigh payments nothing is paid, and PLB carries what
 * is owed forward, so that BPR02 stays the sum of CLP04 less the sum of PLB.
 */
export const remit = (head: RemittanceHead, payments: readonly Payment[]): readonly Written[] => {
  const claim = payments[0]?.claim;
  if (claim === undefined) return [];
  const balance = payments.reduce((sum, payment) => sum + payment.paid, 0);
  const paid = Math.max(balance, 0);
  const today = compactDate(head.at);
  const method = paid === 0 ? ['H', '0', 'C', 'NON'] : ['I', writeAmount(paid), 'C', 'CHK'];
  return [
    ['BPR', ...method, ...Array<string>(11).fill(''), today],
    ['TRN', '1', head.trace, PAYER_TAX],
    ['DTM', '405', today],
    ['N1', 'PR', head.payer.name],
    ['N3', '1 PRACTICE PLAZA'],
    ['N4', 'ALBANY', 'NY', '12201'],
    ['PER', 'BL', 'REMITTANCE DESK', 'TE', '8005550100'],
    [
      'N1',
      'PE',
      [claim.billing.last, claim.billing.first].filter((part) => part !== '').join(' '),
      'XX',
      claim.billing.id,
    ],
    ['REF', 'TJ', claim.taxNumber],
    ['LX', '1'],
    ...payments.flatMap(claimSegments),
    ...(balance < 0
      ? [['PLB', claim.billing.id, `${today.slice(0, 4)}1231`, ['FB', head.trace], writeAmount(balance)]]
      : []),
  ];
};

export const remittanceGroup = (answers: FunctionalGroup, sets: readonly (readonly Written[])[]): WrittenGroup => ({
  code: 'HP',
  guide: GUIDE,
  type: '835',
  answers,
  sets,
});
