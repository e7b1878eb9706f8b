import { isSecret } from '#libs/access';

/** Browsers take the name `__Host-…` only over TLS and for the whole host (RFC 6265bis 4.1.3.2); on a loopback demonstration there is no TLS. */
const nameOf = (secure: boolean): string => (secure ? '__Host-sluice' : 'sluice');

interface CookieTerms {
  readonly secure: boolean;
  readonly seconds: number;
}

export const setCookie = (secret: string, { secure, seconds }: CookieTerms): string =>
  [
    `${nameOf(secure)}=${secret}`,
    'Path=/',
    `Max-Age=${seconds}`,
    'HttpOnly',
    'SameSite=Strict',
    ...(secure ? ['Secure'] : []),
  ].join('; ');

export const clearCookie = (secure: boolean): string => setCookie('', { secure, seconds: 0 });

/** The session in a Cookie header; undefined if there is none, or more than one. */
export const sessionIn = (header: string | undefined, secure: boolean): string | undefined => {
  const prefix = `${nameOf(secure)}=`;
  const found = (header ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(prefix));
  const secret = found[0]?.slice(prefix.length);
  return found.length === 1 && secret !== undefined && isSecret('session', secret) ? secret : undefined;
};
