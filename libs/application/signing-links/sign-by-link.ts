import { createHash } from 'node:crypto';
import { expandGrants, type FieldCategory, fieldOf } from '#libs/catalogue';
import { type ReleaseLanguage, releaseText, type ReleaseText, renderReleaseCopy } from '#libs/documents';
import { type Canonical, canonical, failed, issue, ok, type Result } from '#libs/kernel';
import { dayIn } from '../practice/days.js';
import type { ReleaseDraft, ReleaseRecord } from '../ports/records.js';
import type { Services } from '../ports/services.js';
import type { PracticeContext, Transaction } from '../ports/store.js';
import { withPreset } from '../releases/draft-release.js';
import { signDraftIn } from '../releases/sign-release.js';
import { releaseFactsIn } from './release-facts.js';
import { identifiedIn, isVisiting, unusable, type Visit } from './visit.js';

const digestOf = (content: unknown): string =>
  createHash('sha256')
    .update(canonical(JSON.parse(JSON.stringify(content)) as Canonical))
    .digest('hex');

/** What the visitor may read: the text of the draft, or that it was signed. */
export type SigningView =
  | { readonly state: 'to-sign'; readonly text: ReleaseText }
  | { readonly state: 'signed'; readonly language: ReleaseLanguage };

const signedVisit = async (transaction: Transaction, visit: Visit) => {
  const link = await transaction.signingLinks.hold(visit.link);
  return link?.ended?.because === 'used' && isVisiting(link, visit, await transaction.clock()) ? link : undefined;
};

/** `link_unusable` for whoever has not answered rightly, and for every link that is not open. */
export const readSigningIn = async (
  services: Services,
  transaction: Transaction,
  request: { readonly visit: Visit; readonly language?: ReleaseLanguage },
): Promise<Result<SigningView>> => {
  const { visit, language } = request;
  const signed = await signedVisit(transaction, visit);
  if (signed !== undefined) return ok({ state: 'signed', language: language ?? signed.language });
  const open = await identifiedIn(transaction, visit);
  if (!open.ok) return open;
  const facts = await releaseFactsIn(services, transaction, open.value.release.terms);
  return ok({ state: 'to-sign', text: releaseText(facts, language ?? open.value.link.language) });
};

/** The draft without what the client took out. It never says more than before. */
const narrowed = (services: Services, draft: ReleaseDraft, without: readonly FieldCategory[]): ReleaseDraft => {
  if (without.length === 0) return draft;
  const { preset: _named, ...whole } = withPreset(services, draft);
  return { ...whole, grants: expandGrants(whole.grants).ids.filter((id) => !without.includes(fieldOf(id).category)) };
};

export interface SigningByLink {
  /** As typed; 1 to 120 characters on one line. */
  readonly name: string;
  readonly language: ReleaseLanguage;
  /** Groups that the client takes out; those that are needed cannot be. */
  readonly without: readonly string[];
}

const isName = (name: string): boolean => /^[^\p{Cc}]{2,120}$/u.test(name);

/**
 * The client signs, once. The evidence says what was typed, when, and which text in which language had been read; the
 * release grants what was shown, less what the client took out. `name_missing`; `link_unusable`; or as signing refuses it.
 */
export const signByLinkIn = async (
  services: Services,
  transaction: Transaction,
  request: { readonly context: PracticeContext; readonly visit: Visit; readonly signing: SigningByLink },
): Promise<Result<void>> => {
  const { context, visit, signing } = request;
  const open = await identifiedIn(transaction, visit);
  if (!open.ok) return open;
  const { link, release } = open.value;
  const name = signing.name.normalize('NFC').trim();
  if (!isName(name)) return failed(issue('name_missing', '/name'));
  const read = releaseText(await releaseFactsIn(services, transaction, release.terms), signing.language);
  const without = read.groups.filter((one) => one.optional && signing.without.includes(one.category));
  const terms = narrowed(
    services,
    release.terms,
    without.map(({ category }) => category),
  );
  if (terms !== release.terms) await transaction.authority.putDraft({ ...release, terms });
  const at = await transaction.clock();
  const signedOn = await dayIn(transaction, at);
  const typed = { name, at, language: signing.language, textDigest: digestOf(read), link: link.id };
  const signed = await signDraftIn(services, transaction, {
    context,
    signing: {
      release: release.id,
      signatures: [{ role: 'client', signedOn, authorityDocumented: false, witnessed: false }],
      evidence: {
        kind: 'typed',
        digest: digestOf({ ...typed, without: without.map(({ category }) => category) }),
        typed,
      },
      ...(link.relation === undefined ? {} : { relation: link.relation }),
    },
  });
  if (!signed.ok) return signed;
  await transaction.signingLinks.end([link.id], { because: 'used', at });
  transaction.ledger.record({
    kind: 'signing-link-ended',
    actor: context.actor,
    client: link.client,
    subject: release.id,
    codes: ['used', ...without.map(({ category }) => `without:${category}`)],
  });
  return ok(undefined);
};

/** What a release says, as whoever signs it reads it. */
export const releaseTextIn = async (
  services: Services,
  transaction: Transaction,
  asked: { readonly terms: ReleaseDraft; readonly language: ReleaseLanguage },
): Promise<ReleaseText> => releaseText(await releaseFactsIn(services, transaction, asked.terms), asked.language);

/** A signed release as its signer reads it, as PDF. `not_signed`. */
export const releaseCopyIn = async (
  services: Services,
  transaction: Transaction,
  release: ReleaseRecord,
): Promise<Result<Uint8Array>> => {
  const { signed, evidence } = release;
  if (signed === undefined) return failed(issue('not_signed', '/status'));
  const text = releaseText(
    await releaseFactsIn(services, transaction, release.terms),
    evidence?.typed?.language ?? 'en',
  );
  return renderReleaseCopy(text, {
    ...(evidence?.typed === undefined ? {} : { name: evidence.typed.name }),
    at: new Date(signed.signedAt).toISOString(),
    on: await dayIn(transaction, signed.signedAt),
    textDigest: evidence?.typed?.textDigest ?? evidence?.digest ?? '',
    reference: release.id,
  });
};

/** The copy that whoever has just signed takes along. */
export const signedCopyIn = async (
  services: Services,
  transaction: Transaction,
  visit: Visit,
): Promise<Result<Uint8Array>> => {
  const link = await signedVisit(transaction, visit);
  const release = link === undefined ? undefined : await transaction.authority.release(link.release);
  return release === undefined ? unusable() : releaseCopyIn(services, transaction, release);
};
