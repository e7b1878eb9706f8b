import { describe, expect, it } from 'vitest';
import type { SendOutcome } from '#libs/application';
import type { Exchange } from './exchange.js';
import { LONGEST_WAIT } from './retry-after.js';
import { outcomeOf } from './send-outcome.js';

const receipt = '{"receipt":"r-1","duplicate":false}';

const answered = (status: number, body = '', headers: Record<string, string> = {}): Exchange => ({
  kind: 'answered',
  status,
  headers,
  body: Buffer.from(body),
});

const rows: readonly (readonly [string, Exchange, SendOutcome])[] = [
  ['200 with a receipt', answered(200, receipt), { kind: 'accepted', status: 200 }],
  ['202 with a receipt', answered(202, receipt), { kind: 'accepted', status: 202 }],
  ['202 with more than a receipt', answered(202, '{"receipt":"r","note":"x"}'), { kind: 'accepted', status: 202 }],
  ...['', '<html></html>', '{}', '[]', '"r"', '{"receipt":""}', '{"receipt":7}', '{"receipt":"r"', '\xff'].map(
    (body) =>
      [
        `200 with ${body}`,
        answered(200, body),
        { kind: 'ambiguous', code: 'unreadable_response', status: 200 },
      ] as const,
  ),
  ['204', answered(204), { kind: 'ambiguous', code: 'unreadable_response', status: 204 }],
  ...[301, 302, 303, 304, 307, 308].map(
    (status) => [String(status), answered(status), { kind: 'refused', code: 'redirect_refused', status }] as const,
  ),
  ...[400, 404, 405, 413, 415, 422].map(
    (status) => [String(status), answered(status), { kind: 'refused', code: 'rejected', status }] as const,
  ),
  ...[401, 403].map(
    (status) => [String(status), answered(status), { kind: 'refused', code: 'unauthorized', status }] as const,
  ),
  ['408', answered(408), { kind: 'ambiguous', code: 'response_timeout', status: 408 }],
  ...[402, 406, 409, 410, 412, 418, 421, 451, 500, 501, 502, 504, 520, 599, 999].map(
    (status) => [String(status), answered(status), { kind: 'ambiguous', code: 'unknown_failure', status }] as const,
  ),
  ['a receipt under 500', answered(500, receipt), { kind: 'ambiguous', code: 'unknown_failure', status: 500 }],
  ['425', answered(425), { kind: 'not-sent', code: 'unavailable' }],
  ['429', answered(429), { kind: 'not-sent', code: 'too_many_requests' }],
  ['503', answered(503), { kind: 'not-sent', code: 'unavailable' }],
  [
    '429 with seconds',
    answered(429, '', { 'retry-after': '7' }),
    { kind: 'not-sent', code: 'too_many_requests', retryAfterMs: 7_000 },
  ],
  [
    '503 with a date',
    answered(503, '', { 'retry-after': 'Sun, 22 Nov 2026 10:01:00 GMT', date: 'Sun, 22 Nov 2026 10:00:00 GMT' }),
    { kind: 'not-sent', code: 'unavailable', retryAfterMs: 60_000 },
  ],
  [
    '503 with a date that is over',
    answered(503, '', { 'retry-after': 'Sun, 22 Nov 2026 09:00:00 GMT', date: 'Sun, 22 Nov 2026 10:00:00 GMT' }),
    { kind: 'not-sent', code: 'unavailable', retryAfterMs: 0 },
  ],
  [
    '503 for years',
    answered(503, '', { 'retry-after': '999999999' }),
    { kind: 'not-sent', code: 'unavailable', retryAfterMs: LONGEST_WAIT },
  ],
  ['503 with nonsense', answered(503, '', { 'retry-after': 'soon' }), { kind: 'not-sent', code: 'unavailable' }],
  ['503 with less than nothing', answered(503, '', { 'retry-after': '-5' }), { kind: 'not-sent', code: 'unavailable' }],
  ...(
    [
      'permit_expired',
      'name_not_resolved',
      'connection_refused',
      'connect_timeout',
      'connection_closed',
      'tls_failed',
      'unavailable',
      'unknown_failure',
    ] as const
  ).map(
    (failure) => [`before: ${failure}`, { kind: 'not-started', failure }, { kind: 'not-sent', code: failure }] as const,
  ),
  ...(['tls_pin_mismatch', 'egress_denied'] as const).map(
    (failure) => [`before: ${failure}`, { kind: 'not-started', failure }, { kind: 'refused', code: failure }] as const,
  ),
  ...(
    [
      'permit_expired',
      'connection_refused',
      'tls_failed',
      'connection_closed',
      'response_timeout',
      'unknown_failure',
    ] as const
  ).map((failure) => [`after: ${failure}`, { kind: 'broken', failure }, { kind: 'ambiguous', code: failure }] as const),
  ...[200, 202, 400, 401, 302, 429, 503].map(
    (status) =>
      [
        `${status} that broke off`,
        { kind: 'broken', failure: 'connection_closed', status },
        { kind: 'ambiguous', code: 'connection_closed', status },
      ] as const,
  ),
];

describe('what an exchange proves', () => {
  it.each(rows)('%s', (_name, exchange, outcome) => {
    expect(outcomeOf(exchange)).toEqual(outcome);
  });

  it('is acceptance for no status but a successful one', () => {
    for (let status = 200; status < 1000; status += 1) {
      const kind = outcomeOf(answered(status, receipt)).kind;
      expect(kind === 'accepted').toBe(status < 300);
    }
  });
});
