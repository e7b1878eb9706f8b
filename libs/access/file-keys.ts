import { createHash, createHmac, randomBytes } from 'node:crypto';
import { CipherError, type DataKey, type Keys, type WrappedKey } from '#libs/application';
import { type Clock, ok, type PracticeId, type Result } from '#libs/kernel';
import { openBytes, sealBytes } from './aead.js';
import { controlNumberOf } from './control-number.js';
import { dataKeyOf } from './data-key.js';
import { deriveKey } from './derive.js';
import { ExpiringCache } from './expiring-cache.js';
import { type KeyRing, readKeyFile } from './key-file.js';
import { signatureOf, signingKeyOf } from './signing.js';

const KEPT_FOR_MS = 5 * 60_000;
const KEPT_CLIENTS = 20_000;
const KEPT_PRACTICES = 1_000;

const wrapBound = (kek: string): string => `sluice/wrap/1:${kek}`;

/**
 * Keys that rest on a key file. A wrapped data key is AES-256-GCM under a key-encryption key with the id of that key as
 * additional data; an unwrapped one stays in memory for five minutes at most, so a shredded client is forgotten then.
 */
export class FileKeys implements Keys {
  readonly #dataKeys: ExpiringCache<DataKey>;
  readonly #practiceKeys: ExpiringCache<DataKey>;
  readonly #indexKeys: ExpiringCache<Uint8Array>;
  readonly #controlNumbers: Uint8Array;

  #ring: KeyRing;

  constructor(
    ring: KeyRing,
    private readonly reread: () => Result<KeyRing>,
    clock: Clock,
  ) {
    this.#ring = ring;
    this.#dataKeys = new ExpiringCache(clock, { milliseconds: KEPT_FOR_MS, entries: KEPT_CLIENTS });
    this.#practiceKeys = new ExpiringCache(clock, { milliseconds: KEPT_FOR_MS, entries: KEPT_PRACTICES });
    this.#indexKeys = new ExpiringCache(clock, { milliseconds: KEPT_FOR_MS, entries: KEPT_PRACTICES });
    this.#controlNumbers = deriveKey(ring.root, 'control-number');
  }

  get current(): string {
    return this.#ring.current;
  }

  /** Every key-encryption key that the file holds. */
  get known(): readonly string[] {
    return [...this.#ring.keys.keys()];
  }

  /** Reads the key file again. What cannot be read, or belongs to another installation, changes nothing. */
  refresh(): void {
    const ring = this.reread();
    if (ring.ok && Buffer.compare(ring.value.root, this.#ring.root) === 0) this.#ring = ring.value;
  }

  newDataKey(): WrappedKey {
    // Another process may have begun a rotation: nothing new may be wrapped in a key that is about to be retired.
    this.refresh();
    return this.#wrap(randomBytes(32));
  }

  unwrap(key: WrappedKey): DataKey {
    const name = createHash('sha256').update(key.kek).update('\0').update(key.wrapped).digest('base64');
    return this.#dataKeys.get(name, () => dataKeyOf(this.#unwrapped(key)));
  }

  rewrap(key: WrappedKey): WrappedKey {
    return key.kek === this.#ring.current ? key : this.#wrap(this.#unwrapped(key));
  }

  practiceKey(practice: PracticeId): DataKey {
    return this.#practiceKeys.get(practice, () => dataKeyOf(deriveKey(this.#ring.root, 'practice', practice)));
  }

  blindIndex(practice: PracticeId, purpose: string, value: string): string {
    const key = this.#indexKeys.get(`${practice}/${purpose}`, () =>
      deriveKey(this.#ring.root, 'blind-index', practice, purpose),
    );
    return createHmac('sha256', key).update(value.normalize('NFC')).digest('hex');
  }

  controlNumber(pair: string, counter: number): number {
    return controlNumberOf({ key: this.#controlNumbers, pair }, counter);
  }

  sign(message: Uint8Array): Uint8Array {
    return signatureOf(this.#ring.signing, message);
  }

  get signingKey(): Uint8Array {
    return signingKeyOf(this.#ring.signing);
  }

  /** The password of one database role. Every process that has the key file knows it, and nobody has to write it down. */
  databasePassword(role: string): string {
    return Buffer.from(deriveKey(this.#ring.root, 'database-password', role)).toString('base64url');
  }

  #wrap(secret: Uint8Array): WrappedKey {
    const kek = this.#ring.current;
    return { kek, wrapped: sealBytes(this.#keyNamed(kek), secret, wrapBound(kek)) };
  }

  #unwrapped({ kek, wrapped }: WrappedKey): Uint8Array {
    return openBytes(this.#keyNamed(kek), wrapped, wrapBound(kek));
  }

  #keyNamed(kek: string): Uint8Array {
    // One that is not known here may have been added by another process since.
    if (!this.#ring.keys.has(kek)) this.refresh();
    const key = this.#ring.keys.get(kek);
    if (key === undefined) throw new CipherError();
    return key;
  }
}

/** Opens the key file; fails as `readKeyFile` does. */
export const openFileKeys = (path: string, clock: Clock): Result<FileKeys> => {
  const ring = readKeyFile(path);
  return ring.ok ? ok(new FileKeys(ring.value, () => readKeyFile(path), clock)) : ring;
};
