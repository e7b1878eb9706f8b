import { isSecret } from '#libs/access';

const VISIT_SECONDS = 20 * 60;

const nameOf = (secure: boolean): string => (secure ? '__Host-sluice-sign' : 'sluice-sign');

/** Lax: a link in a letter is opened from elsewhere. What changes something is a POST, which takes no cookie from there. */
export const visitCookie = (secret: string, secure: boolean): string =>
  [
    `${nameOf(secure)}=${secret}`,
    'Path=/',
    `Max-Age=${VISIT_SECONDS}`,
    'HttpOnly',
    'SameSite=Lax',
    ...(secure ? ['Secure'] : []),
  ].join('; ');

/** The secret of a visit in a Cookie header; undefined if there is none, or more than one. */
export const visitIn = (header: string | undefined, secure: boolean): string | undefined => {
  const prefix = `${nameOf(secure)}=`;
  const found = (header ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(prefix));
  const secret = found[0]?.slice(prefix.length);
  return found.length === 1 && secret !== undefined && isSecret('signing-visit', secret) ? secret : undefined;
};
