import type { SendFailure } from '#libs/application';
import { type Dispatcher, errors } from 'undici';
import { ConnectFailure } from './connect-failure.js';

/** One HTTP exchange, told by what it proves. */
export type Exchange =
  /** The response is whole, to its last byte. */
  | { readonly kind: 'answered'; readonly status: number; readonly headers: ResponseHeaders; readonly body: Buffer }
  /** No byte of the request was written. */
  | { readonly kind: 'not-started'; readonly failure: SendFailure }
  /** The request may have arrived, in part or whole; what came back is not a response. */
  | {
      readonly kind: 'broken';
      readonly failure: SendFailure;
      readonly status?: number;
      /** Where there is a status: the header was whole. */
      readonly headers?: ResponseHeaders;
    };

export type ResponseHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

export interface ExchangeLimits {
  /** From the first byte of the request to the last of the response's header, in milliseconds. */
  readonly headersTimeoutMs: number;
  /** For the whole body of the response: one that drips runs out as well. */
  readonly bodyTimeoutMs: number;
  readonly largestBody: number;
}

export interface ExchangeRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  /** One connection for this exchange alone. */
  readonly alone: boolean;
  /** Asked once, with a connection at hand, directly before the first byte. */
  readonly mayStart: () => boolean;
}

class Stopped extends Error {
  constructor(readonly failure: SendFailure) {
    super(failure);
  }
}

const closedCodes = new Set([
  'UND_ERR_SOCKET',
  'ECONNRESET',
  'EPIPE',
  'ECONNABORTED',
  'UND_ERR_ABORTED',
  'UND_ERR_DESTROYED',
  'UND_ERR_CLOSED',
]);

const failureOf = (error: unknown): SendFailure => {
  if (error instanceof Stopped || error instanceof ConnectFailure) return error.failure;
  if (error instanceof errors.HTTPParserError || error instanceof errors.HeadersOverflowError)
    return 'unreadable_response';
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && closedCodes.has(code) ? 'connection_closed' : 'unknown_failure';
};

/** What undici tells about one request, turned into an Exchange. */
class Watch implements Dispatcher.DispatchHandler {
  private started = false;
  private status: number | undefined;
  private headers: ResponseHeaders = {};
  private readonly chunks: Buffer[] = [];
  private size = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly request: ExchangeRequest,
    private readonly limits: ExchangeLimits,
    private readonly finish: (exchange: Exchange) => void,
  ) {}

  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.started || !this.request.mayStart()) {
      controller.abort(new Stopped('permit_expired'));
      return;
    }
    this.started = true;
    this.expireAfter(this.limits.headersTimeoutMs, controller);
  }

  onResponseStart(controller: Dispatcher.DispatchController, status: number, headers: ResponseHeaders): void {
    if (status < 200) return;
    this.status = status;
    this.headers = headers;
    this.expireAfter(this.limits.bodyTimeoutMs, controller);
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.size += chunk.length;
    if (this.size > this.limits.largestBody) controller.abort(new Stopped('unreadable_response'));
    else this.chunks.push(chunk);
  }

  onResponseEnd(): void {
    if (this.status === undefined) this.end({ kind: 'broken', failure: 'unreadable_response' });
    else this.end({ kind: 'answered', status: this.status, headers: this.headers, body: Buffer.concat(this.chunks) });
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: unknown): void {
    this.fail(error);
  }

  fail(error: unknown): void {
    const failure = failureOf(error);
    if (!this.started) this.end({ kind: 'not-started', failure });
    else if (this.status === undefined) this.end({ kind: 'broken', failure });
    else this.end({ kind: 'broken', failure, status: this.status, headers: this.headers });
  }

  private expireAfter(milliseconds: number, controller: Dispatcher.DispatchController): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => controller.abort(new Stopped('response_timeout')), milliseconds);
  }

  private end(exchange: Exchange): void {
    clearTimeout(this.timer);
    this.finish(exchange);
  }
}

/** Never rejects: what cannot be told apart is `broken`. */
export const exchange = (dispatcher: Dispatcher, request: ExchangeRequest, limits: ExchangeLimits): Promise<Exchange> =>
  new Promise((resolve) => {
    const watch = new Watch(request, limits, resolve);
    try {
      dispatcher.dispatch(
        {
          method: request.method,
          path: request.path,
          headers: { ...request.headers },
          body: request.body ?? null,
          reset: request.alone,
          idempotent: false,
          headersTimeout: 0,
          bodyTimeout: 0,
        },
        watch,
      );
    } catch (error) {
      watch.fail(error);
    }
  });
