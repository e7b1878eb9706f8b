import type { z } from 'zod';
import { isProblemCode, problem, type RouteDefinition, type RouteName, routeOf, ROUTES } from '#libs/contracts';
import { Problem } from './problem.js';

/** How a client proves who it is. */
export type Proof =
  | { readonly kind: 'nobody' }
  | { readonly kind: 'key'; readonly secret: string }
  | { readonly kind: 'session'; readonly cookie: string };

type Sent<Name extends RouteName, Key extends 'params' | 'query' | 'body'> = (typeof ROUTES)[Name] extends {
  readonly [K in Key]: infer Schema extends z.ZodType;
}
  ? { readonly [K in Key]: z.input<Schema> }
  : { readonly [K in Key]?: never };

/** Only a query may be left out whole. */
type SentQuery<Name extends RouteName> = Partial<Sent<Name, 'query'>>;

interface Headers {
  /** Absent: a new one is made, and kept over the repetitions of this request. */
  readonly idempotencyKey?: string;
  /** The entity tag as it was read, with its quotes. */
  readonly ifMatch?: string;
}

/** What a route takes, as it goes over the wire. */
export type Asked<Name extends RouteName> = Sent<Name, 'params'> & SentQuery<Name> & Sent<Name, 'body'> & Headers;

/** What a route gives, as it came over the wire. */
export type Given<Name extends RouteName> = (typeof ROUTES)[Name] extends {
  readonly response: infer Schema extends z.ZodType;
}
  ? z.input<Schema>
  : undefined;

/** Routes whose answer is JSON; documents are read by their own media type. */
export type JsonRoute = {
  [Name in RouteName]: (typeof ROUTES)[Name] extends { readonly media: readonly string[] } ? never : Name;
}[RouteName];

/** Lists that come in pages. */
export type PagedRoute = {
  [Name in JsonRoute]: Given<Name> extends { readonly rows: readonly unknown[]; readonly next?: string | undefined }
    ? (typeof ROUTES)[Name] extends { readonly query: z.ZodType }
      ? Name
      : never
    : never;
}[JsonRoute];

type RowOf<Name extends PagedRoute> = Given<Name> extends { readonly rows: readonly (infer Row)[] } ? Row : never;

export interface GatewayClientOptions {
  /** Without a slash at its end. */
  readonly baseUrl: string;
  readonly proof?: Proof;
  readonly newIdempotencyKey: () => string;
  /** Milliseconds for one attempt; 30 seconds unless said. */
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

/** Answers after which the same request may be taken: nothing was refused for what it says. */
const PASSING: ReadonlySet<string> = new Set([
  'unreachable',
  'unavailable',
  'internal',
  'request_timeout',
  'idempotency_in_progress',
]);

/** A repetition changes nothing that the first one did not, by HTTP or under an idempotency key. */
const isRepeatable = ({ method, idempotent }: RouteDefinition): boolean => method !== 'POST' || idempotent === true;

interface Wire {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly body?: unknown;
  readonly idempotencyKey?: string;
  readonly ifMatch?: string;
}

/** What every `Asked` is, which the compiler cannot see while the route is a parameter. */
const wireOf = <Name extends RouteName>(asked: Asked<Name>): Wire => asked as Wire;

const targetOf = (path: string, { params = {}, query = {} }: Wire): string => {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => encodeURIComponent(params[name] ?? ''));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, value);
  return search.size === 0 ? filled : `${filled}?${search.toString()}`;
};

const headersOf = (proof: Proof, wire: Wire): Record<string, string> => ({
  accept: 'application/json, application/problem+json',
  ...(proof.kind === 'key' ? { authorization: `Bearer ${proof.secret}` } : {}),
  ...(proof.kind === 'session' ? { cookie: proof.cookie, 'sluice-request': '1' } : {}),
  ...(wire.body === undefined ? {} : { 'content-type': 'application/json' }),
  ...(wire.idempotencyKey === undefined ? {} : { 'idempotency-key': wire.idempotencyKey }),
  ...(wire.ifMatch === undefined ? {} : { 'if-match': wire.ifMatch }),
});

const problemOf = (status: number, body: unknown): Problem => {
  const read = problem.safeParse(body);
  if (!read.success || !isProblemCode(read.data.code)) return new Problem('unreadable_answer', { status });
  const { code, issues, correlation } = read.data;
  return new Problem(code, { status, issues, correlation });
};

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
    const needsKey = route.idempotent === true && asked.idempotencyKey === undefined;
    const wire: Wire = needsKey
      ? { ...wireOf(asked), idempotencyKey: this.options.newIdempotencyKey() }
      : wireOf(asked);
    const most = isRepeatable(route) ? (this.options.attempts ?? 3) : 1;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return (await this.#send(route, wire)) as GatewayAnswer<Name>;
      } catch (error) {
        if (!(error instanceof Problem) || attempt >= most || !PASSING.has(error.code)) throw error;
        await this.#pause(attempt);
      }
    }
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

  async #pause(attempt: number): Promise<void> {
    if (this.options.pause !== undefined) return this.options.pause(attempt);
    await new Promise((resolve) => setTimeout(resolve, 500 * 2 ** (attempt - 1)));
  }

  async #send(
    route: RouteDefinition,
    wire: Wire,
  ): Promise<{ readonly body: unknown; readonly headers: globalThis.Headers }> {
    let response: Response;
    let text: string;
    try {
      response = await fetch(`${this.options.baseUrl}${targetOf(route.path, wire)}`, {
        method: route.method,
        headers: headersOf(this.#proof, wire),
        redirect: 'error',
        signal: AbortSignal.timeout(this.options.timeoutMs ?? 30_000),
        ...(wire.body === undefined ? {} : { body: JSON.stringify(wire.body) }),
      });
      text = await response.text();
    } catch {
      throw new Problem('unreachable');
    }
    const body = jsonIn(text, response.status);
    if (!response.ok) throw problemOf(response.status, body);
    const schema = response.status === route.status ? route.response : undefined;
    if (route.response !== undefined && schema?.safeParse(body).success !== true)
      throw new Problem('unreadable_answer', { status: response.status });
    return { body, headers: response.headers };
  }
}

const jsonIn = (text: string, status: number): unknown => {
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Problem('unreadable_answer', { status });
  }
};
