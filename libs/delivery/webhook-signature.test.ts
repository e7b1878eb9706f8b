import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { webhookHeaders } from './webhook-signature.js';

/** The example of the specification's own libraries: 24 bytes, the shortest secret there may be. */
const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const EXAMPLE = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', at: 1_614_265_330_000, body: '{"test": 2432232314}' };
const SIGNATURE = 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=';

describe('the signature of a webhook', () => {
  it('is that of the specification’s example', () => {
    expect(webhookHeaders({ ...EXAMPLE, secrets: [SECRET] })).toEqual({
      'webhook-id': EXAMPLE.id,
      'webhook-timestamp': '1614265330',
      'webhook-signature': SIGNATURE,
    });
  });

  it('is made under every secret that is in force, the newest first, divided by a space', () => {
    const newer = Buffer.alloc(64, 7);
    const signed = webhookHeaders({ ...EXAMPLE, secrets: [`whsec_${newer.toString('base64')}`, SECRET] });
    const expected = createHmac('sha256', newer).update(`${EXAMPLE.id}.1614265330.${EXAMPLE.body}`).digest('base64');
    expect(signed['webhook-signature']).toBe(`v1,${expected} ${SIGNATURE}`);
  });

  it('goes over the bytes of the body in UTF-8, and over whole seconds', () => {
    const body = '{"said":"für Ångström 🐟"}';
    const signed = webhookHeaders({ id: 'a', at: 1_999.9, body, secrets: [SECRET] });
    const key = Buffer.from(SECRET.slice(6), 'base64');
    const bytes = Buffer.concat([Buffer.from('a.1.'), Buffer.from(body, 'utf8')]);
    expect(signed['webhook-timestamp']).toBe('1');
    expect(signed['webhook-signature']).toBe(`v1,${createHmac('sha256', key).update(bytes).digest('base64')}`);
  });

  it.each([
    ['too short', `whsec_${Buffer.alloc(23).toString('base64')}`],
    ['too long', `whsec_${Buffer.alloc(65).toString('base64')}`],
    ['without its prefix', SECRET.slice(6)],
    ['not base64', 'whsec_CANARY*CANARY*CANARY*CANARY*CANARY'],
  ])('is not made under a secret that is %s', (_name, secret) => {
    let thrown: unknown;
    try {
      webhookHeaders({ ...EXAMPLE, secrets: [secret] });
    } catch (error) {
      thrown = error;
    }
    expect(String(thrown)).toBe('Error: a webhook secret was not made by us');
  });
});
