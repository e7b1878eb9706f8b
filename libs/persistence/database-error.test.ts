import { describe, expect, it } from 'vitest';
import { CipherError } from '#libs/application';
import { DatabaseError, toCommitError, toDatabaseError } from './database-error.js';

const CANARY = 'Vantongeren';

/** As TypeORM wraps what the driver says, with everything that they put in. */
const failed = (code: string, more: Record<string, unknown> = {}): Error =>
  Object.assign(new Error(`duplicate ${CANARY}`), {
    query: `INSERT ${CANARY}`,
    parameters: [CANARY],
    driverError: Object.assign(new Error(CANARY), { code, severity: 'ERROR', detail: CANARY, where: CANARY, ...more }),
  });

describe('toDatabaseError', () => {
  it.each([
    [failed('23505', { constraint: 'uq_client_code' }), 'unique_violation:uq_client_code'],
    [failed('23505', { constraint: `${CANARY} x` }), 'unique_violation'],
    [failed('23503', { constraint: 'fk_client_practice' }), 'foreign_key_violation:fk_client_practice'],
    [failed('23514', { constraint: 'ck_lane_route' }), 'check_violation:ck_lane_route'],
    [failed('23502'), 'not_null_violation'],
    [failed('40001'), 'serialization'],
    [failed('40P01'), 'deadlock'],
    [failed('42501'), 'permission_denied'],
    [failed('SL001'), 'illegal_transition'],
    [failed('57014'), 'canceled'],
    [failed('57P01'), 'connection_lost'],
    [failed('08006'), 'connection_lost'],
    [failed('22P02'), 'sqlstate:22P02'],
    [failed('EPIPE', { severity: undefined }), 'connection_lost'],
    [failed(`${CANARY}!`), 'connection_lost'],
    [new Error(CANARY), 'connection_lost'],
    [CANARY, 'connection_lost'],
  ])('names it and says nothing else (%#)', (error, code) => {
    const known = toDatabaseError(error);
    expect(known).toBeInstanceOf(DatabaseError);
    expect(known.code).toBe(code);
    expect(`${JSON.stringify(known)}${known.message}${known.stack ?? ''}${String(known.cause)}`).not.toContain(CANARY);
  });

  it('lets errors through that say nothing already', () => {
    const cipher = new CipherError();
    const own = new DatabaseError('fence_lost');
    expect(toDatabaseError(cipher)).toBe(cipher);
    expect(toDatabaseError(own)).toBe(own);
  });
});

describe('toCommitError', () => {
  it('calls silence ambiguous, and a refusal a refusal', () => {
    expect(toCommitError(new Error('Connection terminated')).code).toBe('commit_ambiguous');
    expect(toCommitError(failed('57P01')).code).toBe('commit_ambiguous');
    expect(toCommitError(failed('23505', { constraint: 'pk_client' })).code).toBe('unique_violation:pk_client');
  });
});
