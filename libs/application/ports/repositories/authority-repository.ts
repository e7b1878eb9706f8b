import type { ClientId } from '#libs/kernel';
import type { Authority, ReleaseRelation, Restriction, Revocation, SignedRelease } from '#libs/release';
import type { ReleaseRecord } from '../records/release.js';

/** Releases, revocations, relations, restrictions. Every write bumps the client's epoch in the same transaction. */
export interface AuthorityRepository {
  /** Takes `client_authority` rows `FOR SHARE`, ids sorted, and gives their epochs. What is read in a later statement cannot be older. */
  lockShared(clients: readonly ClientId[]): Promise<ReadonlyMap<ClientId, number>>;
  /** Until the transaction is over nobody else changes what this client's papers say. */
  hold(client: ClientId): Promise<void>;
  read(clients: readonly ClientId[]): Promise<ReadonlyMap<ClientId, Authority>>;
  putDraft(release: ReleaseRecord): Promise<void>;
  /** Nobody else revises or signs the draft before the transaction is over. */
  holdDraft(id: string): Promise<void>;
  /** `picture`: of a drawn signature, PNG. */
  sign(release: ReleaseRecord & { readonly signed: SignedRelease }, picture?: Uint8Array): Promise<void>;
  /** The same paper as it stands now, as a revision of its own: the one after the last. */
  revise(release: ReleaseRecord & { readonly signed: SignedRelease }): Promise<void>;
  /** Of the last revision; absent where none was kept. */
  signaturePicture(release: ReleaseRecord): Promise<Uint8Array | undefined>;
  releases(client: ClientId): Promise<readonly ReleaseRecord[]>;
  release(id: string): Promise<ReleaseRecord | undefined>;
  revoke(revocation: Revocation & { readonly client: ClientId }): Promise<void>;
  relate(relation: ReleaseRelation & { readonly client: ClientId }): Promise<void>;
  restrict(client: ClientId, restriction: Restriction): Promise<void>;
}
