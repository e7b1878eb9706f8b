import { createHash } from 'node:crypto';
import type { InsurerRecord, Permit, ProbeOutcome, SendOutcome, Transport } from '#libs/application';
import type { Sealed } from '#libs/disclosure';
import { registeredUrl, type Resolve } from './egress-guard.js';
import { exchange, type Exchange, type ExchangeRequest } from './exchange.js';
import {
  answersOf,
  answersPath,
  probeOutcomeOf,
  probePath,
  type ReadAnswers,
  submissionPath,
} from './insurer-protocol.js';
import { InsurerPools } from './insurer-pools.js';
import { outcomeOf } from './send-outcome.js';

const MEGABYTE = 1024 * 1024;
/** A page of a hundred remittances, base64. */
const LARGEST_PAGE_OF_ANSWERS = 32 * MEGABYTE;

export interface HttpsTransportOptions {
  /** Milliseconds on a clock that never jumps: the one the permit was granted on. */
  readonly monotonic: () => number;
  /** Only for the sandbox; allows plain HTTP there as well. */
  readonly allowLoopback: boolean;
  readonly resolve?: Resolve;
  /** In milliseconds; 5, 15 and 15 seconds unless said. */
  readonly timeouts?: { readonly connect?: number; readonly headers?: number; readonly body?: number };
}

export interface HttpsTransport extends Transport {
  /** Breaks what is under way. */
  close(): Promise<void>;
}

/**
 * Hands sealed bytes to an insurer's service over HTTPS: `POST` with an idempotency key, the bearer token and the digest
 * of the bytes (RFC 9530), and not one header that says more. Follows no redirect, uses no proxy, retries nothing.
 */
export const createHttpsTransport = (options: HttpsTransportOptions): HttpsTransport => new OverHttps(options);

const pathBelow = (base: URL, path: string): string => `${base.pathname.replace(/\/+$/, '')}${path}`;

class OverHttps implements HttpsTransport {
  private readonly pools: InsurerPools;

  constructor(private readonly options: HttpsTransportOptions) {
    this.pools = new InsurerPools({
      allowLoopback: options.allowLoopback,
      connectTimeoutMs: options.timeouts?.connect ?? 5_000,
      ...(options.resolve === undefined ? {} : { resolve: options.resolve }),
    });
  }

  async send(sealed: Sealed, permit: Permit, to: InsurerRecord): Promise<SendOutcome> {
    const { record } = sealed;
    const digest = createHash('sha256').update(record.bytes).digest();
    if (digest.toString('hex') !== record.digest) return { kind: 'refused', code: 'unknown_failure' };
    if (permit.transmission !== record.transmission) return { kind: 'not-sent', code: 'permit_expired' };
    const result = await this.exchange(to, {
      method: 'POST',
      path: submissionPath(record.format),
      headers: {
        'content-type': record.mediaType,
        'idempotency-key': record.idempotencyKey,
        'sluice-reference': record.reference,
        'content-digest': `sha-256=:${digest.toString('base64')}:`,
      },
      body: record.bytes,
      // A connection that the insurer closes while it is written to is ambiguous, and here a person would have to find out.
      alone: to.profile.resolution === 'none',
      mayStart: () => permit.use(this.options.monotonic()),
    });
    return outcomeOf(result);
  }

  async probe(idempotencyKey: string, to: InsurerRecord): Promise<ProbeOutcome> {
    return probeOutcomeOf(await this.read(probePath(idempotencyKey), to));
  }

  async answers(cursor: string, to: InsurerRecord): Promise<ReadAnswers> {
    return answersOf(await this.read(answersPath(cursor), to));
  }

  close(): Promise<void> {
    return this.pools.close();
  }

  private read(path: string, to: InsurerRecord): Promise<Exchange> {
    return this.exchange(to, {
      method: 'GET',
      path,
      headers: { accept: 'application/json' },
      alone: false,
      mayStart: () => true,
    });
  }

  private exchange(to: InsurerRecord, request: ExchangeRequest): Promise<Exchange> {
    const base = registeredUrl(to.connection.url, this.options);
    if (!base.ok) return Promise.resolve({ kind: 'not-started', failure: 'egress_denied' });
    const { timeouts } = this.options;
    return exchange(
      this.pools.of(to),
      {
        ...request,
        path: pathBelow(base.value, request.path),
        headers: { ...request.headers, authorization: `Bearer ${to.token}` },
      },
      {
        headersTimeoutMs: timeouts?.headers ?? 15_000,
        bodyTimeoutMs: timeouts?.body ?? 15_000,
        largestBody: request.method === 'POST' ? MEGABYTE : LARGEST_PAGE_OF_ANSWERS,
      },
    );
  }
}
