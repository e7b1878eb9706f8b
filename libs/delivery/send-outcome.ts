import type { SendOutcome } from '#libs/application';
import { unreachable } from '#libs/kernel';
import type { Exchange, ResponseHeaders } from './exchange.js';
import { isReceipt } from './insurer-protocol.js';
import { retryAfter } from './retry-after.js';

/** The insurer read it and says that it will not take it as it is. */
const REJECTED: ReadonlySet<number> = new Set([400, 404, 405, 413, 415, 422]);
const UNAUTHORIZED: ReadonlySet<number> = new Set([401, 403]);

/** Said before anything was taken in: RFC 6585 §4, RFC 8470 §5.2, RFC 9110 §15.6.4. */
const later = (status: number, headers: ResponseHeaders): SendOutcome => {
  const wait = retryAfter(headers);
  const code = status === 429 ? 'too_many_requests' : 'unavailable';
  return { kind: 'not-sent', code, ...(wait === undefined ? {} : { retryAfterMs: wait }) };
};

const outcomeOfStatus = (answered: Extract<Exchange, { kind: 'answered' }>): SendOutcome => {
  const { status } = answered;
  if (status >= 200 && status < 300) {
    return isReceipt(answered.body)
      ? { kind: 'accepted', status }
      : { kind: 'ambiguous', code: 'unreadable_response', status };
  }
  if (status >= 300 && status < 400) return { kind: 'refused', code: 'redirect_refused', status };
  if (REJECTED.has(status)) return { kind: 'refused', code: 'rejected', status };
  if (UNAUTHORIZED.has(status)) return { kind: 'refused', code: 'unauthorized', status };
  if (status === 425 || status === 429 || status === 503) return later(status, answered.headers);
  if (status === 408) return { kind: 'ambiguous', code: 'response_timeout', status };
  return { kind: 'ambiguous', code: 'unknown_failure', status };
};

/**
 * What an exchange proves about a submission. Closed, and ambiguous where nothing is proved: a status that is not named
 * here, a response that broke off, an error after the first byte.
 */
export const outcomeOf = (result: Exchange): SendOutcome => {
  switch (result.kind) {
    case 'answered':
      return outcomeOfStatus(result);
    case 'not-started':
      return result.failure === 'tls_pin_mismatch' || result.failure === 'egress_denied'
        ? { kind: 'refused', code: result.failure }
        : { kind: 'not-sent', code: result.failure };
    case 'broken':
      return {
        kind: 'ambiguous',
        code: result.failure,
        ...(result.status === undefined ? {} : { status: result.status }),
      };
    default:
      return unreachable(result);
  }
};
