import { type DryRunOutput, isProblemCode, problem, type RouteDefinition, routeOf } from '#libs/contracts';
import type { Asked, DryRoute, Given, JsonRoute, MediaRoute, PagedRoute, RowOf } from './exchanges.js';
import { Problem } from './problem.js';
import { bodyOf, headersOf, type Proof, targetOf, type Wire, wireOf } from './wire.js';

export interface GatewayClientOptions {
  /** Without a slash at its end. */
  readonly baseUrl: string;
  readonly proof?: Proof;
  readonly newIdempotencyKey: () => string;
  /** Milliseconds for one attempt; 30 seconds unless said, and for a file as long as the gateway gives it. */
  readonly timeoutMs?: number;
  /** Attempts in all where a repetition is safe; 3 unless said. */
  readonly attempts?: number;
  /** Waits between attempts, in milliseconds; doubling from half a second unless said. */
  readonly pause?: (attempt: number) => Promise<void>;
}

export interface GatewayAnswer<Name extends JsonRoute> {
  readonly body: Given<Name>;
  readonly headers: globalThis.Headers;
}

/** A document as it was rendered, or as somebody attached it. */
export interface Downloaded {
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/** Answers after which the same request may be taken: nothing was refused for what it says. */
const PASSING: ReadonlySet<string> = new Set([
  'unreachable',
  'unavailable',
  'internal',
  'request_timeout',
  'idempotency_in_progress',
]);

const TIMEOUT_MS = 30_000;
const FILE_TIMEOUT_MS = 15 * 60_000;

/** A repetition changes nothing that the first one did not, by HTTP or under an idempotency key. */
const isRepeatable = ({ method, idempotent }: RouteDefinition): boolean => method !== 'POST' || idempotent === true;

const problemOf = (status: number, body: unknown): Problem => {
  const read = problem.safeParse(body);
  if (!read.success || !isProblemCode(read.data.code)) return new Problem('unreadable_answer', { status });
  const { code, issues, correlation } = read.data;
  return new Problem(code, { status, issues, correlation });
};

interface Answered {
  readonly response: Response;
  readonly bytes: Uint8Array;
}

/** Speaks `/v1` of one gateway, as one person or program, by the table of routes that the gateway answers by. */
export class GatewayClient {
  readonly #proof: Proof;

  constructor(private readonly options: GatewayClientOptions) {
    this.#proof = options.proof ?? { kind: 'nobody' };
  }

  /** The body of the answer, held to the contract. Throws `Problem` for anything else. */
  async ask<Name extends JsonRoute>(name: Name, asked: Asked<Name>): Promise<Given<Name>> {
    return (await this.exchange(name, asked)).body;
  }

  /** The same with the headers: the entity tag that an edit must repeat, the cookie of a session. */
  async exchange<Name extends JsonRoute>(name: Name, asked: Asked<Name>): Promise<GatewayAnswer<Name>> {
    const route = routeOf(name);
    const { response, bytes } = await this.#persistently(route, this.#keyed(route, wireOf(asked)));
    const body = jsonIn(bytes, response.status);
    const schema = response.status === route.status ? route.response : undefined;
    if (route.response !== undefined && schema?.safeParse(body).success !== true)
      throw new Problem('unreadable_answer', { status: response.status });
    // The contract has just been held against it.
    return { body: body as Given<Name>, headers: response.headers };
  }

  /** What would become of a submission (`?validate=only`). Nothing is kept, so that no key is needed. */
  async tryOut<Name extends DryRoute>(name: Name, asked: Asked<Name>): Promise<DryRunOutput<Name>> {
    const route = routeOf(name);
    const wire = wireOf(asked);
    const { response, bytes } = await this.#persistently(route, {
      ...wire,
      query: { ...wire.query, validate: 'only' },
    });
    const body = jsonIn(bytes, response.status);
    if (route.validateOnly?.safeParse(body).success !== true)
      throw new Problem('unreadable_answer', { status: response.status });
    // The contract has just been held against it.
    return body as DryRunOutput<Name>;
  }

  /** The document that a route gives; `mediaType`: one of those in which it can be had, else its first. */
  async download<Name extends MediaRoute>(name: Name, asked: Asked<Name>, mediaType?: string): Promise<Downloaded> {
    const route = routeOf(name);
    const accept = mediaType ?? route.media?.join(', ') ?? '*/*';
    const { response, bytes } = await this.#persistently(route, { ...wireOf(asked), accept });
    const type = response.headers.get('content-type')?.split(';')[0]?.trim() ?? '';
    if (route.media?.includes(type) !== true) throw new Problem('unreadable_answer', { status: response.status });
    return { mediaType: type, bytes };
  }

  /** Every row of a list, page after page as they are needed. */
  async *all<Name extends PagedRoute>(name: Name, asked: Asked<Name>): AsyncGenerator<RowOf<Name>, void, undefined> {
    const wire = wireOf(asked);
    let after: string | undefined;
    do {
      const query = { ...wire.query, ...(after === undefined ? {} : { after }) };
      const page = (await this.exchange(name, { ...wire, query } as Asked<Name>)).body as {
        readonly rows: readonly RowOf<Name>[];
        readonly next?: string;
      };
      yield* page.rows;
      after = page.next;
    } while (after !== undefined);
  }

  #keyed(route: RouteDefinition, wire: Wire): Wire {
    return route.idempotent === true && wire.idempotencyKey === undefined
      ? { ...wire, idempotencyKey: this.options.newIdempotencyKey() }
      : wire;
  }

  async #persistently(route: RouteDefinition, wire: Wire): Promise<Answered> {
    const most = isRepeatable(route) ? (this.options.attempts ?? 3) : 1;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#send(route, wire);
      } catch (error) {
        if (!(error instanceof Problem) || attempt >= most || !PASSING.has(error.code)) throw error;
        await this.#pause(attempt);
      }
    }
  }

  async #pause(attempt: number): Promise<void> {
    if (this.options.pause !== undefined) return this.options.pause(attempt);
    await new Promise((resolve) => setTimeout(resolve, 500 * 2 ** (attempt - 1)));
  }

  async #send(route: RouteDefinition, wire: Wire): Promise<Answered> {
    const patience = wire.file === undefined ? TIMEOUT_MS : FILE_TIMEOUT_MS;
    let answered: Answered;
    try {
      const response = await fetch(`${this.options.baseUrl}${targetOf(route.path, wire)}`, {
        method: route.method,
        headers: headersOf(this.#proof, wire),
        redirect: 'error',
        signal: AbortSignal.timeout(this.options.timeoutMs ?? patience),
        ...bodyOf(wire),
      });
      answered = { response, bytes: new Uint8Array(await response.arrayBuffer()) };
    } catch {
      throw new Problem('unreachable', { address: this.options.baseUrl });
    }
    const { response, bytes } = answered;
    if (!response.ok) throw problemOf(response.status, jsonIn(bytes, response.status));
    return answered;
  }
}

const jsonIn = (bytes: Uint8Array, status: number): unknown => {
  if (bytes.length === 0) return undefined;
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as unknown;
  } catch {
    throw new Problem('unreadable_answer', { status });
  }
};
