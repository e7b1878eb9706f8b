import { describe, expect, it } from 'vitest';
import { isUniqueViolation } from './once.js';

const withCode = (code: unknown): Error => Object.assign(new Error('of the store'), { code });

describe('a key that another transaction took first', () => {
  it('is told by the code of the store, whatever constraint it names', () => {
    expect(isUniqueViolation(withCode('unique_violation:pk_idempotency'))).toBe(true);
    expect(isUniqueViolation(withCode('unique_violation'))).toBe(true);
  });

  it('is nothing else', () => {
    for (const code of ['deadlock', 'foreign_key_violation:fk_x', 7, undefined])
      expect(isUniqueViolation(withCode(code))).toBe(false);
    expect(isUniqueViolation({ code: 'unique_violation' })).toBe(false);
  });
});
