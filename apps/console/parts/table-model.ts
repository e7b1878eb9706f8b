import type { ReactNode } from 'react';

export interface Column<Row> {
  readonly id: string;
  readonly header: string;
  readonly cell: (row: Row) => ReactNode;
  /** As the gateway names it; without it the column cannot be sorted. */
  readonly sortable?: string;
  readonly align?: 'end';
  /** A CSS length, or share of what is left such as `2fr`. */
  readonly width?: string;
}

export interface Selection {
  readonly ids: ReadonlySet<string>;
  readonly change: (ids: ReadonlySet<string>) => void;
}

export interface Sorting {
  /** As the gateway takes it: names, a minus before what is sorted downwards. */
  readonly by: readonly string[];
  readonly change: (by: readonly string[]) => void;
}

/** What a key does with the row on which somebody stands. */
export interface RowKey<Row> {
  readonly key: string;
  readonly does: string;
  readonly run: (row: Row) => void;
}
