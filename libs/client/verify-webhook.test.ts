import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { verifyWebhook } from './index.js';

const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const NOW = 1_790_000_000_000;
const body = JSON.stringify({
  type: 'release.revoked',
  timestamp: '2026-09-21T14:13:20.000Z',
  data: { release: '6f3f6a50-6d2c-4a50-9f4e-0c9d6b1f0a01' },
});

const signed = (of = body, at = NOW / 1_000) => {
  const mac = createHmac('sha256', Buffer.from(SECRET.slice(6), 'base64'))
    .update(`m1.${at}.${of}`)
    .digest('base64');
  return { 'webhook-id': 'm1', 'webhook-timestamp': String(at), 'webhook-signature': `v1,AAAA v1,${mac}` };
};
const codeOf = (headers: Record<string, string>, of = body) => {
  const read = verifyWebhook(SECRET, { headers, body: of, now: NOW });
  return read.ok ? 'ok' : read.issues[0]?.code;
};

describe('a webhook that was received', () => {
  it('is read when one of its signatures is right', () => {
    expect(verifyWebhook(SECRET, { headers: signed(), body, now: NOW })).toEqual({
      ok: true,
      value: { id: 'm1', message: JSON.parse(body) },
    });
  });

  it('is not believed otherwise', () => {
    expect(codeOf({ ...signed(), 'webhook-id': 'm2' })).toBe('signature_mismatch');
    expect(codeOf(signed(), `${body} `)).toBe('signature_mismatch');
    expect(codeOf({ ...signed(), 'webhook-signature': 'v1,' })).toBe('signature_mismatch');
    expect(codeOf({ ...signed(), 'webhook-signature': signed()['webhook-signature'].replaceAll('v1,', 'v2,') })).toBe(
      'signature_mismatch',
    );
    for (const seconds of [-301, 301])
      expect(codeOf(signed(body, NOW / 1_000 + seconds))).toBe('timestamp_out_of_tolerance');
    expect(codeOf(signed(body, NOW / 1_000 - 299))).toBe('ok');
    expect(codeOf({ 'webhook-id': 'm1' })).toBe('header_missing');
    for (const strange of ['{"type":"toString"}', 'no json', '{"type":"release.revoked","data":{}}'])
      expect(codeOf(signed(strange), strange)).toBe('message_unknown');
  });
});
