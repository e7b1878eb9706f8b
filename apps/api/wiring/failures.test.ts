import { describe, expect, it } from 'vitest';
import type { Log } from '#libs/application';
import { failed, issue, ok } from '#libs/kernel';
import { meaningOf, settled } from './failures.js';

const withCode = (code: string): Error => Object.assign(new Error('of the store'), { code });

const listening = (): { readonly log: Log; readonly heard: string[] } => {
  const heard: string[] = [];
  return { heard, log: { event: (name) => void heard.push(name), failure: (name) => void heard.push(name) } };
};

describe('what the store could not do', () => {
  it.each([
    ['connection_lost', 'unavailable'],
    ['commit_ambiguous', 'unavailable'],
    ['too_many_connections', 'unavailable'],
    ['lock_timeout', 'unavailable'],
    ['canceled', 'unavailable'],
    ['serialization', 'unavailable'],
    ['deadlock', 'unavailable'],
    ['disk_full', 'unavailable'],
    ['read_only', 'unavailable'],
    ['key_retired', 'unavailable'],
    ['illegal_transition', 'state_conflict'],
    ['fence_lost', 'state_conflict'],
    ['transmission_attempted', 'state_conflict'],
    ['unique_violation:pk_service_index', 'duplicate'],
    ['client_key_missing', 'not_found'],
    ['cursor_invalid', 'cursor_invalid'],
  ])('%s means %s', (code, meaning) => {
    expect(meaningOf(withCode(code))).toBe(meaning);
  });

  it('is a defect where nobody said what it means', async () => {
    const defect = withCode('foreign_key_violation:fk_coverage_insurer');
    await expect(settled(listening().log, Promise.reject(defect))).rejects.toBe(defect);
    await expect(settled(listening().log, Promise.reject(new TypeError('x')))).rejects.toThrow(TypeError);
  });

  it('is told without a path, and logged where somebody must look after the database', async () => {
    const { log, heard } = listening();
    expect(await settled(log, Promise.reject(withCode('deadlock')))).toEqual(failed(issue('unavailable', '')));
    expect(heard).toEqual(['database.unreachable']);
    expect(await settled(log, Promise.reject(withCode('fence_lost')))).toEqual(failed(issue('state_conflict', '')));
    expect(heard).toHaveLength(1);
  });

  it('is told where it stands in the request if it is the request’s fault', async () => {
    expect(await settled(listening().log, Promise.reject(withCode('cursor_invalid')))).toEqual(
      failed(issue('cursor_invalid', '?/after')),
    );
  });

  it('leaves what was refused as it is', async () => {
    const { log } = listening();
    const refused = failed(issue('already_signed', '/status'));
    expect(await settled(log, Promise.resolve(refused))).toEqual(refused);
    expect(await settled(log, Promise.resolve(ok(1)))).toEqual(ok(1));
  });
});
