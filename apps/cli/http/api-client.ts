import { z } from 'zod';
import { type DryRunOutput, type MediaType, type RouteName, routeOf, type RouteOutput } from '#libs/contracts';
import { failed, issue, type Issue, ok, type Result } from '#libs/kernel';

/** How a client proves who it is. */
export type Proof =
  | { readonly kind: 'nobody' }
  | { readonly kind: 'key'; readonly secret: string }
  | { readonly kind: 'session'; readonly cookie: string };

export interface Asked {
  /** Path parameters by name. */
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly idempotencyKey?: string;
  /** Bytes in place of a JSON body, read once. */
  readonly file?: { readonly type: MediaType; readonly bytes: AsyncIterable<Uint8Array> };
}

const TIMEOUT_MS = 30_000;
/** As long as the gateway gives a file. */
const FILE_TIMEOUT_MS = 15 * 60_000;

/** As much of a problem (RFC 9457) as is shown. */
const problem = z.looseObject({
  code: z.string().max(120),
  issues: z
    .array(z.looseObject({ code: z.string().max(120), path: z.string().max(300), fix: z.string().max(500).optional() }))
    .default([]),
});

const headersOf = (proof: Proof, asked: Asked): Record<string, string> => ({
  ...(proof.kind === 'key' ? { authorization: `Bearer ${proof.secret}` } : {}),
  ...(proof.kind === 'session' ? { cookie: proof.cookie, 'sluice-request': '1' } : {}),
  ...(asked.body === undefined ? {} : { 'content-type': 'application/json' }),
  ...(asked.file === undefined ? {} : { 'content-type': asked.file.type }),
  ...(asked.idempotencyKey === undefined ? {} : { 'idempotency-key': asked.idempotencyKey }),
});

const targetOf = (path: string, { params = {}, query = {} }: Asked): string => {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => encodeURIComponent(params[name] ?? ''));
  const search = new URLSearchParams(query).toString();
  return search === '' ? filled : `${filled}?${search}`;
};

const problemsIn = (status: number, body: unknown): readonly Issue[] => {
  const read = problem.safeParse(body);
  if (!read.success) return [issue('api.unreadable-answer', String(status))];
  const { code, issues } = read.data;
  if (issues.length === 0) return [issue(code, '')];
  return issues.map((one) => issue(one.code, one.path, one.fix));
};

/** Speaks to one gateway as one person or program. Answers are held to the contract; anything else is no answer. */
export class ApiClient {
  constructor(
    readonly baseUrl: string,
    private readonly proof: Proof = { kind: 'nobody' },
  ) {}

  /**
   * Sends one request. Codes: `api.unreachable`, `api.unreadable-answer`, or those of the problem that the gateway gave,
   * with its paths.
   */
  async ask<Name extends RouteName>(name: Name, asked: Asked = {}): Promise<Result<RouteOutput<Name>>> {
    const answered = await this.send(name, asked);
    return answered.ok ? ok(answered.value.body) : answered;
  }

  /** What would become of a submission: `?validate=only`. Nothing is kept. */
  async dryRun<Name extends RouteName>(name: Name, asked: Asked): Promise<Result<DryRunOutput<Name>>> {
    const schema = routeOf(name).validateOnly;
    const sent = await this.exchange(name, { ...asked, query: { ...asked.query, validate: 'only' } });
    if (!sent.ok) return sent;
    const { body } = sent.value;
    if (!schema?.safeParse(body).success) return failed(issue('api.unreadable-answer', routeOf(name).path));
    // The contract has just been held against it.
    return ok(body as DryRunOutput<Name>);
  }

  async signIn(credentials: { readonly signIn: string; readonly password: string }): Promise<Result<ApiClient>> {
    const answered = await this.send('signIn', { body: credentials });
    if (!answered.ok) return answered;
    const [cookie] = answered.value.cookies[0]?.split(';') ?? [];
    if (cookie === undefined) return failed(issue('api.unreadable-answer', 'set-cookie'));
    return ok(new ApiClient(this.baseUrl, { kind: 'session', cookie }));
  }

  private async send<Name extends RouteName>(
    name: Name,
    asked: Asked,
  ): Promise<Result<{ readonly body: RouteOutput<Name>; readonly cookies: readonly string[] }>> {
    const route = routeOf(name);
    const sent = await this.exchange(name, asked);
    if (!sent.ok) return sent;
    const { body, cookies } = sent.value;
    if (route.response !== undefined && !route.response.safeParse(body).success) {
      return failed(issue('api.unreadable-answer', `${route.method} ${route.path}`));
    }
    // The contract has just been held against it.
    return ok({ body: body as RouteOutput<Name>, cookies });
  }

  private async exchange(
    name: RouteName,
    asked: Asked,
  ): Promise<Result<{ readonly body: unknown; readonly cookies: readonly string[] }>> {
    const route = routeOf(name);
    let response: Response;
    let body: unknown;
    try {
      response = await fetch(`${this.baseUrl}${targetOf(route.path, asked)}`, {
        method: route.method,
        headers: headersOf(this.proof, asked),
        redirect: 'error',
        signal: AbortSignal.timeout(asked.file === undefined ? TIMEOUT_MS : FILE_TIMEOUT_MS),
        ...(asked.body === undefined ? {} : { body: JSON.stringify(asked.body) }),
        ...(asked.file === undefined ? {} : { body: asked.file.bytes, duplex: 'half' }),
      });
      const text = await response.text();
      body = text === '' ? undefined : (JSON.parse(text) as unknown);
    } catch (error) {
      return failed(issue(error instanceof SyntaxError ? 'api.unreadable-answer' : 'api.unreachable', this.baseUrl));
    }
    if (!response.ok) return failed(...problemsIn(response.status, body));
    return ok({ body, cookies: response.headers.getSetCookie() });
  }
}
