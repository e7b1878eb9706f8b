import type { FormatId, Occurrence } from '#libs/catalogue';
import type { MediaType, SealingNames } from '#libs/disclosure';
import type { ClientId, DisclosureId, LaneId, TransmissionId } from '#libs/kernel';

export interface TransmissionRecord extends SealingNames {
  readonly transmission: TransmissionId;
  readonly lane: LaneId;
  /** Of the connection that it was sealed for (`addresseeOf`). */
  readonly addressee: string;
  readonly disclosure: DisclosureId;
  readonly client: ClientId;
  readonly format: FormatId;
  readonly mediaType: MediaType;
  readonly bytes: Uint8Array;
  readonly digest: string;
  readonly contentDigest: string;
  readonly attempts: number;
  readonly createdAt: number;
  /** For each line sent, the line of the document. */
  readonly lineOrigins: readonly Occurrence[];
  /** Where several disclosures share the bytes: which of them are this one's. Absent where all are. */
  readonly part?: { readonly from: number; readonly to: number };
}

/** What an answer is told of the transmission that it is about: all but the bytes. */
export type AnsweredTransmission = Omit<TransmissionRecord, 'bytes' | 'part'>;

export const ATTEMPT_OUTCOMES = ['permitted', 'accepted', 'not-sent', 'refused', 'ambiguous', 'expired'] as const;

export type AttemptOutcome = (typeof ATTEMPT_OUTCOMES)[number];
