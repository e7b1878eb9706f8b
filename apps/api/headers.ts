import type { FastifyRequest } from 'fastify';

/** A header that stands there once. */
export const headerOf = (request: FastifyRequest, name: string): string | undefined => {
  const value = request.headers[name];
  return typeof value === 'string' ? value : undefined;
};

/** On every answer: nothing may be kept, guessed, framed, embedded or passed on. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

const pagePolicy = (styles: string): string =>
  `default-src 'none'; script-src 'self'; style-src ${styles}; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`;

/** For the pages that this server itself serves: its own scripts and styles, and nothing written into the page. */
export const PAGE_POLICY = pagePolicy("'self'");

/** The console's component library adds style sheets while it runs: those that carry this page's nonce. */
export const consolePolicy = (nonce: string): string => pagePolicy(`'self' 'nonce-${nonce}'`);
