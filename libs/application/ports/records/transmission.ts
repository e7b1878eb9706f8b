import type { FormatId, Occurrence } from '#libs/catalogue';
import type { MediaType, SealingNames } from '#libs/disclosure';
import type { ClientId, DisclosureId, LaneId, TransmissionId } from '#libs/kernel';

export interface TransmissionRecord extends SealingNames {
  readonly transmission: TransmissionId;
  readonly lane: LaneId;
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
}

export const ATTEMPT_OUTCOMES = ['permitted', 'accepted', 'not-sent', 'refused', 'ambiguous', 'expired'] as const;

export type AttemptOutcome = (typeof ATTEMPT_OUTCOMES)[number];
