import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BlobPlace, CipherError, type WrappedKey } from '#libs/application';
import type { ClientId, PracticeId, Result } from '#libs/kernel';
import { openFileKeys } from './file-keys.js';
import { addKeyToFile, createKeyFile } from './key-file.js';

const practice = '11111111-1111-4111-8111-111111111111' as PracticeId;
const other = '22222222-2222-4222-8222-222222222222' as PracticeId;
const client = '33333333-3333-4333-8333-333333333333' as ClientId;
const place: BlobPlace = { practice, client, class: 'clinical', row: 'document-1' };
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

let directory: string;
let path: string;
let now: number;
const clock = { now: () => now };

const valueOf = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(result.issues.map(({ code }) => code).join());
  return result.value;
};
const codesOf = (result: Result<unknown>): readonly string[] =>
  result.ok ? [] : result.issues.map(({ code }) => code);
const open = () => valueOf(openFileKeys(path, clock));

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'sluice-keys-'));
  path = join(directory, 'keys', 'keys.json');
  now = 1_000;
  valueOf(createKeyFile(path));
});

afterEach(() => {
  rmSync(directory, { recursive: true });
});

describe('the key file', () => {
  it('is readable by its owner alone', () => {
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('is never replaced', () => {
    const before = readFileSync(path, 'utf8');
    expect(codesOf(createKeyFile(path))).toEqual(['keys.file-exists']);
    expect(readFileSync(path, 'utf8')).toBe(before);
  });

  it.each([0o640, 0o604, 0o660, 0o644])('is refused with mode %o', (mode) => {
    chmodSync(path, mode);
    expect(codesOf(openFileKeys(path, clock))).toEqual(['keys.file-readable-by-others']);
  });

  it('is refused when it is missing, a link, or not what it should be', () => {
    expect(codesOf(openFileKeys(join(directory, 'none.json'), clock))).toEqual(['keys.file-missing']);
    symlinkSync(path, join(directory, 'link.json'));
    expect(codesOf(openFileKeys(join(directory, 'link.json'), clock))).toEqual(['keys.file-not-readable']);
    writeFileSync(path, '{"version":1}');
    expect(codesOf(openFileKeys(path, clock))).toEqual(['keys.file-invalid']);
    writeFileSync(path, '{');
    expect(codesOf(openFileKeys(path, clock))).toEqual(['keys.file-invalid']);
  });

  it('is refused when its current key is not in it', () => {
    const file = JSON.parse(readFileSync(path, 'utf8'));
    writeFileSync(path, JSON.stringify({ ...file, current: 'kek-other' }));
    expect(codesOf(openFileKeys(path, clock))).toEqual(['keys.file-invalid']);
  });
});

describe('data keys', () => {
  it('open what they sealed, across restarts', () => {
    const keys = open();
    const wrapped = keys.newDataKey();
    const blob = keys.unwrap(wrapped).encrypt(bytes('Brief note of a client'), place);
    expect(open().unwrap(wrapped).decrypt(blob, place)).toEqual(Buffer.from('Brief note of a client'));
  });

  it('hide the text and its length within a block', () => {
    const key = open().unwrap(open().newDataKey());
    const short = key.encrypt(bytes(''), place);
    const longer = key.encrypt(bytes('x'.repeat(252)), place);
    expect(short.length).toBe(longer.length);
    expect(key.encrypt(bytes('x'.repeat(253)), place).length).toBe(longer.length + 256);
    expect(Buffer.from(longer).includes('xxxx')).toBe(false);
  });

  it('never seal the same twice alike', () => {
    const keys = open();
    const key = keys.unwrap(keys.newDataKey());
    expect(Buffer.from(key.encrypt(bytes('a'), place)).equals(Buffer.from(key.encrypt(bytes('a'), place)))).toBe(false);
  });

  it.each<Partial<BlobPlace>>([
    { practice: other },
    { client: 'practice' },
    { class: 'identity' },
    { row: 'document-2' },
  ])('do not open a blob that was moved to %o', (moved) => {
    const keys = open();
    const key = keys.unwrap(keys.newDataKey());
    const blob = key.encrypt(bytes('secret'), place);
    expect(() => key.decrypt(blob, { ...place, ...moved })).toThrow(CipherError);
  });

  it('do not open a blob of which any byte was changed, or that was cut', () => {
    const keys = open();
    const key = keys.unwrap(keys.newDataKey());
    const blob = key.encrypt(bytes('secret'), place);
    for (let index = 0; index < blob.length; index += 1) {
      const changed = Uint8Array.from(blob);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(() => key.decrypt(changed, place)).toThrow(CipherError);
    }
    for (const length of [0, 1, 28, blob.length - 1])
      expect(() => key.decrypt(blob.subarray(0, length), place)).toThrow(CipherError);
  });

  it('differ between clients, in blobs and in salts', () => {
    const keys = open();
    const [one, two] = [keys.unwrap(keys.newDataKey()), keys.unwrap(keys.newDataKey())];
    expect(() => two.decrypt(one.encrypt(bytes('secret'), place), place)).toThrow(CipherError);
    expect(one.digestSalt).toHaveLength(32);
    expect(one.digestSalt).not.toEqual(two.digestSalt);
  });

  it('do not unwrap under the name of another key, or when changed', () => {
    const keys = open();
    const wrapped = keys.newDataKey();
    expect(() => keys.unwrap({ ...wrapped, kek: 'kek-unknown' })).toThrow(CipherError);
    const changed = Uint8Array.from(wrapped.wrapped);
    changed[20] = (changed[20] ?? 0) ^ 1;
    expect(() => keys.unwrap({ ...wrapped, wrapped: changed })).toThrow(CipherError);
  });

  it('stay in memory for five minutes and no longer', () => {
    const keys = open();
    const wrapped = keys.newDataKey();
    const first = keys.unwrap(wrapped);
    now += 5 * 60_000 - 1;
    expect(keys.unwrap(wrapped)).toBe(first);
    now += 1;
    expect(keys.unwrap(wrapped)).not.toBe(first);
  });
});

describe('another key-encryption key', () => {
  it('wraps what is new, and the old still opens and can be wrapped anew', () => {
    const before = open();
    const wrapped: WrappedKey = before.newDataKey();
    const blob = before.unwrap(wrapped).encrypt(bytes('secret'), place);
    const index = before.blindIndex(practice, 'member', 'A1');
    const added = valueOf(addKeyToFile(path, clock));
    expect(statSync(path).mode & 0o777).toBe(0o600);

    const after = open();
    expect(after.newDataKey().kek).toBe(added);
    const rewrapped = after.rewrap(wrapped);
    expect(rewrapped.kek).toBe(added);
    expect(after.rewrap(rewrapped)).toBe(rewrapped);
    for (const key of [wrapped, rewrapped])
      expect(after.unwrap(key).decrypt(blob, place)).toEqual(Buffer.from('secret'));
    expect(after.blindIndex(practice, 'member', 'A1')).toBe(index);
    expect(after.controlNumber('pair', 7)).toBe(before.controlNumber('pair', 7));
  });
});

describe('passwords of the database', () => {
  it('are the same after a restart, other ones for other roles, and fit a connection address', () => {
    const password = open().databasePassword('app');
    expect(open().databasePassword('app')).toBe(password);
    expect(open().databasePassword('relay')).not.toBe(password);
    expect(encodeURIComponent(password)).toBe(password);
    expect(password.length).toBeGreaterThanOrEqual(32);
  });
});

describe('keys of a practice', () => {
  it('are its own', () => {
    const keys = open();
    const blob = keys
      .practiceKey(practice)
      .encrypt(bytes('token'), { practice, client: 'practice', class: 'secret', row: 'insurer' });
    expect(
      open().practiceKey(practice).decrypt(blob, { practice, client: 'practice', class: 'secret', row: 'insurer' }),
    ).toEqual(Buffer.from('token'));
    expect(() =>
      keys.practiceKey(other).decrypt(blob, { practice, client: 'practice', class: 'secret', row: 'insurer' }),
    ).toThrow(CipherError);
  });

  it('index equal values alike, and unlike in another practice or for another purpose', () => {
    const keys = open();
    const index = keys.blindIndex(practice, 'member', 'Zoe\u0301');
    expect(index).toMatch(/^[0-9a-f]{64}$/);
    expect(keys.blindIndex(practice, 'member', 'Zo\u00e9')).toBe(index);
    expect(keys.blindIndex(other, 'member', 'Zo\u00e9')).not.toBe(index);
    expect(keys.blindIndex(practice, 'code', 'Zo\u00e9')).not.toBe(index);
    expect(keys.blindIndex(practice, 'member', 'Zoe')).not.toBe(index);
  });
});
