import { createHash } from 'node:crypto';
import type {
  InsurerRecord,
  OAuthConnection,
  Permit,
  ProbeOutcome,
  SendFailure,
  SendOutcome,
  WebConnection,
} from '#libs/application';
import type { Sealed } from '#libs/disclosure';
import { AccessTokens } from './access-tokens.js';
import type { AssertionSources } from './client-assertion.js';
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

export interface HttpsTransportOptions extends AssertionSources {
  /** Milliseconds on a clock that never jumps: the one the permit was granted on. */
  readonly monotonic: () => number;
  /** Only for the sandbox; allows plain HTTP there as well. */
  readonly allowLoopback: boolean;
  readonly privateNetworks?: readonly string[];
  readonly resolve?: Resolve;
  /** In milliseconds; 5, 15 and 15 seconds unless said. */
  readonly timeouts?: { readonly connect?: number; readonly headers?: number; readonly body?: number };
}

type Insurer = InsurerRecord<WebConnection>;

/** The part of `Transport` that is spoken over HTTPS, and what it needs of a connection for that. */
export interface HttpsTransport {
  send(sealed: Sealed, permit: Permit, to: Insurer): Promise<SendOutcome>;
  probe(idempotencyKey: string, to: Insurer): Promise<ProbeOutcome>;
  answers(cursor: string, to: Insurer): Promise<ReadAnswers>;
  /** Breaks what is under way. */
  close(): Promise<void>;
}

/**
 * Hands sealed bytes to an insurer's service over HTTPS: `POST` with an idempotency key, the bearer token, if there is
 * one, and the digest of the bytes (RFC 9530), and not one header that says more. Follows no redirect, uses no proxy,
 * retries nothing that may have been taken in.
 */
export const createHttpsTransport = (options: HttpsTransportOptions): HttpsTransport => new OverHttps(options);

const pathBelow = (base: URL, path: string): string => `${base.pathname.replace(/\/+$/, '')}${path}`;

/** What the `authorization` header says. */
type Authority =
  { readonly kind: 'granted'; readonly token?: string } | { readonly kind: 'failed'; readonly code: SendFailure };

const isOAuth = (to: Insurer): to is InsurerRecord<OAuthConnection> => to.connection.kind === 'https-oauth2';

const isUnauthorized = (result: Exchange): boolean => result.kind === 'answered' && result.status === 401;

class OverHttps implements HttpsTransport {
  private readonly pools: InsurerPools;
  private readonly tokens: AccessTokens;

  constructor(private readonly options: HttpsTransportOptions) {
    const rules = {
      allowLoopback: options.allowLoopback,
      connectTimeoutMs: options.timeouts?.connect ?? 5_000,
      ...(options.privateNetworks === undefined ? {} : { privateNetworks: options.privateNetworks }),
      ...(options.resolve === undefined ? {} : { resolve: options.resolve }),
    };
    this.pools = new InsurerPools(rules);
    const { clock, ids, monotonic } = options;
    this.tokens = new AccessTokens({
      rules,
      clock,
      ids,
      monotonic,
      answerTimeoutMs: options.timeouts?.headers ?? 15_000,
    });
  }

  async send(sealed: Sealed, permit: Permit, to: Insurer): Promise<SendOutcome> {
    const { record } = sealed;
    const digest = createHash('sha256').update(record.bytes).digest();
    if (digest.toString('hex') !== record.digest) return { kind: 'refused', code: 'unknown_failure' };
    if (permit.transmission !== record.transmission) return { kind: 'not-sent', code: 'permit_expired' };
    const authority = await this.authority(to);
    if (authority.kind === 'failed') return { kind: 'not-sent', code: authority.code };
    const result = await this.exchange(to, authority, {
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
    // A permit serves once. The next attempt, with a permit of its own, goes with another token.
    if (await this.isStale(to, authority, result)) return { kind: 'not-sent', code: 'token_stale' };
    return outcomeOf(result);
  }

  async probe(idempotencyKey: string, to: Insurer): Promise<ProbeOutcome> {
    return probeOutcomeOf(await this.read(probePath(idempotencyKey), to));
  }

  async answers(cursor: string, to: Insurer): Promise<ReadAnswers> {
    return answersOf(await this.read(answersPath(cursor), to));
  }

  close(): Promise<void> {
    return this.pools.close();
  }

  /** Reading again, once, with another token harms nobody. */
  private async read(path: string, to: Insurer): Promise<Exchange> {
    const first = await this.readOnce(path, to);
    return first.isStale ? (await this.readOnce(path, to)).result : first.result;
  }

  private async readOnce(path: string, to: Insurer): Promise<{ readonly result: Exchange; readonly isStale: boolean }> {
    const authority = await this.authority(to);
    if (authority.kind === 'failed')
      return { result: { kind: 'not-started', failure: authority.code }, isStale: false };
    const result = await this.exchange(to, authority, {
      method: 'GET',
      path,
      headers: { accept: 'application/json' },
      alone: false,
      mayStart: () => true,
    });
    return { result, isStale: await this.isStale(to, authority, result) };
  }

  private async authority(to: Insurer): Promise<Authority> {
    if (isOAuth(to)) return this.tokens.get(to);
    return to.connection.kind === 'https-mtls' ? { kind: 'granted' } : { kind: 'granted', token: to.token };
  }

  /**
   * Whether it was refused, whole and before anything was taken in (RFC 9110 §15.5.2), for a token that another one may
   * replace. Of a connection whose token nobody can fetch, never.
   */
  private async isStale(to: Insurer, { token }: { readonly token?: string }, result: Exchange): Promise<boolean> {
    if (!isOAuth(to) || token === undefined) return false;
    if (isUnauthorized(result)) return this.tokens.refused(to, token);
    if (result.kind === 'answered') this.tokens.taken(to);
    return false;
  }

  private exchange(to: Insurer, { token }: { readonly token?: string }, request: ExchangeRequest): Promise<Exchange> {
    const base = registeredUrl(to.connection.url, this.options);
    if (!base.ok) return Promise.resolve({ kind: 'not-started', failure: 'egress_denied' });
    const { timeouts } = this.options;
    return exchange(
      this.pools.of(to),
      {
        ...request,
        path: pathBelow(base.value, request.path),
        headers: { ...request.headers, ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
      },
      {
        headersTimeoutMs: timeouts?.headers ?? 15_000,
        bodyTimeoutMs: timeouts?.body ?? 15_000,
        largestBody: request.method === 'POST' ? MEGABYTE : LARGEST_PAGE_OF_ANSWERS,
      },
    );
  }
}
