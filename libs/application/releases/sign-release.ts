import { createHash } from 'node:crypto';
import { ageOn, dateOfInstant, failed, issue, ok, type PlainDate, type Result } from '#libs/kernel';
import { signRelease as signTerms, type Signature, type SignedRelease } from '#libs/release';
import { reconsider } from '../holds/reconsider.js';
import type { ReleaseRecord } from '../ports/records.js';
import type { Services } from '../ports/services.js';
import type { PracticeContext, Transaction } from '../ports/store.js';
import { withPreset } from './draft-release.js';

export interface Signing {
  readonly release: string;
  readonly signatures: readonly Signature[];
  readonly evidence: NonNullable<ReleaseRecord['evidence']>;
  /** Of a drawn signature, PNG, to be kept; its SHA-256 is the digest of the evidence. */
  readonly picture?: Uint8Array;
  /** What the newer paper does to an older one, where a person says so at signing. */
  readonly relation?: { readonly kind: 'adds_to' | 'supersedes'; readonly older: string };
}

export interface SignedAndResumed {
  readonly release: SignedRelease;
  /** Held disclosures that this signature let go. */
  readonly resumed: number;
}

interface Signed {
  readonly context: PracticeContext;
  readonly record: ReleaseRecord;
  readonly signatures: readonly Signature[];
  readonly now: number;
}

/** Capacity is a matter of the day of signing, not of the day on which somebody records it. */
const firstSignedOn = (signatures: readonly Signature[]): PlainDate | undefined =>
  signatures.map(({ signedOn }) => signedOn).sort()[0];

/** What a draft would be with these signatures under it, or why it cannot be signed. Writes nothing. */
export const signatureOn = async (
  services: Services,
  transaction: Transaction,
  { context, record, signatures, now }: Signed,
): Promise<Result<SignedRelease>> => {
  if (record.status === 'signed') return failed(issue('already_signed', '/status'));
  const client = (await transaction.clients.byIds([record.client])).get(record.client);
  if (client === undefined) return failed(issue('not_found', ''));
  const terms = withPreset(services, record.terms);
  const { part2Program, timeZone } = await transaction.practice.get();
  const clinicians = [...(await transaction.practice.clinicians()).values()];
  const ceilings = services.book.ceilings.filter((one) =>
    clinicians.some((clinician) => clinician.jurisdiction === one.jurisdiction),
  );
  return signTerms(
    {
      id: record.id,
      client: record.client,
      discloser: context.practice,
      recipient: terms.recipient,
      purposes: terms.purposes,
      grants: terms.grants,
      serviceFrom: terms.serviceFrom,
      serviceTo: terms.serviceTo,
      validFrom: terms.validFrom,
      validUntil: terms.validUntil,
      expiryEvent: terms.expiryEvent,
      statements: terms.statements,
      blanket: terms.blanket,
      jurisdiction: terms.jurisdiction,
      signatures,
      signedAt: now,
      ageAtSigning: ageOn(client.identity.birthDate, firstSignedOn(signatures) ?? dateOfInstant(now, timeZone)),
      parentConsentedToTreatment: terms.parentConsentedToTreatment,
      part2Program,
    },
    ceilings,
  );
};

/** Evidence that is a picture of a paper: one person attaches it, another looks at it (`checkScanIn`). */
const OF_PAPER: readonly Signing['evidence']['kind'][] = ['scan', 'fax'];

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** Whether the picture is what the evidence says of it. */
const isOwnPicture = ({ evidence, picture }: Signing): boolean =>
  picture === undefined ||
  (evidence.kind === 'drawn' &&
    PNG.every((byte, index) => picture[index] === byte) &&
    createHash('sha256').update(picture).digest('hex') === evidence.digest);

/** Signs a draft, except on a picture of a paper that nobody has checked: `scan_check_required`. `picture_differs`. */
export const signReleaseIn = (
  services: Services,
  transaction: Transaction,
  request: { readonly context: PracticeContext; readonly signing: Signing },
): Promise<Result<SignedAndResumed>> =>
  OF_PAPER.includes(request.signing.evidence.kind)
    ? Promise.resolve(failed(issue('scan_check_required', '/evidence/kind')))
    : signDraftIn(services, transaction, request);

/** Core elements, statements and signers are enforced, and what is missing is named. */
export const signDraftIn = async (
  services: Services,
  transaction: Transaction,
  request: { readonly context: PracticeContext; readonly signing: Signing },
): Promise<Result<SignedAndResumed>> => {
  const { context, signing } = request;
  if (!isOwnPicture(signing)) return failed(issue('picture_differs', '/evidence/picture'));
  const record = await transaction.authority.release(signing.release);
  if (record === undefined) return failed(issue('not_found', ''));
  const now = await transaction.clock();
  const signed = await signatureOn(services, transaction, { context, record, signatures: signing.signatures, now });
  if (!signed.ok) return signed;
  const { relation } = signing;
  if (relation && (await transaction.authority.release(relation.older))?.client !== record.client)
    return failed(issue('not_found', '/relation/older'));
  const { picture } = signing;
  const evidence = { ...signing.evidence, ...(picture === undefined ? {} : { kept: true }) };
  await transaction.authority.sign({ ...record, status: 'signed', signed: signed.value, evidence }, picture);
  transaction.ledger.record({
    kind: 'release-signed',
    actor: context.actor,
    client: record.client,
    subject: record.id,
    codes: [...signed.value.purposes],
  });
  if (relation) {
    await transaction.authority.relate({
      kind: relation.kind,
      newer: record.id,
      older: relation.older as SignedRelease['id'],
      recordedAt: now,
      client: record.client,
    });
    transaction.ledger.record({
      kind: 'release-related',
      actor: context.actor,
      client: record.client,
      subject: record.id,
      codes: [relation.kind],
      grounds: [`release:${relation.older}`],
    });
  }
  const resumed = await reconsider(services, transaction, [record.client]);
  return ok({ release: signed.value, resumed: resumed.length });
};

export const signRelease = (
  services: Services,
  context: PracticeContext,
  signing: Signing,
): Promise<Result<SignedAndResumed>> =>
  services.store.inPractice(context, (transaction) => signReleaseIn(services, transaction, { context, signing }));
