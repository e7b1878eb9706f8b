import type { BlobPlace, DataKey, Keys, WrappedKey } from '#libs/application';
import type { ClientId, PracticeId } from '#libs/kernel';
import { decode, encode } from './codec.js';
import { DatabaseError } from './database-error.js';
import type { Sql } from './sql.js';

type Place = Pick<BlobPlace, 'class' | 'row'>;

/** A key bound to its practice and client, so that only the class and the row are left to say. */
export class Locker {
  constructor(
    readonly key: DataKey,
    private readonly owner: Pick<BlobPlace, 'practice' | 'client'>,
  ) {}

  close(place: Place, record: unknown): Uint8Array {
    return this.closeBytes(place, encode(record));
  }

  /** What comes back is what `close` was given at this place; the caller names its type. */
  open(place: Place, blob: Uint8Array): unknown {
    return decode(this.openBytes(place, blob));
  }

  closeBytes(place: Place, bytes: Uint8Array): Uint8Array {
    return this.key.encrypt(bytes, { ...this.owner, ...place });
  }

  openBytes(place: Place, blob: Uint8Array): Uint8Array {
    return this.key.decrypt(blob, { ...this.owner, ...place });
  }
}

/** The keys that one transaction has needed so far. Clients whose key was destroyed have none. */
export class Vault {
  readonly #lockers = new Map<ClientId, Locker | undefined>();
  /** Keys that were asked for and have not come yet. */
  readonly #asked = new Map<ClientId, Promise<void>>();
  readonly #ofPractice: Locker;

  constructor(
    private readonly sql: Sql,
    private readonly practice: PracticeId,
    private readonly keys: Keys,
  ) {
    this.#ofPractice = new Locker(keys.practiceKey(practice), { practice, client: 'practice' });
  }

  /** For what belongs to no client. */
  get ofPractice(): Locker {
    return this.#ofPractice;
  }

  /** The key of a new client, which the caller stores together with the client. */
  make(client: ClientId): { readonly locker: Locker; readonly stored: WrappedKey } {
    const stored = this.keys.newDataKey();
    return { locker: this.#remember(client, this.keys.unwrap(stored)), stored };
  }

  async lockers(clients: readonly ClientId[]): Promise<ReadonlyMap<ClientId, Locker>> {
    const missing = [...new Set(clients)].filter((client) => !this.#lockers.has(client));
    const unasked = missing.filter((client) => !this.#asked.has(client));
    if (unasked.length > 0) {
      const fetched = this.#fetch(unasked);
      for (const client of unasked) this.#asked.set(client, fetched);
    }
    await Promise.all(missing.flatMap((client) => this.#asked.get(client) ?? []));
    const found = new Map<ClientId, Locker>();
    for (const client of clients) {
      const locker = this.#lockers.get(client);
      if (locker !== undefined) found.set(client, locker);
    }
    return found;
  }

  /** For writing: nothing can be stored for a client without a key. `client_key_missing`. */
  async lockerOf(client: ClientId): Promise<Locker> {
    return required(await this.lockers([client]), client);
  }

  async #fetch(clients: readonly ClientId[]): Promise<void> {
    const rows = await this.sql.rows(
      'SELECT client_id, kek, wrapped FROM data_key WHERE practice_id = $1 AND client_id = ANY ($2::uuid[]) AND wrapped IS NOT NULL',
      [this.practice, clients],
    );
    for (const client of clients) if (!this.#lockers.has(client)) this.#lockers.set(client, undefined);
    for (const row of rows) {
      const key = this.keys.unwrap({ kek: row.text('kek'), wrapped: row.bytes('wrapped') });
      this.#remember(row.text('client_id') as ClientId, key);
    }
  }

  #remember(client: ClientId, key: DataKey): Locker {
    const locker = new Locker(key, { practice: this.practice, client });
    this.#lockers.set(client, locker);
    return locker;
  }
}

export const required = (lockers: ReadonlyMap<ClientId, Locker>, client: ClientId): Locker => {
  const locker = lockers.get(client);
  if (locker === undefined) throw new DatabaseError('client_key_missing');
  return locker;
};
