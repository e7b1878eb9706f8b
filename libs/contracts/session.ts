import { z } from 'zod';
import { ACTIONS, API_KEY_ROLES, ROLES } from './actions.js';
import { digest, instant, line } from './scalars.js';

/** Opens a session; the cookie comes with the answer. */
export const signIn = z
  .strictObject({ signIn: line(120), password: z.string().min(1).max(1_000) })
  .meta({ id: 'SignIn' });

/** Who is signed in and what they may do. */
export const session = z
  .strictObject({
    practice: z.strictObject({ id: z.uuid(), name: line(200) }),
    /** `staff:<uuid>` or `key:<uuid>`. */
    actor: z.string().max(60),
    name: line(200).exactOptional(),
    roles: z.array(z.enum(ROLES)).max(ROLES.length),
    actions: z.array(z.enum(ACTIONS)).max(ACTIONS.length),
    clinician: z.uuid().exactOptional(),
    expiresAt: instant,
  })
  .meta({ id: 'Session' });

export const createApiKey = z
  .strictObject({
    roles: z.array(z.enum(API_KEY_ROLES)).min(1).max(API_KEY_ROLES.length),
    /** Days from now, 1 to 730. */
    days: z.int().min(1).max(730),
  })
  .meta({ id: 'CreateApiKey' });

/** `secret` is shown here and never again; `id` (a digest of it) revokes the key. */
export const apiKey = z
  .strictObject({
    id: digest,
    actor: z.string().max(60),
    secret: z.string().max(60),
    roles: z.array(z.enum(ROLES)).min(1).max(ROLES.length),
    expiresAt: instant,
  })
  .meta({ id: 'ApiKey' });

export type SignIn = z.output<typeof signIn>;
export type SessionView = z.input<typeof session>;
