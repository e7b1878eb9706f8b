import { type Canonical, canonical, failed, issue, ok, type PracticeId, type Result } from '#libs/kernel';
import type { LedgerPlace, LedgerVerification } from '../ports/ledger.js';
import type { Keys } from '../ports/keys.js';
import type { Transaction } from '../ports/store.js';

/** Ends in a zero byte, so that no longer name can begin with it; nothing else that the installation signs begins so. */
const DOMAIN = 'sluice.ledger.place.v1\0';

/** A place is believed for so long: what was walked before it may have been changed since. */
const LIFE_MS = 60 * 60_000;

interface Token extends LedgerPlace {
  readonly practice: PracticeId;
  readonly at: number;
}

const signatureOf = (keys: Pick<Keys, 'sign'>, text: string): string =>
  Buffer.from(keys.sign(Buffer.from(`${DOMAIN}${text}`, 'utf8'))).toString('base64url');

const tokenOf = (keys: Pick<Keys, 'sign'>, token: Token): string => {
  const members: Canonical = { ...token };
  const text = Buffer.from(canonical(members), 'utf8').toString('base64url');
  return `${text}.${signatureOf(keys, text)}`;
};

/** Ed25519 signs alike each time (RFC 8032), so that a token is ours if signing it again says the same. */
const placeIn = (
  keys: Pick<Keys, 'sign'>,
  token: string,
  now: { readonly practice: PracticeId; readonly at: number },
): LedgerPlace | undefined => {
  const [text = '', signature, ...rest] = token.split('.');
  if (rest.length > 0 || signature !== signatureOf(keys, text)) return undefined;
  const { practice, at, ...place } = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as Token;
  return practice === now.practice && now.at - at <= LIFE_MS ? place : undefined;
};

export interface VerifiedRange extends LedgerVerification {
  /** How to go on. */
  readonly next?: string;
}

/**
 * Walks the chain from the beginning, or from where an earlier range ended. Where that was, with its hash and its counts,
 * is signed by the installation: nobody starts behind a broken link. `cursor_invalid` for what is not signed so, is
 * another practice’s, or is older than an hour.
 */
export const verifyRangeIn = async (
  keys: Pick<Keys, 'sign'>,
  transaction: Transaction,
  request: { readonly practice: PracticeId; readonly most?: number; readonly next?: string },
): Promise<Result<VerifiedRange>> => {
  const { practice, most, next } = request;
  const now = { practice, at: transaction.now };
  const from = next === undefined ? undefined : placeIn(keys, next, now);
  if (next !== undefined && from === undefined) return failed(issue('cursor_invalid', '?/next'));
  const verified = await transaction.ledger.verify({
    ...(most === undefined ? {} : { most }),
    ...(from === undefined ? {} : { from }),
  });
  const { place, ...outcome } = verified;
  return ok(place === undefined ? outcome : { ...outcome, next: tokenOf(keys, { ...place, ...now }) });
};
