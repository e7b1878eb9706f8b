import type { Reach } from '#libs/access';
import type { Role } from '#libs/contracts';
import type { ClinicianId, InsurerId, PracticeId, Result } from '#libs/kernel';

/** Who asks. Everything a use case does is done inside this practice. */
export interface RequestContext {
  readonly practice: PracticeId;
  /** `staff:<uuid>`, `key:<uuid>` or `insurer:<uuid>`; goes into the ledger. */
  readonly actor: string;
  readonly roles: readonly Role[];
  /** Whose idempotency keys these are. */
  readonly principal: string;
  /** Which clinician the actor is, if one. */
  readonly clinician?: ClinicianId;
  /** Whose clients may be seen. What is out of reach does not exist: `not_found`, and absent from lists. */
  readonly reach: Reach;
  /** Which insurer asks, if one. */
  readonly insurer?: InsurerId;
}

/** A view with every value in clear, and the clinicians whom the document names and who treat the client: the API masks what the reader may not see. */
export interface Unmasked<View> {
  readonly view: View;
  readonly treating: readonly ClinicianId[];
}

export interface PageOf<Row> {
  readonly rows: Row[];
  readonly next?: string;
}

/** 1 to 100 rows; `after` as an earlier page gave it. A cursor that is not one of theirs is `cursor_invalid`. */
export interface Paging {
  readonly after?: string;
  readonly limit: number;
}

export type Answer<T> = Promise<Result<T>>;

/** Stored in the transaction that creates, under principal, route and key. */
export interface Idempotency {
  readonly key: string;
  /** Method and path as in the route table. */
  readonly route: string;
  /** SHA-256, hex, of the path taken and the canonical body. */
  readonly fingerprint: string;
  /** The status to store and give back with the body. */
  readonly status: number;
}

/** What was created, now or by the first request with the same key; `body` is then what was stored. */
export interface Created<Body> {
  readonly status: number;
  readonly body: Body;
  readonly replayed: boolean;
}

/** `tag` is the entity tag without quotes: it changes whenever the thing does, and says nothing of it. */
export interface Tagged<View> {
  readonly view: View;
  readonly tag: string;
}
