import type { Sealed, SealingRecord } from '#libs/disclosure';
import type { Permit } from '../dispatch/permit.js';
import type { InsurerRecord } from './records.js';

/**
 * What became of an attempt. `ambiguous` is the default: whatever is not proof that nothing arrived, or that it did, is
 * ambiguous. No error is ever mapped to `accepted`.
 */
export type SendOutcome =
  | { readonly kind: 'accepted'; readonly status: number }
  /** Proof that no byte of the payload left, or that the insurer took nothing in: it may go again as it is. */
  | { readonly kind: 'not-sent'; readonly code: SendFailure; readonly retryAfterMs?: number }
  /** The insurer says that it will never take this: a person must look. */
  | { readonly kind: 'refused'; readonly code: SendFailure; readonly status?: number }
  | { readonly kind: 'ambiguous'; readonly code: SendFailure; readonly status?: number };

export type SendFailure =
  | 'permit_expired'
  | 'journal_unavailable'
  | 'egress_denied'
  | 'tls_pin_mismatch'
  | 'tls_failed'
  | 'name_not_resolved'
  | 'connection_refused'
  | 'connect_timeout'
  | 'connection_closed'
  | 'response_timeout'
  | 'unreadable_response'
  | 'redirect_refused'
  | 'unavailable'
  | 'too_many_requests'
  | 'unauthorized'
  | 'token_unavailable'
  | 'token_refused'
  | 'token_stale'
  | 'host_key_changed'
  | 'permission_denied'
  | 'directory_missing'
  | 'target_exists'
  | 'size_mismatch'
  | 'rejected'
  | 'awaiting_acknowledgement'
  | 'unknown_failure';

export type ProbeOutcome =
  | { readonly kind: 'known'; readonly digest: string }
  /** A file of this name and size (bytes) is there; what is in it cannot be asked. */
  | { readonly kind: 'present'; readonly size: number }
  /** It cannot be told: it may have arrived and been taken away. Asking again proves nothing more. */
  | { readonly kind: 'unknown' }
  /** It is not there now. What was sent may still be being taken in, so that only time makes this a proof. */
  | { readonly kind: 'unseen' }
  /** It did not arrive, and no attempt can make it arrive any more. */
  | { readonly kind: 'absent' }
  | { readonly kind: 'unsupported' }
  | { readonly kind: 'failed'; readonly code: SendFailure };

export interface IncomingAnswer {
  readonly id: string;
  readonly mediaType: 'application/edi-x12' | 'application/json';
  readonly bytes: Uint8Array;
}

/** One way out. Takes sealed bytes and a permit and nothing else that could be sent. */
export interface Transport {
  send(sealed: Sealed, permit: Permit, to: InsurerRecord): Promise<SendOutcome>;
  /** What became of an attempt, by its number among those of its disclosure, from 1. */
  probe(idempotencyKey: string, to: InsurerRecord, attempt: number): Promise<ProbeOutcome>;
  /**
   * Answers after a cursor, oldest first; reading them again is harmless. `taken` is called when they are stored: from
   * then on the insurer need not keep them. Without that call they come again.
   */
  answers(
    cursor: string,
    to: InsurerRecord,
  ): Promise<
    | {
        readonly kind: 'read';
        readonly answers: readonly IncomingAnswer[];
        readonly next: string;
        readonly taken?: () => Promise<void>;
      }
    | { readonly kind: 'failed'; readonly code: SendFailure }
  >;
}

/** An insurer that has asked for the bytes and waits for them. */
export interface Pull {
  /** Asked directly before the permit is used. */
  waits(): boolean;
  /** False if the connection ended before all of it was handed to the network. */
  give(record: SealingRecord): Promise<boolean>;
}

/**
 * The way out by which an insurer fetches. That it asked is no proof that it received: an attempt whose bytes are under
 * way is ambiguous until the insurer acknowledges it.
 */
export interface PullTransport {
  send(sealed: Sealed, permit: Permit, to: Pull): Promise<SendOutcome>;
}
