import { createHash, timingSafeEqual } from 'node:crypto';
import { failed, issue, ok, type Result, type SigningLinkId } from '#libs/kernel';
import type { ClientRecord, ReleaseRecord, SigningLinkRecord } from '../ports/records.js';
import type { Services } from '../ports/services.js';
import type { PracticeContext, Transaction } from '../ports/store.js';
import { draftDigest } from '../releases/draft-digest.js';

/** Wrong answers after which a link is dead. */
const MOST_TRIES = 3;
const SESSION_MS = 20 * 60_000;

/** Somebody with the session of a link. */
export interface Visit {
  readonly link: SigningLinkId;
  /** SHA-256 of the session's secret, hex. */
  readonly session: string;
}

/** Who signs from afar acts as the link. */
export const linkActor = (link: SigningLinkId): string => `link:${link}`;

/** Whatever is wrong with a link, its holder is told the same. */
export const unusable = <T>(): Result<T> => failed(issue('link_unusable', ''));

export interface OpenLink {
  readonly link: SigningLinkRecord;
  readonly release: ReleaseRecord;
  readonly client: ClientRecord;
}

/** A link that can be used now: not over, for the draft as it stands, about a client who is there. */
export const openLinkIn = async (transaction: Transaction, id: SigningLinkId): Promise<OpenLink | undefined> => {
  const link = await transaction.signingLinks.hold(id);
  if (link === undefined || link.ended !== undefined || link.expiresAt <= (await transaction.clock())) return undefined;
  const release = await transaction.authority.release(link.release);
  const client = (await transaction.clients.byIds([link.client])).get(link.client);
  const key = (await transaction.clients.keys([link.client])).get(link.client);
  if (release?.status !== 'draft' || client === undefined || key === undefined) return undefined;
  return draftDigest(key.digestSalt, release.terms) === link.draftDigest ? { link, release, client } : undefined;
};

/** Whether the visit is the one that the link has now. */
export const isVisiting = ({ session }: SigningLinkRecord, visit: Visit, now: number): boolean =>
  session !== undefined && session.digest === visit.session && session.until > now;

/** Takes the place of the link for some minutes, so that its secret stands in no further address. */
export const beginVisitIn = async (transaction: Transaction, visit: Visit): Promise<void> => {
  const open = await openLinkIn(transaction, visit.link);
  if (open === undefined) return;
  const until = Math.min(open.link.expiresAt, (await transaction.clock()) + SESSION_MS);
  await transaction.signingLinks.begin(visit.link, { digest: visit.session, until });
};

const same = (left: string, right: string): boolean => {
  const digest = (text: string): Buffer => createHash('sha256').update(text.normalize('NFC').trim()).digest();
  return timingSafeEqual(digest(left), digest(right));
};

const expectedOf = ({ link, client }: OpenLink): string =>
  link.factor.kind === 'birth-date' ? client.identity.birthDate : link.factor.code;

/** Asks the second factor. The third wrong answer ends the link; `link_unusable` says no more than that. */
export const identifySignerIn = async (
  services: Pick<Services, 'log'>,
  transaction: Transaction,
  request: { readonly context: PracticeContext; readonly visit: Visit; readonly answer: string },
): Promise<boolean> => {
  const { visit, answer, context } = request;
  const open = await openLinkIn(transaction, visit.link);
  if (open === undefined || !isVisiting(open.link, visit, await transaction.clock())) return false;
  const { link } = open;
  const told = { actor: context.actor, client: link.client, subject: link.release };
  if (same(answer, expectedOf(open))) {
    await transaction.signingLinks.identify(link.id);
    transaction.ledger.record({ kind: 'signing-link-opened', ...told });
    return true;
  }
  await transaction.signingLinks.countTry(link.id);
  if (link.tries + 1 >= MOST_TRIES) {
    await transaction.signingLinks.end([link.id], { because: 'tries', at: transaction.now });
    transaction.ledger.record({ kind: 'signing-link-ended', ...told, codes: ['tries'] });
    services.log.event('access.refused', { code: 'access.signing-link-dead', practice: context.practice });
  }
  return false;
};

/** The link of a visitor who gave the right answer. */
export const identifiedIn = async (transaction: Transaction, visit: Visit): Promise<Result<OpenLink>> => {
  const open = await openLinkIn(transaction, visit.link);
  const isThere = open?.link.session?.identified && isVisiting(open.link, visit, await transaction.clock());
  return open !== undefined && isThere ? ok(open) : unusable();
};
