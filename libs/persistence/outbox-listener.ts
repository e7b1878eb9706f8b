import pg from 'pg';

const RECONNECT_AFTER = 1_000;

/**
 * Listens for new outbox rows on a connection of its own. Losing it costs latency only: waiting ends by the clock as
 * well, and the connection is made anew.
 */
export class OutboxListener {
  #client: pg.Client | undefined;
  #waiting: (() => void) | undefined;
  /** Something came while nobody waited. */
  #signalled = false;
  #closed = false;
  #retry: NodeJS.Timeout | undefined;

  constructor(private readonly url: string) {}

  async connect(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.url,
      application_name: 'sluice-relay-listen',
      connectionTimeoutMillis: 10_000,
      keepAlive: true,
    });
    client.on('notification', () => this.#signal());
    client.on('error', () => this.#lost(client));
    client.on('end', () => this.#lost(client));
    this.#client = client;
    try {
      await client.connect();
      await client.query('LISTEN sluice_outbox');
    } catch (error) {
      this.#client = undefined;
      await client.end().catch(() => undefined);
      throw error;
    }
    // What was put in while nobody listened was not announced.
    this.#signal();
  }

  wait(milliseconds: number): Promise<void> {
    if (this.#signalled || this.#closed) {
      this.#signalled = false;
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#waiting?.(), milliseconds);
      this.#waiting = () => {
        clearTimeout(timer);
        this.#waiting = undefined;
        resolve();
      };
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#retry);
    this.#waiting?.();
    const client = this.#client;
    this.#client = undefined;
    await client?.end().catch(() => undefined);
  }

  #signal(): void {
    if (this.#waiting === undefined) this.#signalled = true;
    else this.#waiting();
  }

  #lost(client: pg.Client): void {
    if (this.#client !== client) return;
    this.#client = undefined;
    this.#reconnectLater();
  }

  #reconnectLater(): void {
    if (this.#closed) return;
    this.#retry = setTimeout(() => {
      this.connect().catch(() => this.#reconnectLater());
    }, RECONNECT_AFTER);
  }
}
