import type { Clock } from '#libs/kernel';

/** Keeps what it made for a time and up to a number; the oldest goes first. */
export class ExpiringCache<Value> {
  readonly #entries = new Map<string, { readonly value: Value; readonly until: number }>();

  constructor(
    private readonly clock: Clock,
    private readonly limits: { readonly milliseconds: number; readonly entries: number },
  ) {}

  get(name: string, make: () => Value): Value {
    const now = this.clock.now();
    const known = this.#entries.get(name);
    if (known !== undefined && known.until > now) return known.value;
    const value = make();
    this.#entries.delete(name);
    this.#entries.set(name, { value, until: now + this.limits.milliseconds });
    this.#drop(now);
    return value;
  }

  #drop(now: number): void {
    for (const [name, { until }] of this.#entries) {
      if (until > now && this.#entries.size <= this.limits.entries) return;
      this.#entries.delete(name);
    }
  }
}
