import { describe, expect, it } from 'vitest';
import { readTokenRequest } from './client-authentication.js';

const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;
const GRANT = 'grant_type=client_credentials';

describe('a request for a token', () => {
  it('authenticates by HTTP Basic, form-encoded before it is joined (RFC 6749 §2.3.1)', () => {
    expect(readTokenRequest(GRANT, basic('a%3Ab+c:s%26'))).toEqual({
      grant: 'client_credentials',
      scope: undefined,
      client: { id: 'a:b c', secret: 's&', way: 'basic' },
    });
    expect(readTokenRequest(`${GRANT}&client_id=a`, basic('a:s'))?.client?.id).toBe('a');
  });

  it('authenticates in the body', () => {
    expect(readTokenRequest(`${GRANT}&client_id=a&client_secret=s%26`, undefined)?.client).toEqual({
      id: 'a',
      secret: 's&',
      way: 'post',
    });
  });

  it.each([
    ['without a grant', 'client_id=a&client_secret=s', undefined],
    ['with an empty grant', 'grant_type=&client_id=a', undefined],
    ['with a parameter twice', `${GRANT}&scope=a&scope=b`, undefined],
    ['with two ways at once', `${GRANT}&client_secret=s`, basic('a:s')],
    ['with two clients', `${GRANT}&client_id=b`, basic('a:s')],
  ])('%s is malformed', (_how, body, authorization) => {
    expect(readTokenRequest(body, authorization)).toBeUndefined();
  });

  it.each(['Bearer x', 'Basic', 'Basic !!', basic('nocolon'), basic(':s'), basic('a:'), basic('%zz:s')])(
    'shows nobody by %j',
    (authorization) => {
      expect(readTokenRequest(GRANT, authorization)?.client).toBeUndefined();
    },
  );

  it('shows nobody by half a client', () => {
    for (const half of ['client_id=a', 'client_secret=s', 'client_id=a&client_secret='])
      expect(readTokenRequest(`${GRANT}&${half}`, undefined)?.client).toBeUndefined();
  });
});
