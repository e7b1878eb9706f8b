import { describe, expect, it } from 'vitest';
import { digestSecret, digestsEqual, isSecret, newSecret } from './secrets.js';

describe('secrets', () => {
  it.each(['api-key', 'session'] as const)('of kind %s are random, shaped, and kept as a digest only', (kind) => {
    const [one, two] = [newSecret(kind), newSecret(kind)];
    expect(one.secret).not.toBe(two.secret);
    expect(isSecret(kind, one.secret)).toBe(true);
    expect(Buffer.from(one.secret.slice(4), 'base64url')).toHaveLength(32);
    expect(one.digest).toBe(digestSecret(one.secret));
    expect(one.digest).toMatch(/^[0-9a-f]{64}$/);
  });

  it('carry their kind in front', () => {
    expect(newSecret('api-key').secret.startsWith('slk_')).toBe(true);
    expect(isSecret('api-key', newSecret('session').secret)).toBe(false);
    expect(isSecret('session', newSecret('api-key').secret)).toBe(false);
  });

  it.each(['', 'slk_', 'slk_short', `slk_${'a'.repeat(44)}`, `slk_${'a'.repeat(42)}!`, ` slk_${'a'.repeat(43)}`])(
    'are not %j',
    (text) => {
      expect(isSecret('api-key', text)).toBe(false);
    },
  );

  it('are compared whole', () => {
    const { digest } = newSecret('session');
    expect(digestsEqual(digest, digest)).toBe(true);
    expect(digestsEqual(digest, digest.slice(1))).toBe(false);
    expect(digestsEqual(digest, digestSecret('other'))).toBe(false);
  });
});
