import type { DisclosureId, LaneId, TransmissionId } from '#libs/kernel';
import type { AttemptOutcome, TransmissionRecord } from '../records/transmission.js';

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
  /** Only before a first attempt: the bytes are dropped and the numbers never used again. */
  unseal(ids: readonly TransmissionId[]): Promise<void>;
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
  /** By control number, reference or idempotency key: what an answer is about. Kinds: `interchange`, `group`, `patient-control`, `batch`, `reference`. */
  match(
    lanes: readonly LaneId[],
    key: { readonly kind: 'interchange' | 'group' | 'patient-control' | 'batch' | 'reference'; readonly value: string },
  ): Promise<TransmissionRecord | undefined>;
}
