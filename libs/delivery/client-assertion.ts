import { createPrivateKey, type KeyObject, sign } from 'node:crypto';
import type { OAuthConnection } from '#libs/application';
import type { Clock, IdSource } from '#libs/kernel';

/** Longest time for which an assertion is good, in seconds. */
const LIFE = 60;

export interface AssertionSources {
  /** Wall clock: the insurer holds it against its own. */
  readonly clock: Clock;
  readonly ids: IdSource;
}

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const CURVES: ReadonlyMap<string, { readonly alg: string; readonly hash: string }> = new Map([
  ['prime256v1', { alg: 'ES256', hash: 'sha256' }],
  ['secp384r1', { alg: 'ES384', hash: 'sha384' }],
]);

const algorithmOf = (key: KeyObject): { readonly alg: string; readonly hash: string } | undefined =>
  key.asymmetricKeyType === 'rsa'
    ? { alg: 'RS256', hash: 'sha256' }
    : CURVES.get(key.asymmetricKeyDetails?.namedCurve ?? '');

const keyOf = (pem: string): KeyObject | undefined => {
  try {
    return createPrivateKey(pem);
  } catch {
    return undefined;
  }
};

/**
 * Who asks for a token, signed with the client's key (RFC 7523 §3, RS256, ES256 or ES384): good for one minute and, by
 * its `jti`, for one request. Undefined for a key that signs with none of these.
 */
export const clientAssertion = (
  token: OAuthConnection['token'],
  privateKey: string,
  { clock, ids }: AssertionSources,
): string | undefined => {
  const key = keyOf(privateKey);
  const algorithm = key && algorithmOf(key);
  if (key === undefined || algorithm === undefined) return undefined;
  const issued = Math.floor(clock.now() / 1_000);
  const header = { alg: algorithm.alg, typ: 'JWT', ...(token.keyId === undefined ? {} : { kid: token.keyId }) };
  const claims = { iss: token.clientId, sub: token.clientId, aud: token.url, jti: ids.uuid(), iat: issued };
  const signed = `${encoded(header)}.${encoded({ ...claims, exp: issued + LIFE })}`;
  const signature = sign(algorithm.hash, Buffer.from(signed), { key, dsaEncoding: 'ieee-p1363' });
  return `${signed}.${signature.toString('base64url')}`;
};
