import { DELIVERY_STATES } from '#libs/disclosure';
import { isUuid } from '#libs/kernel';

/** The closed list of single words that may be logged or measured. Everything else that is a word could be a name. */
export const states = [
  // of a disclosure
  ...DELIVERY_STATES,
  // of an attempt
  'not-sent',
  'ambiguous',
  // of what an insurer answered
  'accepted',
  'rejected',
  'pended',
  'approved',
  'paid',
  'denied',
  'reversed',
  'voided',
  // of a lane, a queue, a server
  'open',
  'closed',
  'probing',
  'slow',
  'waiting',
  'active',
  'delayed',
  'failed',
  'completed',
  'starting',
  'initialising',
  'recovering',
  'adopting',
  'restarting',
  'gone',
  'stopping',
  'stopped',
  // of a release
  'revoked',
  'expired',
  'amended',
  // of an HTTP answer
  'informed',
  'succeeded',
  'redirected',
  'refused',
  'errored',
] as const;

export type State = (typeof states)[number];

const stateSet: ReadonlySet<unknown> = new Set(states);

export const isState = (value: unknown): value is State => stateSet.has(value);

export const isId = (value: unknown): value is string => typeof value === 'string' && isUuid(value);

/** Single words of the program that stand where a code stands: its parts, its queues, its formats, who cures a gap. */
const words: ReadonlySet<unknown> = new Set([
  ...['api', 'worker', 'cli', 'sandbox', 'database', 'queue', 'relay', 'sweeper', 'scheduler', 'dispatch', 'webhooks'],
  ...['receipt', 'statement', 'letter', 'claim', 'report', 'remittance', 'acknowledgement'],
  ...['client', 'chart', 'office', 'practice', 'nobody'],
]);

const codeShape = /^[a-z0-9_.:-]{1,80}$/;
/** A code of ours has at least two parts: a lone word could be somebody's name. */
const hasParts = /^[a-z][a-z0-9]*(?:[_.:-]+[a-z0-9]+)+$/;
/** Dates, social security and telephone numbers, member ids: at most four digits in a row, and no row of numbers. */
const looksLikeNumber = /\d{5}|\d+[_.:-]+\d+[_.:-]+\d+/;

/**
 * Whether a text may be a stable code of the program, such as `decide.no-release` or `x12_unbalanced`. It goes by shape,
 * so that a datum which strays into the place of a code is refused unless it was made to look like one.
 */
export const isCode = (value: unknown): value is string =>
  typeof value === 'string' &&
  (isState(value) ||
    words.has(value) ||
    (codeShape.test(value) && hasParts.test(value) && !looksLikeNumber.test(value)));

/** A number of things: never negative, never a fraction. */
export const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

export const isDuration = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0;
