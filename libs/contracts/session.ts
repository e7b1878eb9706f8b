import { z } from 'zod';
import { ACTIONS, API_KEY_ROLES, ROLES } from './actions.js';
import { instant, line } from './scalars.js';

/** Opens a session; the cookie comes with the answer. */
export const signIn = z
  .strictObject({ signIn: line(120), password: z.string().min(1).max(1_000) })
  .meta({ id: 'SignIn' });

/** Who is signed in and what they may do. */
export const session = z
  .strictObject({
    /** `timeZone`: in it the days of the practice begin and end. */
    practice: z.strictObject({ id: z.uuid(), name: line(200), timeZone: z.string().max(60) }),
    /** `staff:<uuid>` or `key:<uuid>`. */
    actor: z.string().max(60),
    name: line(200).exactOptional(),
    roles: z.array(z.enum(ROLES)).max(ROLES.length),
    actions: z.array(z.enum(ACTIONS)).max(ACTIONS.length),
    clinician: z.uuid().exactOptional(),
    /** Until it is changed (`PUT /v1/session/password`) everything else is refused with `password_change_required`. */
    mustChangePassword: z.boolean(),
    expiresAt: instant,
  })
  .meta({ id: 'Session' });

export const createApiKey = z
  .strictObject({
    /** What the key is for, so that somebody knows which one to revoke. */
    label: line(80),
    roles: z.array(z.enum(API_KEY_ROLES)).min(1).max(API_KEY_ROLES.length),
    /** Days from now, 1 to 730. */
    days: z.int().min(1).max(730),
  })
  .meta({ id: 'CreateApiKey' });

const apiKey = { id: z.uuid(), label: line(80), roles: z.array(z.enum(ROLES)).min(1).max(ROLES.length) };

/** `secret` is shown here and never again. The key acts, and stands in the ledger, as `key:<id>`. */
export const apiKeyMade = z
  .strictObject({ ...apiKey, actor: z.string().max(60), secret: z.string().max(60), expiresAt: instant })
  .meta({ id: 'ApiKeyMade' });

/** A key that works: neither revoked nor expired. */
export const apiKeyView = z.strictObject({ ...apiKey, createdAt: instant, expiresAt: instant }).meta({ id: 'ApiKey' });

export type SignIn = z.output<typeof signIn>;
export type SessionView = z.input<typeof session>;
export type ApiKeyView = z.input<typeof apiKeyView>;
