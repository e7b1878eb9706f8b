import type { Action, DisclosureDetail } from '#libs/contracts';
import { quotedNumbers } from './quoted-numbers.js';

export type Correction = 'amend' | 'replace' | 'void' | 'resubmit' | 'void-again' | 'cancel';

const NOT_GONE: readonly DisclosureDetail['state'][] = ['drafted', 'held', 'ready', 'sealed', 'blocked', 'parked'];

/** What may be offered for a disclosure as it stands; the gateway decides again whatever is offered. */
export const correctionsOf = (detail: DisclosureDetail, may: (action: Action) => boolean): readonly Correction[] => {
  const { state, status, format, correction } = detail;
  const offered: Correction[] = [];
  if ((state === 'held' || state === 'blocked') && format !== 'treatment-report' && may('documents.amend'))
    offered.push('amend');
  if ((state === 'sent' || state === 'received') && format === 'x12-837p' && may('invoices.submit')) {
    const isVoid = correction?.frequency === '8';
    if (status === 'rejected') offered.push(isVoid ? 'void-again' : 'resubmit');
    else if (!isVoid && quotedNumbers(detail).payer !== undefined) offered.push('replace', 'void');
  }
  if (NOT_GONE.includes(state) && may('disclosures.cancel')) offered.push('cancel');
  return offered;
};
