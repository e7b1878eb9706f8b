/** Where a disclosure stands. Only forward, and only along this table; the database checks the names. */
export const DELIVERY_STATES = [
  'drafted',
  'held',
  'ready',
  'sealed',
  'sending',
  'sent',
  'received',
  'unknown',
  'parked',
  'blocked',
  'cancelled',
  'superseded',
] as const;

export type DeliveryState = (typeof DELIVERY_STATES)[number];

/**
 * `ready → sending` is sealed and permitted in one transaction; `sealed → ready` unseals before a first attempt;
 * `sending → sealed` is a refusal before the first byte, or a failure that the insurer's answer proves to be one;
 * `unknown → sealed` is proof of absence, `unknown → sending` the same bytes again to an insurer that recognises them.
 * What a restored database holds back, and the journal says went, is parked. Nothing leads back from `sent`.
 */
export const TRANSITIONS: Readonly<Record<DeliveryState, readonly DeliveryState[]>> = {
  drafted: ['held', 'ready', 'blocked', 'cancelled'],
  held: ['held', 'ready', 'blocked', 'parked', 'cancelled', 'superseded'],
  ready: ['sealed', 'sending', 'held', 'blocked', 'parked', 'cancelled', 'superseded'],
  sealed: ['sending', 'ready', 'held', 'blocked', 'parked', 'cancelled', 'superseded'],
  sending: ['sent', 'unknown', 'sealed', 'held', 'blocked', 'parked'],
  unknown: ['sending', 'sent', 'sealed', 'parked', 'received'],
  parked: ['ready', 'sealed', 'sent', 'received', 'held', 'cancelled', 'superseded'],
  sent: ['received', 'superseded'],
  received: ['superseded'],
  blocked: ['held', 'ready', 'parked', 'cancelled', 'superseded'],
  cancelled: [],
  superseded: [],
};

export const canMove = (from: DeliveryState, to: DeliveryState): boolean => TRANSITIONS[from].includes(to);
