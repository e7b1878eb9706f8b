/** Everything about this installation that is not data in `config/`, read once at the start. Times as named. */
export interface Settings {
  /** `demo`: a bare start, with invented data and the sandbox. `production` refuses what only a demonstration may do. */
  readonly environment: 'demo' | 'production' | 'test';
  readonly database:
    { readonly kind: 'embedded'; readonly dataDirectory: string } | { readonly kind: 'url'; readonly url: string };
  /** Without Redis the queue lives in Postgres. */
  readonly redis: { readonly kind: 'none' } | { readonly kind: 'url'; readonly url: string };
  readonly api: {
    readonly host: string;
    /** 0 takes any free one. */
    readonly port: number;
    /** In CIDR notation: the machines before the gateway that say for whom they ask (`X-Forwarded-For`). */
    readonly trustedProxies: readonly string[];
  };
  readonly worker: {
    readonly healthPort: number;
    /** Dispatch jobs at the same time in one process. */
    readonly dispatchConcurrency: number;
    readonly relayIntervalMs: number;
    readonly sweepIntervalMs: number;
    /** How long a worker may hold an item before the sweeper gives it to another. */
    readonly leaseSeconds: number;
    /** How often the end of each ledger is signed, if anything was added. */
    readonly checkpointMinutes: number;
    /** What was sent, outside of the database; shared by all workers, never restored together with it. */
    readonly journalDirectory: string;
  };
  /** Where the key-encryption keys come from. */
  readonly keys: { readonly kind: 'file'; readonly path: string };
  readonly sandbox: {
    readonly enabled: boolean;
    readonly host: string;
    readonly port: number;
    /** What the sandbox remembers having received: its own, apart from ours. */
    readonly stateDirectory: string;
  };
  /** Whether a transport may speak to this machine, as it must with the sandbox and never should otherwise. */
  readonly egress: {
    readonly allowLoopback: boolean;
    /** In CIDR notation: where an insurer may be that is reached over a network of the operator's. Never for webhooks. */
    readonly privateNetworks: readonly string[];
  };
  readonly stateDirectory: string;
  readonly logLevel: LogLevel;
}

export const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];
