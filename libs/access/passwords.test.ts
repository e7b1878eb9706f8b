import { describe, expect, it } from 'vitest';
import { hashPassword, verifyPassword } from './passwords.js';

const PASSWORD = 'quiet lamps over water';

describe('passwords', () => {
  it('are hashed with argon2id and verified', async () => {
    const hashed = await hashPassword(PASSWORD);
    if (!hashed.ok) throw new Error('refused');
    expect(hashed.value).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await verifyPassword(hashed.value, PASSWORD)).toBe(true);
    expect(await verifyPassword(hashed.value, `${PASSWORD}.`)).toBe(false);
  });

  it('are the same however an accent was typed', async () => {
    const hashed = await hashPassword('caf\u00e9 au lait at noon');
    expect(hashed.ok && (await verifyPassword(hashed.value, 'cafe\u0301 au lait at noon'))).toBe(true);
  });

  it.each([
    ['password_too_short', 'elevenchars'],
    ['password_too_long', 'x'.repeat(257)],
  ])('are refused with %s', async (code, password) => {
    const refused = await hashPassword(password);
    expect(refused.ok ? [] : refused.issues.map((one) => one.code)).toEqual([code]);
    expect(JSON.stringify(refused)).not.toContain(password);
  });

  it('never match where there is no hash or a broken one', async () => {
    expect(await verifyPassword(undefined, PASSWORD)).toBe(false);
    expect(await verifyPassword('not a hash', PASSWORD)).toBe(false);
  });

  it('cost as much for a name that nobody has', async () => {
    const hashed = await hashPassword(PASSWORD);
    if (!hashed.ok) throw new Error('refused');
    const time = async (hash: string | undefined): Promise<number> => {
      const start = process.hrtime.bigint();
      for (let round = 0; round < 5; round += 1) await verifyPassword(hash, 'a wrong password');
      return Number(process.hrtime.bigint() - start);
    };
    await time(hashed.value);
    const [known, unknown] = [await time(hashed.value), await time(undefined)];
    expect(unknown / known).toBeGreaterThan(0.3);
    expect(unknown / known).toBeLessThan(3);
  });
});
