import type { AnswerKind } from '#libs/disclosure';
import type { ClientId, ClinicianId, DisclosureId, InsurerId, PlainDate } from '#libs/kernel';
import type { Curer } from '#libs/release';
import type { StoredDecision } from './records.js';
import type { Page, PageRequest } from './paging.js';

/** Disclosures that came in on these days (UTC, both belong to it), of all clients or of those whom one clinician treats today. */
export interface InsightScope {
  readonly from: PlainDate;
  readonly to: PlainDate;
  readonly treatedBy?: { readonly clinician: ClinicianId; readonly on: PlainDate };
}

export interface InsightTotals {
  readonly accepted: number;
  readonly sent: number;
  readonly held: number;
  readonly blocked: number;
  readonly parked: number;
  /** First submissions that were taken or refused, and those of them that were taken and never refused. */
  readonly firstAnswered: number;
  readonly firstAccepted: number;
  /** From the first byte to the first answer, in seconds. */
  readonly latency: { readonly answered: number; readonly median?: number; readonly p90?: number };
}

export interface InsightDay {
  readonly on: PlainDate;
  readonly accepted: number;
  readonly sent: number;
  readonly held: number;
  readonly answered: number;
}

/** Counts over what is stored in clear: states, times, kinds of answers. */
export interface InsightRepository {
  totals(
    scope: InsightScope,
    kinds: { readonly taken: readonly AnswerKind[]; readonly refused: readonly AnswerKind[] },
  ): Promise<InsightTotals>;
  /** Of those that are held or blocked. */
  heldBy(scope: InsightScope): Promise<ReadonlyMap<Curer, number>>;
  /** Days on which something happened, in their order. */
  days(scope: InsightScope): Promise<readonly InsightDay[]>;
  /** The last decisions about the newest disclosures that have one, and to which insurer each is. */
  lastDecisions(
    scope: InsightScope,
    limit: number,
  ): Promise<readonly { readonly insurer: InsurerId; readonly decision: StoredDecision }[]>;
  /** The decision on which each left the last time, or may have. */
  decisionsBehind(disclosures: readonly DisclosureId[]): Promise<ReadonlyMap<DisclosureId, StoredDecision>>;
  /** Disclosures about a client that left or may have, by when their first byte did; newest first. */
  gone(
    of: { readonly client: ClientId; readonly from?: PlainDate; readonly to?: PlainDate },
    request: PageRequest,
  ): Promise<Page<{ readonly disclosure: DisclosureId; readonly sentAt: number }>>;
}
