import { failed, issue, ok, type Result, type SigningLinkId } from '#libs/kernel';
import { dayIn } from '../practice/days.js';
import type { SigningLinkRecord } from '../ports/records.js';
import type { Services } from '../ports/services.js';
import type { PracticeContext, Transaction } from '../ports/store.js';
import { draftDigest } from '../releases/draft-digest.js';
import { signatureOn } from '../releases/sign-release.js';
import { endLinksIn } from './end-signing-links.js';

export interface NewSigningLink extends Pick<SigningLinkRecord, 'language' | 'factor' | 'relation'> {
  readonly release: string;
  /** SHA-256 of the secret, hex. */
  readonly token: string;
  /** In milliseconds. */
  readonly livesFor: number;
}

/**
 * Makes a link by which the client signs a draft as it stands now; one that was made for the draft before is over. What
 * the client's signature alone would not make valid is refused as signing would refuse it: nobody is sent a dead end.
 */
export const createSigningLinkIn = async (
  services: Services,
  transaction: Transaction,
  request: { readonly context: PracticeContext; readonly link: NewSigningLink },
): Promise<Result<SigningLinkRecord>> => {
  const { context } = request;
  const { release: id, token, livesFor, ...link } = request.link;
  const record = await transaction.authority.release(id);
  if (record === undefined) return failed(issue('not_found', ''));
  const key = (await transaction.clients.keys([record.client])).get(record.client);
  if (key === undefined) return failed(issue('not_found', ''));
  const { relation } = link;
  const older = relation === undefined ? undefined : await transaction.authority.release(relation.older);
  if (relation !== undefined && (older?.client !== record.client || older.status !== 'signed'))
    return failed(issue('not_found', '/relation/older'));
  const now = await transaction.clock();
  const signature = {
    role: 'client',
    signedOn: await dayIn(transaction, now),
    authorityDocumented: false,
    witnessed: false,
  } as const;
  const would = await signatureOn(services, transaction, { context, record, signatures: [signature], now });
  if (!would.ok) return would;
  await endLinksIn(transaction, { context, release: record.id, because: 'replaced' });
  const made: SigningLinkRecord = {
    ...link,
    id: services.ids.uuid() as SigningLinkId,
    release: record.id,
    client: record.client,
    draftDigest: draftDigest(key.digestSalt, record.terms),
    createdBy: context.actor,
    createdAt: now,
    expiresAt: now + livesFor,
    tries: 0,
  };
  await transaction.signingLinks.add(made, token);
  transaction.ledger.record({
    kind: 'signing-link-made',
    actor: context.actor,
    client: made.client,
    subject: record.id,
    codes: [link.factor.kind, link.language],
  });
  return ok(made);
};
