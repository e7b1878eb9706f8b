import { z } from 'zod';
import { PURPOSES } from '#libs/catalogue';
import type { ReleaseId } from '#libs/kernel';
import { code, date, digest, fieldId, id, instant, line } from './scalars.js';
import {
  EVIDENCE_KINDS,
  LEDGER_KINDS,
  RECIPIENT_CLASSES,
  RELEASE_ENDS,
  REVOCATION_CHANNELS,
  SIGNER_ROLES,
  STATEMENTS,
} from './words.js';

/** A named party, or a class of recipients (45 CFR 164.508(c)(1)(iii)). */
const recipient = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('party'), id: z.uuid(), class: z.enum(RECIPIENT_CLASSES) }),
    z.strictObject({ kind: z.literal('class'), class: z.enum(RECIPIENT_CLASSES) }),
  ])
  .meta({ id: 'Recipient' });

/** A catalogue id, or a group such as `session.*`. Groups are expanded when the release is signed. */
const grant = z
  .string()
  .min(3)
  .max(80)
  .regex(/^[A-Za-z0-9]+(?:\.[A-Za-z0-9]+){0,3}(?:\.\*)?$/);

const terms = {
  recipient: recipient.exactOptional(),
  purposes: z.array(z.enum(PURPOSES)).max(PURPOSES.length),
  grants: z.array(grant).max(400),
  /** Id of a preset, expanded at signing. */
  preset: code(60).exactOptional(),
  serviceFrom: date.exactOptional(),
  serviceTo: date.exactOptional(),
  validFrom: date.exactOptional(),
  validUntil: date.exactOptional(),
  /** An event that ends it, as a code. */
  expiryEvent: code(60).exactOptional(),
  statements: z.array(z.enum(STATEMENTS)).max(STATEMENTS.length),
  /** The client asked to release “any and all information”. */
  blanket: z.boolean(),
  /** Where it is signed: state or province. */
  jurisdiction: line(10).exactOptional(),
  parentConsentedToTreatment: z.union([z.boolean(), z.literal('unknown')]),
};

/** A release as far as it is filled in. What is missing keeps it from being signed, by name. */
export const draftRelease = z.strictObject(terms).meta({ id: 'DraftRelease' });

export const signature = z.strictObject({
  role: z.enum(SIGNER_ROLES),
  signedOn: date,
  /** For anybody but the client: authority described and on file (45 CFR 164.508(c)(1)(vi)). */
  authorityDocumented: z.boolean(),
  witnessed: z.boolean(),
});

/** Most bytes that the picture of a drawn signature may have. */
export const LARGEST_SIGNATURE = 200_000;

/**
 * `digest`: SHA-256, hex, of what was signed or of the signature's picture. `picture`: a drawn signature, PNG, base64; it is
 * kept encrypted under the client's key. Without it the practice keeps the picture itself.
 */
const evidence = z.strictObject({
  kind: z.enum(EVIDENCE_KINDS),
  digest,
  picture: z
    .base64()
    .max(Math.ceil(LARGEST_SIGNATURE / 3) * 4)
    .exactOptional(),
});

export const signRelease = z
  .strictObject({
    signatures: z.array(signature).min(1).max(6),
    evidence,
    /** What it does to an older one, said at once so that the two are never ambiguous. */
    relation: z.strictObject({ kind: z.enum(['adds_to', 'supersedes']), older: id<ReleaseId>() }).exactOptional(),
  })
  .meta({ id: 'SignRelease' });

/** `older`: the release that the one in the path replaces, or adds to. */
export const relateRelease = z.strictObject({ older: id<ReleaseId>() }).meta({ id: 'RelateRelease' });

/** A revocation takes effect when the practice received it. */
export const revokeRelease = z
  .strictObject({ receivedAt: instant, channel: z.enum(REVOCATION_CHANNELS) })
  .meta({ id: 'RevokeRelease' });

/**
 * What the practice has come to know: the event that ends the release has come, or the release rests on something false
 * (45 CFR 164.508(b)(2)(i), (v)). `at`: when it came, or was found.
 */
export const endRelease = z.strictObject({ because: z.enum(RELEASE_ENDS), at: instant }).meta({ id: 'EndRelease' });

export const releaseView = z
  .strictObject({
    id: z.uuid(),
    client: z.uuid(),
    revision: z.int().min(1),
    status: z.enum(['draft', 'not-yet-valid', 'in-force', 'expired', 'revoked', 'superseded', 'known-false']),
    terms: z.strictObject(terms),
    /** Catalogue ids, as expanded at signing. */
    granted: z.array(z.strictObject({ field: fieldId, clientWords: line(300) })).max(400),
    /** Elements without which it cannot be signed. */
    missing: z.array(code(80)).max(40),
    /** What to tell the client before it is signed: `eob_exposure`, the policy holder is somebody else and gets the explanation of benefits. */
    warnings: z.array(code(80)).max(10),
    signatures: z.array(signature).max(6),
    signedAt: instant.exactOptional(),
    /** `kept`: the picture of the signature can be looked at. */
    evidence: z.strictObject({ kind: z.enum(EVIDENCE_KINDS), kept: z.boolean() }).exactOptional(),
    revokedAt: instant.exactOptional(),
    /** When the event came that ends it. */
    eventOccurredAt: instant.exactOptional(),
    knownFalseAt: instant.exactOptional(),
    supersededBy: z.uuid().exactOptional(),
    addsTo: z.uuid().exactOptional(),
    createdAt: instant,
  })
  .meta({ id: 'Release' });

const releaseEvent = z.strictObject({
  at: instant,
  kind: z.enum(LEDGER_KINDS),
  actor: z.string().max(60),
  related: z.uuid().exactOptional(),
  codes: z.array(code(120)).max(50),
});

/** All that happened to a release, oldest first. */
export const releaseHistory = z
  .strictObject({ events: z.array(releaseEvent).max(1_000) })
  .meta({ id: 'ReleaseHistory' });

/** A release preset: what it grants, in the client’s words. */
export const presetView = z
  .strictObject({
    id: code(60),
    version: code(40),
    title: line(200),
    /** What the insurer learns by it, as the client reads it. */
    clientWords: z.string().max(2_000).exactOptional(),
    /** What it must be used with, so that the paper is about somebody. */
    identification: z.string().max(2_000).exactOptional(),
    purposes: z.array(z.enum(PURPOSES)).max(PURPOSES.length),
    fields: z.array(z.strictObject({ field: fieldId, clientWords: line(300) })).max(400),
  })
  .meta({ id: 'Preset' });

export type DraftRelease = z.output<typeof draftRelease>;
export type SignRelease = z.output<typeof signRelease>;
export type RelateRelease = z.output<typeof relateRelease>;
export type RevokeRelease = z.output<typeof revokeRelease>;
export type EndRelease = z.output<typeof endRelease>;
export type ReleaseView = z.input<typeof releaseView>;
export type ReleaseHistory = z.input<typeof releaseHistory>;
export type PresetView = z.input<typeof presetView>;
