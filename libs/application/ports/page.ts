export interface Page<Row> {
  readonly rows: readonly Row[];
  /** Opaque; absent on the last page. */
  readonly next?: string;
}

export interface PageRequest {
  readonly after?: string;
  /** 1 to 100. */
  readonly limit: number;
}
