import { type WebhookMessage, words } from '#libs/contracts';
import type { DeliveryState } from '#libs/disclosure';
import type { LedgerEntry } from '../ports/ledger.js';
import type { DisclosureRecord } from '../ports/records.js';
import type { DisclosureChange } from '../ports/store.js';

/** What one transaction did, as far as endpoints may be told of it. */
export interface Happened {
  readonly added: readonly Pick<DisclosureRecord, 'id' | 'document' | 'state' | 'cause'>[];
  /** Those that did move. */
  readonly moved: readonly Pick<DisclosureChange, 'id' | 'to' | 'cause'>[];
  readonly recorded: readonly LedgerEntry[];
  /** Releases that end soon. */
  readonly expiring: readonly string[];
}

/** States in which something stays for a while. What is passed through on the way out comes and goes with every retry. */
const RESTING: ReadonlySet<DeliveryState> = new Set<DeliveryState>([
  'ready',
  'held',
  'blocked',
  'cancelled',
  'sent',
  'received',
  'unknown',
  'parked',
  'superseded',
]);

/** Only the ids, kinds and codes of an entry that are named here; whatever else it has stays in the ledger. */
const ofEntry = ({ kind, disclosure, subject, codes }: LedgerEntry, timestamp: string): readonly WebhookMessage[] => {
  const answer = words.ANSWER_KINDS.find((one) => one === codes?.[0]);
  if (kind === 'answered' && disclosure !== undefined && answer !== undefined)
    return [{ type: 'disclosure.answered', timestamp, data: { disclosure, answer } }];
  if (kind === 'release-signed' && subject !== undefined)
    return [{ type: 'release.signed', timestamp, data: { release: subject } }];
  if (kind === 'release-revoked' && subject !== undefined)
    return [{ type: 'release.revoked', timestamp, data: { release: subject } }];
  if (kind === 'release-ended' && subject !== undefined)
    return [{ type: 'release.ended', timestamp, data: { release: subject } }];
  return [];
};

/**
 * What endpoints are told of a transaction. Ids, states and times; a cause is the code that stands in clear beside the
 * state, which does not depend on any value (`plainCode`), so that equal rulings make equal messages.
 */
export const messagesOf = ({ added, moved, recorded, expiring }: Happened, at: number): readonly WebhookMessage[] => {
  const timestamp = new Date(at).toISOString();
  const because = (cause: string | undefined) => (cause === undefined ? {} : { cause });
  return [
    ...added.map(({ id, document, state, cause }): WebhookMessage => ({
      type: 'disclosure.accepted',
      timestamp,
      data: { disclosure: id, document, state, ...because(cause) },
    })),
    ...moved
      .filter(({ to }) => RESTING.has(to))
      .map(({ id, to, cause }): WebhookMessage => ({
        type: 'disclosure.moved',
        timestamp,
        data: { disclosure: id, state: to, ...because(cause) },
      })),
    ...recorded.flatMap((entry) => ofEntry(entry, timestamp)),
    ...expiring.map((release): WebhookMessage => ({ type: 'release.expiring', timestamp, data: { release } })),
  ];
};
