import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { failed, issue, ok, type Result } from '#libs/kernel';

const secret = z.base64().length(44);

const contents = z.strictObject({
  version: z.literal(1),
  /** Blind indexes, practice keys and control numbers come from it; unlike the others it is never replaced. */
  root: secret,
  /** Seed of the Ed25519 key with which the installation signs. */
  signing: secret,
  /** The key under which new data keys are wrapped. */
  current: z.string().min(1).max(64),
  keys: z
    .array(z.strictObject({ id: z.string().min(1).max(64), secret }))
    .min(1)
    .max(1000),
});

type Contents = z.output<typeof contents>;

/** What the key file holds, in memory: 32 bytes each. */
export interface KeyRing {
  readonly root: Uint8Array;
  readonly signing: Uint8Array;
  readonly current: string;
  readonly keys: ReadonlyMap<string, Uint8Array>;
}

const newSecret = (): string => randomBytes(32).toString('base64');
const newKey = (): Contents['keys'][number] => ({ id: `kek-${randomBytes(6).toString('hex')}`, secret: newSecret() });

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined);

const write = (path: string, file: Contents): void => {
  const descriptor = openSync(
    path,
    constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW,
    0o600,
  );
  try {
    writeFileSync(descriptor, `${JSON.stringify(file, null, 2)}\n`);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  chmodSync(path, 0o600);
};

/** Creates the key file with fresh random keys, readable by its owner alone. Fails with `keys.file-exists` and never replaces one: that would forget every client. */
export const createKeyFile = (path: string): Result<void> => {
  mkdirSync(dirname(path), { recursive: true });
  const key = newKey();
  try {
    write(path, { version: 1, root: newSecret(), signing: newSecret(), current: key.id, keys: [key] });
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return failed(issue('keys.file-exists', path));
    return failed(issue('keys.file-not-writable', path));
  }
  return ok(undefined);
};

const parsed = (text: string): Contents | undefined => {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return undefined;
  }
  const found = contents.safeParse(data);
  return found.success && found.data.keys.some(({ id }) => id === found.data.current) ? found.data : undefined;
};

const readContents = (path: string): Result<Contents> => {
  let descriptor: number;
  try {
    descriptor = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  } catch (error) {
    return failed(issue(codeOf(error) === 'ENOENT' ? 'keys.file-missing' : 'keys.file-not-readable', path));
  }
  try {
    const { mode } = fstatSync(descriptor);
    if ((mode & 0o077) !== 0) return failed(issue('keys.file-readable-by-others', path, 'mode 0600'));
    const found = parsed(readFileSync(descriptor, 'utf8'));
    return found === undefined ? failed(issue('keys.file-invalid', path)) : ok(found);
  } finally {
    closeSync(descriptor);
  }
};

/**
 * Reads the key file. Fails with `keys.file-missing`, `keys.file-not-readable` (or a symbolic link), `keys.file-invalid`,
 * and `keys.file-readable-by-others` when group or world may read it.
 */
export const readKeyFile = (path: string): Result<KeyRing> => {
  const found = readContents(path);
  if (!found.ok) return found;
  const { root, signing, current, keys } = found.value;
  return ok({
    root: Buffer.from(root, 'base64'),
    signing: Buffer.from(signing, 'base64'),
    current,
    keys: new Map(keys.map((key) => [key.id, Buffer.from(key.secret, 'base64')])),
  });
};

/** Adds a key-encryption key and makes it the current one; the old ones stay until every data key is wrapped anew. Gives the new key's id. */
export const addKeyToFile = (path: string): Result<string> => {
  const found = readContents(path);
  if (!found.ok) return found;
  const key = newKey();
  const fresh = `${path}.new`;
  try {
    write(fresh, { ...found.value, current: key.id, keys: [...found.value.keys, key] });
    renameSync(fresh, path);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') unlinkIfThere(fresh);
    return failed(issue('keys.file-not-writable', path));
  }
  return ok(key.id);
};

const unlinkIfThere = (path: string): void => {
  try {
    unlinkSync(path);
  } catch {
    // It was never written.
  }
};
