/** Ids, states, counts, codes and durations; there is no way to log anything else. */
export interface Log {
  event(name: string, fields?: Readonly<Record<string, string | number | boolean>>): void;
  failure(name: string, error: unknown, fields?: Readonly<Record<string, string | number | boolean>>): void;
}

export interface Metrics {
  count(name: string, labels?: Readonly<Record<string, string>>, by?: number): void;
  observe(name: string, seconds: number, labels?: Readonly<Record<string, string>>): void;
}
