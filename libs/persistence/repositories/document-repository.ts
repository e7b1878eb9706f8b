import type { DocumentContent, DocumentRecord, DocumentRepository } from '#libs/application';
import type { ClientId, DocumentId } from '#libs/kernel';
import type { Scope } from '../scope.js';
import { instantOf, packBlobs } from '../sql.js';
import { required } from '../vault.js';

type Submitted = Parameters<DocumentRepository['add']>[0][number];

const contentPlace = (document: DocumentId, kind: DocumentContent['kind']) =>
  ({ class: kind === 'invoice' ? 'billing' : 'clinical', row: `${document}/content` }) as const;

/** Invoices and treatment reports, each one blob under the client's key; beside them the index of billed services. */
export class DocumentRows implements DocumentRepository {
  constructor(private readonly scope: Scope) {}

  async add(documents: readonly Submitted[]): Promise<readonly DocumentId[]> {
    if (documents.length === 0) return [];
    const duplicates = await this.#reserveServices(documents);
    const fresh = documents.filter(({ document }) => !duplicates.has(document.id)).map(({ document }) => document);
    const lockers = await this.scope.vault.lockers(fresh.map((document) => document.client));
    const contents = packBlobs(
      fresh.map((document) =>
        required(lockers, document.client).close(contentPlace(document.id, document.content.kind), document.content),
      ),
    );
    await this.scope.sql.run(
      `INSERT INTO document (practice_id, id, client_id, kind, created_by, created_at, content)
        SELECT $1, d.id, d.client_id, d.kind, d.created_by, d.created_at, substr($7::bytea, d.start, d.size)
        FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::timestamptz[], $8::integer[], $9::integer[])
          AS d (id, client_id, kind, created_by, created_at, start, size)`,
      [
        this.scope.practice,
        fresh.map((document) => document.id),
        fresh.map((document) => document.client),
        fresh.map((document) => document.content.kind),
        fresh.map((document) => document.createdBy),
        fresh.map((document) => instantOf(document.createdAt)),
        contents.bytes,
        contents.starts,
        contents.sizes,
      ],
    );
    return documents.filter(({ document }) => duplicates.has(document.id)).map(({ document }) => document.id);
  }

  async byIds(ids: readonly DocumentId[]): Promise<ReadonlyMap<DocumentId, DocumentRecord>> {
    const rows = await this.scope.sql.rows(
      `SELECT id, client_id, kind, created_by, created_at, content FROM document
        WHERE practice_id = $1 AND id = ANY ($2::uuid[])`,
      [this.scope.practice, ids],
    );
    const lockers = await this.scope.vault.lockers(rows.map((row) => row.text('client_id') as ClientId));
    const documents = new Map<DocumentId, DocumentRecord>();
    for (const row of rows) {
      const id = row.text('id') as DocumentId;
      const client = row.text('client_id') as ClientId;
      const place = contentPlace(id, row.text('kind') as DocumentContent['kind']);
      const content = lockers.get(client)?.open(place, row.bytes('content')) as DocumentContent | undefined;
      if (content === undefined) continue;
      documents.set(id, {
        id,
        client,
        content,
        createdBy: row.text('created_by'),
        createdAt: row.instant('created_at'),
      });
    }
    return documents;
  }

  async taken(services: readonly string[]): Promise<ReadonlyMap<string, DocumentId>> {
    if (services.length === 0) return new Map();
    const rows = await this.scope.sql.rows(
      'SELECT hash, document_id FROM service_index WHERE practice_id = $1 AND hash = ANY ($2::text[])',
      [this.scope.practice, services],
    );
    return new Map(rows.map((row) => [row.text('hash'), row.text('document_id') as DocumentId]));
  }

