import { expandGrants, type FieldId, type Purpose } from '#libs/catalogue';
import { type ClientId, endOfDate, type ReleaseId, startOfDate, type TimeZone } from '#libs/kernel';
import { type Authority, signRelease, type SignedRelease } from '#libs/release';
import { emptyAuthority } from '../judgement/standing.js';
import type { CoverageRecord, PracticeRecord, ReleaseRecord } from '../ports/records.js';
import type { Services } from '../ports/services.js';
import type { Transaction } from '../ports/store.js';
import { withPreset } from './draft-release.js';

export type ReleaseStatus =
  'draft' | 'not-yet-valid' | 'in-force' | 'expired' | 'revoked' | 'superseded' | 'known-false';

/** A paper as it stands at a moment. That it is in force says nothing of whether a given disclosure may rest on it. */
export interface ReleaseStanding {
  readonly record: ReleaseRecord;
  readonly status: ReleaseStatus;
  readonly granted: readonly FieldId[];
  /** What a draft lacks before it can be signed, by name; signatures are not counted. */
  readonly missing: readonly string[];
  /** What the client should know who signs it. */
  readonly warnings: readonly 'eob_exposure'[];
  /** When the practice received the revocation. */
  readonly revokedAt?: number;
  readonly supersededBy?: ReleaseId;
  readonly addsTo?: ReleaseId;
}

const ELEMENT = 'element_missing:';
/** Whoever signs brings these. */
const OF_SIGNING: readonly string[] = ['signature', 'authority', 'signer_incomplete'];

const missingIn = (
  services: Services,
  record: ReleaseRecord,
  at: Pick<Among, 'practice' | 'now'>,
): readonly string[] => {
  const terms = withPreset(services, record.terms);
  const { recipient, serviceFrom, serviceTo, validFrom, validUntil, expiryEvent, jurisdiction } = terms;
  const tried = signRelease(
    {
      ...terms,
      ...{ recipient, serviceFrom, serviceTo, validFrom, validUntil, expiryEvent, jurisdiction },
      id: record.id,
      client: record.client,
      discloser: at.practice.id,
      part2Program: at.practice.part2Program,
      signatures: [],
      signedAt: at.now,
      ageAtSigning: 0,
    },
    [],
  );
  if (tried.ok) return [];
  const names = tried.issues.map(({ code }) => (code.startsWith(ELEMENT) ? code.slice(ELEMENT.length) : code));
  return [...new Set(names)].filter((name) => !OF_SIGNING.includes(name));
};

const beginsAt = (signed: SignedRelease, zone: TimeZone): number =>
  Math.max(signed.signedAt, startOfDate(signed.validFrom, zone));

const statusOf = (
  signed: SignedRelease,
  ends: {
    readonly revokedAt: number | undefined;
    readonly superseded: boolean;
    readonly now: number;
    readonly zone: TimeZone;
  },
): ReleaseStatus => {
  const { revokedAt, superseded, now, zone } = ends;
  if (signed.knownFalseAt !== undefined && signed.knownFalseAt <= now) return 'known-false';
  if (revokedAt !== undefined && revokedAt <= now) return 'revoked';
  if (superseded) return 'superseded';
  if (beginsAt(signed, zone) > now) return 'not-yet-valid';
  const lastMoment = signed.validUntil === undefined ? Infinity : endOfDate(signed.validUntil, zone);
  return Math.min(lastMoment, signed.expiryEvent?.occurredAt ?? Infinity) <= now ? 'expired' : 'in-force';
};

/** The client’s papers and the moment. */
interface Among {
  readonly authority: Authority;
  readonly coverages: readonly CoverageRecord[];
  readonly practice: Pick<PracticeRecord, 'id' | 'part2Program' | 'timeZone'>;
  readonly now: number;
}

/** Purposes for which an insurer writes to the holder of the policy. */
const TOLD_TO_HOLDER: readonly Purpose[] = ['HPAYMT', 'COVAUTH', 'CLMATTCH'];

/** Under this paper an insurer would write to a policy holder who is somebody else (45 CFR 164.522(b)). */
const warningsOn = (
  services: Services,
  { terms }: ReleaseRecord,
  { coverages }: Among,
): ReleaseStanding['warnings'] => {
  const { recipient, purposes } = withPreset(services, terms);
  if (recipient?.class !== 'insurer' || !purposes.some((one) => TOLD_TO_HOLDER.includes(one))) return [];
  const exposed = coverages.some(
    ({ insurer, terms: { relationship } }) =>
      relationship !== 'self' && (recipient.kind === 'class' || recipient.id === insurer),
  );
  return exposed ? ['eob_exposure'] : [];
};

/** How one paper stands among the others of its client. */
const standingOfRelease = (services: Services, record: ReleaseRecord, among: Among): ReleaseStanding => {
  const { signed } = record;
  const { authority, now } = among;
  const { timeZone: zone } = among.practice;
  const warnings = warningsOn(services, record, among);
  if (signed === undefined) {
    return {
      record,
      status: 'draft',
      granted: expandGrants(withPreset(services, record.terms).grants).ids,
      missing: missingIn(services, record, among),
      warnings,
    };
  }
  const received = authority.revocations.filter((one) => one.release === record.id).map((one) => one.receivedAt);
  const revokedAt = received.length === 0 ? undefined : Math.min(...received);
  const supersededBy = authority.relations.findLast(
    (one) => one.kind === 'supersedes' && one.older === record.id,
  )?.newer;
  const newer = authority.releases.find((one) => one.id === supersededBy);
  const addsTo = authority.relations.findLast((one) => one.kind === 'adds_to' && one.newer === record.id)?.older;
  return {
    record,
    status: statusOf(signed, { revokedAt, superseded: newer !== undefined && beginsAt(newer, zone) <= now, now, zone }),
    granted: signed.grants,
    missing: [],
    warnings,
    ...(revokedAt === undefined ? {} : { revokedAt }),
    ...(supersededBy === undefined ? {} : { supersededBy }),
    ...(addsTo === undefined ? {} : { addsTo }),
  };
};

/** Every paper of a client, drafts and ended ones too, oldest first. */
export const releaseStandings = async (
  services: Services,
  transaction: Transaction,
  client: ClientId,
): Promise<readonly ReleaseStanding[]> => {
  const records = await transaction.authority.releases(client);
  const authority = (await transaction.authority.read([client])).get(client) ?? emptyAuthority(client);
  const practice = await transaction.practice.get();
  const now = await transaction.clock();
  const coverages = await transaction.clients.coveragesOf(client);
  return records.map((record) => standingOfRelease(services, record, { authority, coverages, practice, now }));
};

export const releaseStanding = async (
  services: Services,
  transaction: Transaction,
  id: string,
): Promise<ReleaseStanding | undefined> => {
  const record = await transaction.authority.release(id);
  if (record === undefined) return undefined;
  const authority =
    (await transaction.authority.read([record.client])).get(record.client) ?? emptyAuthority(record.client);
  const practice = await transaction.practice.get();
  const coverages = await transaction.clients.coveragesOf(record.client);
  return standingOfRelease(services, record, { authority, coverages, practice, now: await transaction.clock() });
};
