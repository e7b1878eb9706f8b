import type { StoredDecision } from '#libs/application';
import { type ClientId, type DisclosureId, type TimeZone, UTC } from '#libs/kernel';
import type { Scope } from '../scope.js';
import { decodePacked, encodePacked } from '../codec.js';
import { instantOf, packBlobs } from '../sql.js';
import type { Row } from '../row.js';
import { type Locker, required } from '../vault.js';

type Content = Pick<StoredDecision, 'request' | 'authority' | 'decision' | 'clientRevision'>;

type StoredContent = Pick<Content, 'authority' | 'decision'> & {
  readonly request: Omit<Content['request'], 'timeZone'> & { readonly timeZone?: TimeZone };
  readonly clientRevision?: number;
};

const place = (id: string) => ({ class: 'decision', row: `${id}/decision` }) as const;

/** Append-only: this role can neither change nor remove a decision. */
export const addDecisions = async (scope: Scope, decisions: readonly StoredDecision[]): Promise<void> => {
  if (decisions.length === 0) return;
  const lockers = await scope.vault.lockers(decisions.map((one) => one.request.client));
  const closed = decisions.map((one) => {
    const { request, authority, decision, clientRevision } = one;
    const content: Content = { request, authority, decision, clientRevision };
    return required(lockers, one.request.client).closeBytes(place(one.id), encodePacked(content));
  });
  const contents = packBlobs(closed);
  await scope.sql.run(
    `INSERT INTO decision (practice_id, id, disclosure_id, client_id, taken_at, content)
      SELECT $1, d.id, d.disclosure_id, d.client_id, d.taken_at, substr($6::bytea, d.start, d.size)
      FROM unnest($2::text[], $3::uuid[], $4::uuid[], $5::timestamptz[], $7::integer[], $8::integer[])
        AS d (id, disclosure_id, client_id, taken_at, start, size)`,
    [
      scope.practice,
      decisions.map((one) => one.id),
      decisions.map((one) => one.disclosure),
      decisions.map((one) => one.request.client),
      decisions.map((one) => instantOf(one.takenAt)),
      contents.bytes,
      contents.starts,
      contents.sizes,
    ],
  );
};

/** None of a client whose key was destroyed. */
const decisionOf = (row: Row, lockers: ReadonlyMap<ClientId, Locker>): StoredDecision | undefined => {
  const id = row.text('id');
  const locker = lockers.get(row.text('client_id') as ClientId);
  if (locker === undefined) return undefined;
  const content = decodePacked(locker.openBytes(place(id), row.bytes('content'))) as StoredContent;
  // What was decided before practices had zones was decided in UTC, and before clients were recorded anew on the first record.
  const request = { ...content.request, timeZone: content.request.timeZone ?? UTC };
  const { authority, decision, clientRevision = 1 } = content;
  const [disclosure, takenAt] = [row.text('disclosure_id') as DisclosureId, row.instant('taken_at')];
  return { id, disclosure, takenAt, request, authority, decision, clientRevision };
};

/** In the order in which they were taken. */
export const decisionsOf = async (scope: Scope, disclosure: DisclosureId): Promise<readonly StoredDecision[]> => {
  const rows = await scope.sql.rows(
    'SELECT id, disclosure_id, client_id, taken_at, content FROM decision WHERE practice_id = $1 AND disclosure_id = $2 ORDER BY arrival',
    [scope.practice, disclosure],
  );
  const lockers = await scope.vault.lockers(rows.map((row) => row.text('client_id') as ClientId));
  return rows.flatMap((row) => decisionOf(row, lockers) ?? []);
};

/**
 * Whether the bytes of an attempt `a` left, or may have: what is under way may be anywhere, and whoever answers with a status of
 * HTTP has had the bytes, whatever they then said.
 */
export const HAS_LEFT = `(a.outcome IN ('accepted', 'ambiguous', 'permitted') OR (a.outcome = 'refused' AND a.status >= 100))`;

/** The decision on which each left the last time: what was decided later kept it, or would have. */
export const decisionsBehind = async (
  scope: Scope,
  disclosures: readonly DisclosureId[],
): Promise<ReadonlyMap<DisclosureId, StoredDecision>> => {
  const rows = await scope.sql.rows(
    `SELECT DISTINCT ON (e.disclosure_id) e.id, e.disclosure_id, e.client_id, e.taken_at, e.content
      FROM decision e JOIN (
        SELECT i.disclosure_id, max(a.permitted_at) AS at FROM transmission_item i
        JOIN attempt a ON a.practice_id = i.practice_id AND a.transmission_id = i.transmission_id
        WHERE i.practice_id = $1 AND i.disclosure_id = ANY ($2::uuid[]) AND ${HAS_LEFT} GROUP BY i.disclosure_id
      ) AS gone ON gone.disclosure_id = e.disclosure_id AND e.taken_at <= gone.at
      WHERE e.practice_id = $1 ORDER BY e.disclosure_id, e.arrival DESC`,
    [scope.practice, disclosures],
  );
  return opened(scope, rows);
};

const opened = async (scope: Scope, rows: readonly Row[]): Promise<ReadonlyMap<DisclosureId, StoredDecision>> => {
  const lockers = await scope.vault.lockers(rows.map((row) => row.text('client_id') as ClientId));
  const found = new Map<DisclosureId, StoredDecision>();
  for (const row of rows) {
    const decision = decisionOf(row, lockers);
    if (decision !== undefined) found.set(decision.disclosure, decision);
  }
  return found;
};

/** The newest decision about each. */
export const lastDecisionsOf = async (
  scope: Scope,
  disclosures: readonly DisclosureId[],
): Promise<ReadonlyMap<DisclosureId, StoredDecision>> => {
  const rows = await scope.sql.rows(
    `SELECT DISTINCT ON (disclosure_id) id, disclosure_id, client_id, taken_at, content FROM decision
      WHERE practice_id = $1 AND disclosure_id = ANY ($2::uuid[]) ORDER BY disclosure_id, arrival DESC`,
    [scope.practice, disclosures],
  );
  return opened(scope, rows);
};
