import type { ReleaseId, ScanId, SigningLinkId } from '#libs/kernel';
import type { ScanRecord, SigningLinkRecord } from '../records/signing.js';

/** Pictures of signed papers, under the key of the client. */
export interface ScanRepository {
  add(scan: ScanRecord, bytes: Uint8Array): Promise<void>;
  byId(id: ScanId): Promise<ScanRecord | undefined>;
  /** Newest first. */
  of(release: ReleaseId): Promise<readonly ScanRecord[]>;
  bytes(scan: ScanRecord): Promise<Uint8Array | undefined>;
  /** False when it was checked before. */
  check(id: ScanId, checked: NonNullable<ScanRecord['checked']>): Promise<boolean>;
}

/** Links by which clients sign from afar. */
export interface SigningLinkRepository {
  /** `token`: SHA-256 of the secret, hex. */
  add(link: SigningLinkRecord, token: string): Promise<void>;
  /** Locked until the end of the transaction, so that two guesses are never one. */
  hold(id: SigningLinkId): Promise<SigningLinkRecord | undefined>;
  /** Newest first. */
  of(release: ReleaseId): Promise<readonly SigningLinkRecord[]>;
  begin(id: SigningLinkId, session: { readonly digest: string; readonly until: number }): Promise<void>;
  identify(id: SigningLinkId): Promise<void>;
  countTry(id: SigningLinkId): Promise<void>;
  end(ids: readonly SigningLinkId[], ended: NonNullable<SigningLinkRecord['ended']>): Promise<void>;
}
