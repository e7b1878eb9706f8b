import { createHash } from 'node:crypto';
import type { Clock } from '#libs/kernel';

const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 60_000;
const FREE_FAILURES = 3;
const FORGOTTEN_AFTER_MS = 15 * 60_000;
const MOST_REMEMBERED = 50_000;

interface Failures {
  readonly count: number;
  readonly lastAt: number;
}

/** Waits grow with each failure of one account from one address, and end; nobody can lock another out for good (OWASP ASVS 5.0, 6.1.1). */
export class Attempts {
  readonly #failures = new Map<string, Failures>();

  constructor(private readonly clock: Clock) {}

  /** Names are kept as digests: what people type there may be a password. */
  static nameOf(signIn: string, address: string): string {
    return createHash('sha256')
      .update(`${signIn.normalize('NFC').toLowerCase()}\n${address}`)
      .digest('base64');
  }

  /** Milliseconds until the next attempt is looked at; 0 if it is now. */
  wait(name: string): number {
    const failures = this.#failures.get(name);
    if (failures === undefined || failures.count <= FREE_FAILURES) return 0;
    const delay = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (failures.count - FREE_FAILURES - 1));
    return Math.max(0, failures.lastAt + delay - this.clock.now());
  }

  failed(name: string): void {
    const now = this.clock.now();
    const before = this.#failures.get(name);
    this.#failures.delete(name);
    this.#failures.set(name, {
      count: before === undefined || now - before.lastAt > FORGOTTEN_AFTER_MS ? 1 : before.count + 1,
      lastAt: now,
    });
    for (const [other, { lastAt }] of this.#failures) {
      if (now - lastAt <= FORGOTTEN_AFTER_MS && this.#failures.size <= MOST_REMEMBERED) break;
      this.#failures.delete(other);
    }
  }

  succeeded(name: string): void {
    this.#failures.delete(name);
  }
}
