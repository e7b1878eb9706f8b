import type { FunctionalGroup, InterchangeHeader, InterchangeParty, TransactionSet } from './interchange.js';

/** Who sent an answer, and the numbers under which the same answer would come again. */
export interface AnswerSource {
  readonly sender: InterchangeParty;
  readonly receiver: InterchangeParty;
  readonly interchangeControlNumber: string;
  readonly usage: 'production' | 'test';
  /** Absent for a TA1, which stands outside any group. */
  readonly groupControlNumber?: string;
  readonly setControlNumber?: string;
}

export const sourceOf = (header: InterchangeHeader, group?: FunctionalGroup, set?: TransactionSet): AnswerSource => ({
  sender: header.sender,
  receiver: header.receiver,
  interchangeControlNumber: header.controlNumber,
  usage: header.usage,
  ...(group && { groupControlNumber: group.controlNumber }),
  ...(set && { setControlNumber: set.controlNumber }),
});
