import type { LedgerRow, NewRestriction, ReleaseDraft, ReleaseStanding, Signing } from '#libs/application';
import { fieldOf } from '#libs/catalogue';
import type {
  DraftRelease,
  RecordRestriction,
  ReleaseHistory,
  ReleaseTextView,
  ReleaseView,
  RestrictionView,
  SignRelease,
} from '#libs/contracts';
import type { ReleaseText } from '#libs/documents';
import { isUuid, type ReleaseId, unreachable } from '#libs/kernel';
import type { Restriction, Signature } from '#libs/release';
import { toInstant } from './desk.js';

type ReleaseEventView = ReleaseHistory['events'][number];

export const fromDraftRelease = (draft: DraftRelease): ReleaseDraft => draft;

export const fromSignRelease = (id: ReleaseId, { signatures, evidence, relation }: SignRelease): Signing => ({
  release: id,
  signatures: signatures satisfies readonly Signature[],
  evidence: { kind: evidence.kind, digest: evidence.digest },
  ...(evidence.picture === undefined ? {} : { picture: Buffer.from(evidence.picture, 'base64') }),
  ...(relation === undefined ? {} : { relation }),
});

export const toReleaseText = (text: ReleaseText): ReleaseTextView => ({
  ...text,
  intro: [...text.intro],
  purposes: [...text.purposes],
  groups: text.groups.map((group) => ({ ...group, fields: [...group.fields] })),
  terms: [...text.terms],
  statements: [...text.statements],
});

const toTermsView = (terms: ReleaseDraft): ReleaseView['terms'] => ({
  ...terms,
  purposes: [...terms.purposes],
  grants: [...terms.grants],
  statements: [...terms.statements],
});

const endsOf = (signed: ReleaseStanding['record']['signed']): Pick<ReleaseView, 'eventOccurredAt' | 'knownFalseAt'> => {
  const [occurredAt, knownFalseAt] = [signed?.expiryEvent?.occurredAt, signed?.knownFalseAt];
  return {
    ...(occurredAt === undefined ? {} : { eventOccurredAt: toInstant(occurredAt) }),
    ...(knownFalseAt === undefined ? {} : { knownFalseAt: toInstant(knownFalseAt) }),
  };
};

export const toReleaseView = (standing: ReleaseStanding): ReleaseView => {
  const { record, status, granted, missing, warnings, revokedAt, supersededBy, addsTo } = standing;
  return {
    id: record.id,
    client: record.client,
    revision: record.signed?.revision ?? 1,
    status,
    terms: toTermsView(record.terms),
    granted: granted.map((field) => ({ field, clientWords: fieldOf(field).clientWords })),
    missing: [...missing],
    warnings: [...warnings],
    signatures: [...(record.signed?.signatures ?? [])],
    createdAt: toInstant(record.createdAt),
    ...(record.signed === undefined ? {} : { signedAt: toInstant(record.signed.signedAt) }),
    ...(record.evidence === undefined
      ? {}
      : { evidence: { kind: record.evidence.kind, kept: record.evidence.kept === true } }),
    ...(revokedAt === undefined ? {} : { revokedAt: toInstant(revokedAt) }),
    ...endsOf(record.signed),
    ...(supersededBy === undefined ? {} : { supersededBy }),
    ...(addsTo === undefined ? {} : { addsTo }),
  };
};

const PAPER = 'release:';

/** The other paper of a relation, as seen from this one. */
const relatedTo = (id: ReleaseId, { entry }: LedgerRow): string | undefined => {
  if (entry.kind !== 'release-related') return undefined;
  const older = entry.grounds?.find((one) => one.startsWith(PAPER))?.slice(PAPER.length);
  const other = entry.subject === id ? older : entry.subject;
  return other !== undefined && isUuid(other) ? other : undefined;
};

const RELEASE_EVENTS: readonly string[] = [
  'release-drafted',
  'release-signed',
  'release-revoked',
  'release-ended',
  'release-related',
  'scan-attached',
  'scan-checked',
  'signing-link-made',
  'signing-link-opened',
  'signing-link-ended',
  'reminder-due',
];

/** Whether a row of the ledger tells what happened to a release; that a decision rested on it is told of the disclosure. */
export const concernsRelease = (id: ReleaseId, { entry }: LedgerRow): boolean =>
  RELEASE_EVENTS.includes(entry.kind) && (entry.subject === id || (entry.grounds ?? []).includes(`${PAPER}${id}`));

export const toReleaseEvent = (id: ReleaseId, row: LedgerRow): ReleaseEventView => {
  const related = relatedTo(id, row);
  return {
    at: toInstant(row.at),
    kind: row.entry.kind,
    actor: row.entry.actor,
    codes: [...(row.entry.codes ?? [])].slice(0, 50),
    ...(related === undefined ? {} : { related }),
  };
};

export const fromRecordRestriction = (restriction: RecordRestriction): NewRestriction => restriction;

export const toRestrictionView = (restriction: Restriction): RestrictionView => {
  const { id, revision } = restriction;
  const recipient = restriction.recipient === undefined ? {} : { recipient: restriction.recipient };
  switch (restriction.kind) {
    case 'paid-in-full':
      return {
        id,
        revision,
        restriction: { kind: restriction.kind, serviceDates: [...restriction.serviceDates], ...recipient },
      };
    case 'clinician-limit':
    case 'client-restriction':
      return { id, revision, restriction: { kind: restriction.kind, fields: [...restriction.fields], ...recipient } };
    case 'confidential-communication':
      return { id, revision, restriction: { kind: restriction.kind, ...recipient } };
    default:
      return unreachable(restriction);
  }
};
