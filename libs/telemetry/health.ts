import { isCode } from './safe-values.js';

/** One thing that the program stands on: nothing when it is well, otherwise a stable code. */
export type HealthCheck = () => Promise<string | undefined>;

/** What anybody may hear: names of the program's parts, and `ok` or a code for each. */
export interface HealthReport {
  readonly status: 'ok' | 'unavailable';
  readonly checks: Readonly<Record<string, string>>;
}

const PATIENCE_MS = 2_000;
const TIMED_OUT = 'check.timed-out';
const FAILED = 'check.failed';

/**
 * Whether this process lives, and whether it can do its work. Alive is whoever answers: a process that lacks its
 * database gains nothing from being started again. One that is being stopped is alive and no longer ready, so that
 * nothing new is given to it.
 */
export class Health {
  readonly #running = new Map<string, Promise<string>>();
  #stopping = false;

  constructor(private readonly checks: Readonly<Record<string, HealthCheck>>) {}

  live(): HealthReport {
    return { status: 'ok', checks: {} };
  }

  /** Every check at once, two seconds at most. One that still runs from the last time is not begun again. */
  async ready(): Promise<HealthReport> {
    if (this.#stopping) return { status: 'unavailable', checks: { process: 'process.stopping' } };
    const found = await Promise.all(
      Object.entries(this.checks).map(async ([name, check]) => [name, await this.#ask(name, check)] as const),
    );
    return {
      status: found.every(([, outcome]) => outcome === 'ok') ? 'ok' : 'unavailable',
      checks: Object.fromEntries(found),
    };
  }

  stop(): void {
    this.#stopping = true;
  }

  #ask(name: string, check: HealthCheck): Promise<string> {
    const running = this.#running.get(name) ?? this.#begin(name, check);
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(TIMED_OUT), PATIENCE_MS);
      void running.then((outcome) => {
        clearTimeout(timer);
        resolve(outcome);
      });
    });
  }

  #begin(name: string, check: HealthCheck): Promise<string> {
    const running = outcomeOf(check).finally(() => this.#running.delete(name));
    this.#running.set(name, running);
    return running;
  }
}

const outcomeOf = async (check: HealthCheck): Promise<string> => {
  try {
    const code = await check();
    if (code === undefined) return 'ok';
    return isCode(code) ? code : FAILED;
  } catch {
    return FAILED;
  }
};
