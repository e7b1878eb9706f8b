import type { DisclosureId, LaneId } from '#libs/kernel';
import type { AnswerRecord } from '../records/answer.js';

export interface AnswerRepository {
  /** Remembers what came in by its digest; false when the very same bytes were already taken in on this lane. */
  admit(
    lane: LaneId,
    incoming: { readonly digest: string; readonly bytes: Uint8Array; readonly mediaType: string },
  ): Promise<boolean>;
  add(answers: readonly AnswerRecord[]): Promise<void>;
  of(disclosures: readonly DisclosureId[]): Promise<ReadonlyMap<DisclosureId, readonly AnswerRecord[]>>;
  /** What matched nothing, could not be read, said nothing or did not add up, waiting for a person. */
  quarantine(lane: LaneId, incoming: { readonly digest: string; readonly code: string }): Promise<void>;
}
