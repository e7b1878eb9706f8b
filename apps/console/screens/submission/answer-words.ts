import type { DisclosureDetail } from '#libs/contracts';
import { catalogue } from '../../words/language.js';

type AnswerKind = DisclosureDetail['answers'][number]['kind'];

/** What an answer says, as somebody would who reads it out. */
const kinds: Readonly<Record<AnswerKind, string>> = {
  'interchange-accepted': 'The file was taken in',
  'interchange-rejected': 'The file was turned away',
  'interchange-duplicate': 'The file was there already',
  'set-accepted': 'Its form was accepted',
  'set-rejected': 'Its form was refused',
  'claim-received': 'Received, not yet taken in',
  'claim-accepted': 'Taken in for a decision',
  'claim-rejected': 'Turned away before a decision',
  'claim-unbalanced': 'An acknowledgement that does not add up',
  paid: 'Paid',
  'partly-paid': 'Paid in part',
  denied: 'Denied',
  reversed: 'Taken back',
  forwarded: 'Sent on to another payer',
  'remittance-unbalanced': 'A remittance that does not add up',
  'report-approved': 'Approved as asked',
  'report-modified': 'Approved in part',
  'report-pended': 'Not decided yet',
  'report-denied': 'Denied',
  'statement-received': 'Received',
  unreadable: 'Could not be read',
};

export const answerWords = catalogue({ en: { kinds } });
