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
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { type Clock, failed, issue, ok, type Result } from '#libs/kernel';

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

const writeTo = (path: string, flags: number, file: Contents): void => {
  const descriptor = openSync(path, constants.O_WRONLY | constants.O_NOFOLLOW | flags, 0o600);
  try {
    writeFileSync(descriptor, `${JSON.stringify(file, null, 2)}\n`);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  chmodSync(path, 0o600);
};

const create = (path: string, file: Contents): void => writeTo(path, constants.O_CREAT | constants.O_EXCL, file);
const overwrite = (path: string, file: Contents): void => writeTo(path, constants.O_TRUNC, file);

/** Creates the key file with fresh random keys, readable by its owner alone. Fails with `keys.file-exists` and never replaces one: that would forget every client. */
export const createKeyFile = (path: string): Result<void> => {
  mkdirSync(dirname(path), { recursive: true });
  const key = newKey();
  try {
    create(path, { version: 1, root: newSecret(), signing: newSecret(), current: key.id, keys: [key] });
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

/** How long one who changes the key file may take before it counts as dead. */
const CHANGE_MS = 60_000;

/** Whoever died while changing the key file leaves the new one beside it, under a name that nothing has used yet. */
const clearAway = (fresh: string, clock: Clock): void => {
  const begun = statSync(fresh, { throwIfNoEntry: false })?.mtimeMs;
  if (begun !== undefined && clock.now() - begun > CHANGE_MS) unlinkSync(fresh);
};

/** What a rename has put in place must still be there after a power failure. */
const syncDirectory = (path: string): void => {
  const descriptor = openSync(dirname(path), constants.O_RDONLY);
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
};

/** Puts a changed key file in the place of the old one, in one step. One at a time: another is `keys.file-being-changed`. */
const change = (path: string, clock: Clock, changed: (file: Contents) => Contents): Result<Contents> => {
  const fresh = `${path}.new`;
  let isOurs = false;
  try {
    clearAway(fresh, clock);
    closeSync(openSync(fresh, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW, 0o600));
    isOurs = true;
    // Read only now that nobody else can change it: a key that is forgotten here is lost.
    const found = readContents(path);
    if (!found.ok) {
      unlinkSync(fresh);
      return found;
    }
    const next = changed(found.value);
    overwrite(fresh, next);
    renameSync(fresh, path);
    syncDirectory(path);
    return ok(next);
  } catch (error) {
    if (isOurs) unlinkIfThere(fresh);
    const isTaken = !isOurs && codeOf(error) === 'EEXIST';
    return failed(issue(isTaken ? 'keys.file-being-changed' : 'keys.file-not-writable', path));
  }
};

/** Adds a key-encryption key and makes it the current one; the old ones stay until every data key is wrapped anew. Gives the new key's id. */
export const addKeyToFile = (path: string, clock: Clock): Result<string> => {
  const added = change(path, clock, (file) => {
    const key = newKey();
    return { ...file, current: key.id, keys: [...file.keys, key] };
  });
  return added.ok ? ok(added.value.current) : added;
};

/** Takes key-encryption keys out of the file for good; never the current one. What is wrapped in one of them is lost: the caller has seen to it that nothing is. */
export const removeKeysFromFile = (path: string, retired: readonly string[], clock: Clock): Result<void> => {
  const left = change(path, clock, (file) => ({
    ...file,
    keys: file.keys.filter(({ id }) => id === file.current || !retired.includes(id)),
  }));
  return left.ok ? ok(undefined) : left;
};

const unlinkIfThere = (path: string): void => {
  try {
    unlinkSync(path);
  } catch {
    // It was never written.
  }
};
