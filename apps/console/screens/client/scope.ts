import type { ReleaseView } from '#libs/contracts';

type Purpose = ReleaseView['terms']['purposes'][number];

/** One recipient for one purpose. */
export interface ScopeColumn {
  readonly key: string;
  readonly recipient: NonNullable<ReleaseView['terms']['recipient']>;
  readonly purpose: Purpose;
}

/** What one release grants of a group of fields. */
export interface ScopeGrant {
  readonly release: string;
  readonly revision: number;
  /** In the client’s words. */
  readonly fields: readonly string[];
}

export interface ScopeRow {
  readonly category: string;
  /** By the key of the column. */
  readonly cells: ReadonlyMap<string, readonly ScopeGrant[]>;
}

export interface Scope {
  readonly columns: readonly ScopeColumn[];
  readonly rows: readonly ScopeRow[];
}

const keyOf = (recipient: ScopeColumn['recipient'], purpose: Purpose): string =>
  `${recipient.kind === 'party' ? recipient.id : recipient.class} ${purpose}`;

/** Which release in force grants which group of fields to whom, for what. `purposesOf`: with those that a preset brings. */
export const scopeOf = (
  releases: readonly ReleaseView[],
  known: {
    readonly categoryOf: (field: string) => string;
    readonly purposesOf: (release: ReleaseView) => readonly Purpose[];
  },
): Scope => {
  const columns = new Map<string, ScopeColumn>();
  const rows = new Map<string, Map<string, ScopeGrant[]>>();
  for (const release of releases) {
    const { recipient } = release.terms;
    if (release.status !== 'in-force' || recipient === undefined) continue;
    for (const purpose of known.purposesOf(release)) {
      const key = keyOf(recipient, purpose);
      columns.set(key, { key, recipient, purpose });
      for (const { field, clientWords } of release.granted) {
        const category = known.categoryOf(field);
        const cells = rows.get(category) ?? new Map<string, ScopeGrant[]>();
        const grants = cells.get(key) ?? [];
        const own = grants.find((one) => one.release === release.id);
        const grown = {
          release: release.id,
          revision: release.revision,
          fields: [...(own?.fields ?? []), clientWords],
        };
        cells.set(key, [...grants.filter((one) => one !== own), grown]);
        rows.set(category, cells);
      }
    }
  }
  return {
    columns: [...columns.values()],
    rows: [...rows].map(([category, cells]) => ({ category, cells })),
  };
};
