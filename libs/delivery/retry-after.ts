import type { ResponseHeaders } from './exchange.js';

/** Nobody makes us wait longer than this, in milliseconds. */
export const LONGEST_WAIT = 24 * 60 * 60 * 1000;

const first = (value: string | readonly string[] | undefined): string | undefined =>
  typeof value === 'string' ? value : value?.[0];

/**
 * How long the server asks to wait (RFC 9110 §10.2.3), in milliseconds: seconds, or a date, which is read against the
 * server's own `Date`, so that no clock of ours is involved.
 */
export const retryAfter = (headers: ResponseHeaders): number | undefined => {
  const text = first(headers['retry-after'])?.trim();
  if (text === undefined) return undefined;
  if (/^\d{1,9}$/.test(text)) return Math.min(Number(text) * 1000, LONGEST_WAIT);
  const wait = Date.parse(text) - Date.parse(first(headers['date']) ?? '');
  return Number.isNaN(wait) ? undefined : Math.min(Math.max(wait, 0), LONGEST_WAIT);
};