  /** False as well when another document bills one of the services, or the client or the kind would change. */
  async amend(
    document: DocumentRecord,
    services: readonly string[],
    shares: readonly DocumentId[] = [],
  ): Promise<boolean> {
    const { sql, practice, vault } = this.scope;
    const disclosures = await sql.rows(
      'SELECT state FROM disclosure WHERE practice_id = $1 AND document_id = $2 ORDER BY id FOR NO KEY UPDATE',
      [practice, document.id],
    );
    if (!disclosures.every((row) => ['held', 'blocked'].includes(row.text('state')))) return false;
    const fresh = await this.#freeFor(document.id, services, shares);
    if (fresh === undefined) return false;
    const locker = await vault.lockerOf(document.client);
    const changed = await sql.run(
      'UPDATE document SET content = $4 WHERE practice_id = $1 AND id = $2 AND client_id = $3 AND kind = $5',
      [
        practice,
        document.id,
        document.client,
        locker.close(contentPlace(document.id, document.content.kind), document.content),
        document.content.kind,
      ],
    );
    if (changed === 0) return false;
    await this.#rebill(document.id, services, fresh);
    return true;
  }

  async bill(document: DocumentId, services: readonly string[], shares: readonly DocumentId[] = []): Promise<boolean> {
    const fresh = await this.#freeFor(document, services, shares);
    if (fresh === undefined) return false;
    await this.#rebill(document, services, fresh);
    return true;
  }

  /** Those of the services that nobody bills, in order; nothing if somebody else than the document and `shares` bills one. */
  async #freeFor(
    document: DocumentId,
    services: readonly string[],
    shares: readonly DocumentId[],
  ): Promise<readonly string[] | undefined> {
    const taken = await this.taken(services);
    const own = new Set([document, ...shares]);
    if ([...taken.values()].some((owner) => !own.has(owner))) return undefined;
    return [...new Set(services)].filter((hash) => !taken.has(hash)).sort();
  }

  /** A concurrent document that took one of `fresh` meanwhile makes this fail, and nothing is changed. */
  async #rebill(document: DocumentId, services: readonly string[], fresh: readonly string[]): Promise<void> {
    const { sql, practice } = this.scope;
    await sql.run(
      'DELETE FROM service_index WHERE practice_id = $1 AND document_id = $2 AND hash <> ALL ($3::text[])',
      [practice, document, services],
    );
    await sql.run(
      'INSERT INTO service_index (practice_id, hash, document_id) SELECT $1, hash, $2 FROM unnest($3::text[]) AS hash',
      [practice, document, fresh],
    );
  }

  /** Within the batch the first document has the service. Of two transactions the first to come has it; the other waits. */
  async #reserveServices(documents: readonly Submitted[]): Promise<ReadonlySet<DocumentId>> {
    const duplicates = new Set<DocumentId>();
    const owners = new Map<string, DocumentId>(await this.taken(documents.flatMap(({ services }) => services)));
    const claimed = new Map<string, DocumentId>();
    for (const { document, services, shares = [] } of documents) {
      const isShared = (hash: string): boolean => shares.some((one) => owners.get(hash) === one);
      if (services.some((hash) => owners.has(hash) && !isShared(hash))) {
        duplicates.add(document.id);
        continue;
      }
      for (const hash of services) {
        if (owners.has(hash)) continue;
        owners.set(hash, document.id);
        claimed.set(hash, document.id);
      }
    }
    if (claimed.size === 0) return duplicates;
    const hashes = [...claimed.keys()].sort();
    const { sql, practice } = this.scope;
    const added = await sql.rows(
      `INSERT INTO service_index (practice_id, hash, document_id)
        SELECT $1, * FROM unnest($2::text[], $3::uuid[]) ON CONFLICT DO NOTHING RETURNING hash`,
      [practice, hashes, hashes.map((hash) => claimed.get(hash) ?? null)],
    );
    const got = new Set(added.map((row) => row.text('hash')));
    const losers = new Set([...claimed].filter(([hash]) => !got.has(hash)).map(([, document]) => document));
    if (losers.size > 0) {
      await sql.run('DELETE FROM service_index WHERE practice_id = $1 AND document_id = ANY ($2::uuid[])', [
        practice,
        [...losers],
      ]);
    }
    return new Set([...duplicates, ...losers]);
  }
}
