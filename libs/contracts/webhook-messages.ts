import { z } from 'zod';
import { code, instant } from './scalars.js';
import { ANSWER_KINDS, DELIVERY_STATES } from './words.js';

/** The envelope that Standard Webhooks 1.0 recommends. `timestamp`: when it happened, not when it was sent. */
const message = <const Type extends string, Data extends z.ZodType>(type: Type, data: Data) =>
  z.strictObject({ type: z.literal(type), timestamp: instant, data });

const standing = {
  disclosure: z.uuid(),
  state: z.enum(DELIVERY_STATES),
  /** Why, in a code that does not depend on any value. */
  cause: code(120).exactOptional(),
};

const release = z.strictObject({ release: z.uuid() });

/**
 * Every message that goes out to a practice's own endpoints: ids, states and times. Whoever wants to know more asks the
 * gateway, as somebody who may.
 */
export const WEBHOOK_MESSAGES = {
  'disclosure.accepted': message('disclosure.accepted', z.strictObject({ ...standing, document: z.uuid() })),
  'disclosure.moved': message('disclosure.moved', z.strictObject(standing)),
  'disclosure.answered': message(
    'disclosure.answered',
    z.strictObject({ disclosure: z.uuid(), answer: z.enum(ANSWER_KINDS) }),
  ),
  'release.signed': message('release.signed', release),
  'release.revoked': message('release.revoked', release),
  'release.ended': message('release.ended', release),
  'release.expiring': message('release.expiring', release),
  'endpoint.test': message('endpoint.test', z.strictObject({ endpoint: z.uuid() })),
} as const;

export type WebhookMessage = {
  readonly [Type in keyof typeof WEBHOOK_MESSAGES]: z.input<(typeof WEBHOOK_MESSAGES)[Type]>;
}[keyof typeof WEBHOOK_MESSAGES];
