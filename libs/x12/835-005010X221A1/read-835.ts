import { failed, ok, type Result } from '#libs/kernel';
import type { AnswerSource } from '../read/answer-source.js';
import type { Segment, TransactionSet } from '../read/interchange.js';
import { SegmentCursor } from '../read/segment-cursor.js';
import { SegmentFields } from '../read/segment-fields.js';
import { imbalancesOf } from './balance.js';
import { readProviderAdjustments } from './read-adjustments.js';
import { readClaim } from './read-claim.js';
import type { Remittance, RemittedClaim } from './remittance.js';

export const read835 = (set: TransactionSet, source: AnswerSource): Result<Remittance> => {
  const cursor = new SegmentCursor(set.segments.slice(1, -1), '835', 2);
  const payment = cursor.take('BPR');
  const trace = cursor.take('TRN');
  const header = cursor.takeAll('CUR', 'REF', 'DTM');
  const payer = cursor.take('N1');
  const payerDetails = cursor.takeAll('N3', 'N4', 'REF', 'PER');
  const payee = cursor.take('N1');
  cursor.takeAll('N3', 'N4', 'REF', 'RDM');
  const claims: RemittedClaim[] = [];
  while (cursor.takeIf('LX') !== undefined) {
    cursor.takeAll('TS3', 'TS2');
    for (let next = cursor.takeIf('CLP'); next; next = cursor.takeIf('CLP')) claims.push(readClaim(cursor, next));
  }
  const adjustments = cursor.takeAll('PLB');
  cursor.finish();
  if (!payment || !trace || !payer || !payee) return failed(...cursor.issues);
  const bpr = new SegmentFields(payment, 'BPR', cursor.issues);
  const trn = new SegmentFields(trace, 'TRN', cursor.issues);
  const n1 = new SegmentFields(payer, '1000A', cursor.issues);
  const pe = new SegmentFields(payee, '1000B', cursor.issues);
  trn.code(1, ['1']);
  n1.code(1, ['PR']);
  pe.code(1, ['PE']);
  const remittance: Omit<Remittance, 'imbalances'> = {
    kind: '835',
    source,
    trace: trn.required(2, 50),
    method: bpr.code(4, ['ACH', 'BOP', 'CHK', 'FWT', 'NON']),
    total: bpr.amount(2),
    direction: bpr.code(3, ['C', 'D']) === 'C' ? 'credit' : 'debit',
    paymentDate: bpr.date(16),
    currency: currencyOf(header, cursor),
    payerId: trn.required(3, 10),
    payerName: n1.required(2, 60),
    payerReferences: payerReferences(n1, payerDetails, cursor),
    payee: { qualifier: pe.code(3, ['XX', 'FI', 'XV']), id: pe.required(4, 80) },
    claims,
    providerAdjustments: adjustments.flatMap((segment) => readProviderAdjustments(segment, cursor.issues)),
  };
  if (remittance.total < 0) bpr.refuse('x12_not_an_amount', 2);
  if (remittance.method === 'NON' && remittance.total !== 0) bpr.refuse('x12_status_contradicts', 4);
  if (cursor.issues.length > 0) return failed(...cursor.issues);
  return ok({ ...remittance, imbalances: imbalancesOf(remittance) });
};

const currencyOf = (header: readonly Segment[], cursor: SegmentCursor): string => {
  const currency = header.find((segment) => segment.name === 'CUR');
  return currency === undefined ? 'USD' : new SegmentFields(currency, 'CUR', cursor.issues).required(2, 3);
};

const payerReferences = (
  payer: SegmentFields,
  details: readonly Segment[],
  cursor: SegmentCursor,
): readonly { qualifier: string; id: string }[] => {
  const plan = payer.optional(3);
  const own = plan === undefined ? [] : [{ qualifier: plan, id: payer.required(4, 80) }];
  const others = details
    .filter((segment) => segment.name === 'REF')
    .map((segment) => new SegmentFields(segment, '1000A', cursor.issues))
    .map((fields) => ({ qualifier: fields.required(1, 3), id: fields.required(2, 50) }));
  return [...own, ...others];
};
