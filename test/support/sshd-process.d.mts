import type { SpawnSyncReturns } from 'node:child_process';

/** What happens at the first request of this kind; `thenDark`: and nobody is let in any more. See sftp-gate.mjs. */
export interface Misbehaviour {
  readonly at: 'open' | 'write' | 'fsync' | 'fstat' | 'close' | 'stat' | 'remove' | 'rename';
  readonly act: 'die-before' | 'die-after' | 'fail' | 'talk-nonsense';
  /** For `fail`: a status code of the protocol. */
  readonly status?: number;
  readonly thenDark?: boolean;
}

export const sshdMissing: string | undefined;

export function run(name: string, ...args: readonly string[]): SpawnSyncReturns<string>;

export class SshdProcess {
  static start(root: string, options?: { readonly gated?: boolean }): Promise<SshdProcess>;
  readonly port: number;
  readonly user: string;
  /** Of the one user who may come in. */
  readonly privateKey: string;
  readonly hostKey: string;
  readonly root: string;
  /** Where files are put, and where answers are left. */
  readonly inbound: string;
  readonly outbound: string;
  misbehave(manner: Misbehaviour | undefined): void;
  changeHostKey(): Promise<void>;
  stop(): Promise<void>;
}
