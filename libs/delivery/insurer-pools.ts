import { createHash } from 'node:crypto';
import { Pool } from 'undici';
import type { InsurerRecord, WebConnection } from '#libs/application';
import type { InsurerId, RouteId } from '#libs/kernel';
import { type ConnectRules, type Counterpart, guardedConnector } from './guarded-connect.js';

/** An idle connection is given up before servers usually do, so that none is written to while it is being closed. */
const KEEP_ALIVE_MS = 4_000;
const LARGEST_HEADER = 16 * 1024;

interface Entry {
  readonly terms: string;
  readonly pool: Pool;
}

export const counterpartOf = ({ connection, token }: InsurerRecord<WebConnection>): Counterpart =>
  connection.kind === 'https-mtls'
    ? { ...connection, identity: { certificate: connection.clientCertificate, key: token } }
    : connection;

/** One pool of connections per insurer, never more of them at once than the insurer allows. */
export class InsurerPools {
  private readonly entries = new Map<InsurerId | RouteId, Entry>();

  constructor(private readonly rules: ConnectRules) {}

  /** A pool for the insurer as it is registered now; one with an older address, pin or cap finishes and goes. */
  of(insurer: InsurerRecord<WebConnection>): Pool {
    const { url, pin, certificateAuthority, identity } = counterpartOf(insurer);
    // The key is in memory anyway, but not once more in what pools are told apart by.
    const presented = identity && createHash('sha256').update(JSON.stringify(identity)).digest('hex');
    const cap = Math.max(1, insurer.profile.inFlightCap);
    const terms = JSON.stringify([url, pin, certificateAuthority, presented, cap]);
    const place = insurer.agent?.route ?? insurer.id;
    const found = this.entries.get(place);
    if (found?.terms === terms) return found.pool;
    if (found !== undefined) void found.pool.close().catch(() => undefined);
    const pool = new Pool(new URL(url).origin, {
      connections: cap,
      pipelining: 1,
      allowH2: false,
      keepAliveTimeout: KEEP_ALIVE_MS,
      keepAliveMaxTimeout: KEEP_ALIVE_MS,
      maxHeaderSize: LARGEST_HEADER,
      strictContentLength: true,
      connect: guardedConnector(counterpartOf(insurer), this.rules),
    });
    this.entries.set(place, { terms, pool });
    return pool;
  }

  async close(): Promise<void> {
    const pools = [...this.entries.values()].map(({ pool }) => pool);
    this.entries.clear();
    await Promise.all(pools.map((pool) => pool.destroy()));
  }
}
