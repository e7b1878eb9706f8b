import { CATALOGUE_VERSION, expandGrants, type FieldId, isPart2, type Purpose } from '#libs/catalogue';
import {
  type ClientId,
  failed,
  issue,
  type Issue,
  ok,
  type PlainDate,
  type PracticeId,
  type ReleaseId,
  type Result,
  startOfDate,
  UTC,
} from '#libs/kernel';
import type { Ceiling } from './ceiling.js';
import type { Recipient, Signature, SignedRelease, Statement } from './release.js';
import { signersComplete } from './signers.js';

/** A release as it was filled in, and the signatures under it. Anything may be missing. */
export interface Signing {
  readonly id: ReleaseId;
  readonly client: ClientId;
  readonly discloser: PracticeId;
  readonly recipient: Recipient | undefined;
  readonly purposes: readonly Purpose[];
  /** Ids, or groups such as `session.*`; expanded here and never again. */
  readonly grants: readonly string[];
  readonly serviceFrom: PlainDate | undefined;
  readonly serviceTo: PlainDate | undefined;
  readonly validFrom: PlainDate | undefined;
  readonly validUntil: PlainDate | undefined;
  readonly expiryEvent: string | undefined;
  readonly statements: readonly Statement[];
  readonly blanket: boolean;
  readonly jurisdiction: string | undefined;
  readonly signatures: readonly Signature[];
  readonly signedAt: number;
  readonly ageAtSigning: number;
  readonly parentConsentedToTreatment: boolean | 'unknown';
  /** Whether the practice is a programme under 42 CFR part 2. */
  readonly part2Program: boolean;
}

const REQUIRED_STATEMENTS: readonly Statement[] = ['revocation', 'conditioning', 'redisclosure'];

const missing = (element: string, rule = '45 CFR 164.508(c)'): Issue =>
  issue(`element_missing:${element}`, `/${element}`, rule);

const missingElements = (signing: Signing, grants: readonly FieldId[]): readonly Issue[] => {
  const issues: Issue[] = [];
  if (signing.grants.length === 0) issues.push(missing('grants'));
  if (signing.recipient === undefined) issues.push(missing('recipient'));
  if (signing.purposes.length === 0) issues.push(missing('purposes'));
  if (signing.validUntil === undefined && signing.expiryEvent === undefined) issues.push(missing('expiry'));
  if (signing.signatures.length === 0) issues.push(missing('signature'));
  if (signing.signatures.some((one) => one.role !== 'client' && !one.authorityDocumented))
    issues.push(missing('authority'));
  for (const statement of REQUIRED_STATEMENTS) {
    if (!signing.statements.includes(statement)) issues.push(missing(`statement.${statement}`));
  }
  if (signing.part2Program && grants.some(isPart2) && !signing.statements.includes('part2'))
    issues.push(missing('statement.part2', '42 CFR 2.31'));
  return issues;
};

/** Somewhere it is tomorrow already. */
const EARLIER_SOMEWHERE = 86_400_000;

/** Nobody has signed on a day that has not come. */
const signedInFuture = ({ signatures, signedAt }: Signing): readonly Issue[] =>
  signatures.flatMap(({ signedOn }, index) =>
    startOfDate(signedOn, UTC) > signedAt + EARLIER_SOMEWHERE
      ? [issue('signed_in_future', `/signatures/${index}/signedOn`)]
      : [],
  );

const defects = (signing: Signing, grants: readonly string[]): readonly Issue[] => {
  const issues: Issue[] = [];
  if (signing.blanket) issues.push(issue('not_specific', '/grants', '45 CFR 164.508(c)(1)(i)'));
  if (grants.includes('note.psychotherapy') && grants.length > 1)
    issues.push(issue('compound_psynotes', '/grants', '45 CFR 164.508(b)(3)(ii)'));
  if (signing.validFrom !== undefined && signing.validUntil !== undefined && signing.validUntil < signing.validFrom)
    issues.push(issue('range_reversed', '/validUntil'));
  if (signing.serviceFrom !== undefined && signing.serviceTo !== undefined && signing.serviceTo < signing.serviceFrom)
    issues.push(issue('range_reversed', '/serviceTo'));
  return issues;
};

/**
 * Makes a signed release of a draft, or says by name what it lacks: the core elements and statements of 45 CFR
 * 164.508(c), of a programme under 42 CFR part 2 those of 2.31 as well, and the signatures that the ceilings in force for this practice ask.
 */
export const signRelease = (signing: Signing, ceilings: readonly Ceiling[]): Result<SignedRelease> => {
  const { ids, unknown } = expandGrants(signing.grants);
  const issues = [
    ...missingElements(signing, ids),
    ...defects(signing, ids),
    ...signedInFuture(signing),
    ...unknown.map((_pattern, index) => issue('unclassified_field', `/grants/${index}`)),
  ];
  const { recipient } = signing;
  const validFrom =
    signing.validFrom ??
    signing.signatures
      .map((one) => one.signedOn)
      .sort()
      .at(-1);
  if (issues.length > 0 || recipient === undefined || validFrom === undefined) return failed(...issues);
  const release: SignedRelease = {
    id: signing.id,
    revision: 1,
    client: signing.client,
    discloser: signing.discloser,
    recipient,
    purposes: signing.purposes,
    grants: ids,
    catalogueVersion: CATALOGUE_VERSION,
    validFrom,
    signedAt: signing.signedAt,
    signatures: signing.signatures,
    statements: signing.statements,
    blanket: signing.blanket,
    jurisdiction: signing.jurisdiction ?? 'unknown',
    signerFacts: { ageAtSigning: signing.ageAtSigning, parentConsentedToTreatment: signing.parentConsentedToTreatment },
    ...(signing.serviceFrom === undefined ? {} : { serviceFrom: signing.serviceFrom }),
    ...(signing.serviceTo === undefined ? {} : { serviceTo: signing.serviceTo }),
    ...(signing.validUntil === undefined ? {} : { validUntil: signing.validUntil }),
    ...(signing.expiryEvent === undefined ? {} : { expiryEvent: { code: signing.expiryEvent } }),
  };
  const enabled = ceilings.filter((one) => one.enabled);
  return signersComplete(release, enabled) ? ok(release) : failed(issue('signer_incomplete', '/signatures'));
};
