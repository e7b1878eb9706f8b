import type { DisclosureId, LaneId, TransmissionId } from '#libs/kernel';
import type { AnsweredTransmission, AttemptOutcome, TransmissionRecord } from '../records/transmission.js';

export interface TransmissionRepository {
  /** Numbers that nobody of this practice has had before, taken in one block: the first of `count`. */
  takeNumbers(series: string, count: number): Promise<number>;
  add(transmissions: readonly TransmissionRecord[]): Promise<void>;
  /** Adds what was sealed just now together with its first attempt; fails as `permit` does. */
  addPermitted(
    transmissions: readonly { readonly record: TransmissionRecord; readonly attempt: string }[],
    fence: string,
  ): Promise<void>;
  /** The live (not unsealed) transmission of each disclosure. */
  ofDisclosures(ids: readonly DisclosureId[]): Promise<ReadonlyMap<DisclosureId, TransmissionRecord>>;
  byIds(ids: readonly TransmissionId[]): Promise<ReadonlyMap<TransmissionId, TransmissionRecord>>;
  /** Only where every attempt is proof that nothing was taken in: the bytes are dropped and the numbers never used again. */
  unseal(ids: readonly TransmissionId[]): Promise<void>;
  /** Somebody asked the insurer, and it has nothing of these: what their attempts left open is `not-sent`. */
  disprove(disclosures: readonly DisclosureId[]): Promise<void>;
  /** Those of which some attempt is no proof that nothing was taken in, with the moment of the first such attempt. */
  mayHaveArrived(disclosures: readonly DisclosureId[]): Promise<ReadonlyMap<DisclosureId, number>>;
  permit(
    attempts: readonly { readonly transmission: TransmissionId; readonly attempt: string; readonly fence: string }[],
  ): Promise<void>;
  /** Which of these attempts are known, those that were noted as forgotten included. */
  attemptsAmong(attempts: readonly string[]): Promise<ReadonlySet<string>>;
  /** Whether anything was ever permitted. */
  hasAttempts(): Promise<boolean>;
  /** Remembers attempts that only the journal knew of. */
  noteForgotten(attempts: readonly string[]): Promise<void>;
  finish(
    attempts: readonly { readonly attempt: string; readonly outcome: AttemptOutcome; readonly status?: number }[],
  ): Promise<void>;
  /** All disclosures of the transmission that an answer is about, by control number, reference or idempotency key. Kinds: `interchange`, `group`, `patient-control`, `batch`, `reference`. */
  match(
    lanes: readonly LaneId[],
    key: { readonly kind: 'interchange' | 'group' | 'patient-control' | 'batch' | 'reference'; readonly value: string },
  ): Promise<readonly AnsweredTransmission[]>;
  /** Adds one transmission that carries several disclosures, in their order in its bytes, together with its first attempt. */
  addTogether(
    items: readonly TransmissionRecord[],
    permitted: { readonly attempt: string; readonly fence: string },
  ): Promise<void>;
  /**
   * The live transmissions of these that carry several disclosures: all of those, and `free` where every attempt so far is
   * proof that nothing was taken in.
   */
  companions(
    disclosures: readonly DisclosureId[],
  ): Promise<ReadonlyMap<TransmissionId, { readonly disclosures: readonly DisclosureId[]; readonly free: boolean }>>;
}
