/** Credentials as a client shows them (RFC 6749 §2.3.1). */
export interface ShownClient {
  readonly id: string;
  readonly secret: string;
  readonly way: 'basic' | 'post';
}

/** What was asked of the token end point; each parameter once. */
export interface TokenRequest {
  readonly grant: string;
  readonly scope: string | undefined;
  readonly client: ShownClient | undefined;
}

const BASIC = /^basic ([A-Za-z0-9+/]+={0,2})$/i;

const formDecoded = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
};

/** Id and secret are form-encoded, joined by a colon, and then base64 (RFC 6749 §2.3.1, RFC 7617 §2). */
const basicIn = (authorization: string): ShownClient | undefined => {
  const joined = Buffer.from(BASIC.exec(authorization)?.[1] ?? '', 'base64').toString('utf8');
  const colon = joined.indexOf(':');
  const id = formDecoded(joined.slice(0, Math.max(0, colon)));
  const secret = formDecoded(joined.slice(colon + 1));
  return colon < 1 || !id || !secret ? undefined : { id, secret, way: 'basic' };
};

/**
 * Reads a request for a token. Undefined for what is malformed: a parameter twice, none where one must be, or two ways of
 * authentication at once (RFC 6749 §5.2).
 */
export const readTokenRequest = (body: string, authorization: string | undefined): TokenRequest | undefined => {
  const form = new URLSearchParams(body);
  const names = [...form.keys()];
  if (new Set(names).size !== names.length) return undefined;
  // A parameter without a value is one that is not there (RFC 6749 §3.2).
  const value = (name: string): string | undefined => form.get(name) || undefined;
  const grant = value('grant_type');
  const [id, secret] = [value('client_id'), value('client_secret')];
  if (grant === undefined) return undefined;
  const asked = { grant, scope: value('scope') };
  if (authorization !== undefined) {
    const client = basicIn(authorization);
    const isTwice = secret !== undefined || (id !== undefined && id !== client?.id);
    return isTwice ? undefined : { ...asked, client };
  }
  return {
    ...asked,
    client: id === undefined || secret === undefined ? undefined : { id, secret, way: 'post' },
  };
};
