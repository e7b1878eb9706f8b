export { type AgeBand, type Ceiling, type Funding, type Licence, type Reading, type ReadingChoice } from './ceiling.js';
export { decide } from './decide.js';
export type { Decision, Effect, Gap, Ruling } from './decision.js';
export { describe } from './describe.js';
export { effectiveFormat, type EffectiveFormat } from './effective-format.js';
export type { Curer, Reason, ReasonCode } from './reason.js';
export {
  type Authority,
  type Recipient,
  RECIPIENT_CLASSES,
  type RecipientClass,
  type ReleaseRelation,
  type Restriction,
  type Revocation,
  type Signature,
  type SignedRelease,
  type SignerRole,
  type Statement,
} from './release.js';
export type { DisclosureRequest, InsurerForm, Offer, Ruleset } from './request.js';
export { type Signing, signRelease } from './signing.js';
