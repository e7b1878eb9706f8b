import type { IssueView, ProblemCode, RouteName, ROUTES } from '#libs/contracts';

type Table = typeof ROUTES;

/** `GET /v1/clients/{id}`: how a route is named in the console. The compiler knows which there are. */
export type RouteKey = { [Name in RouteName]: `${Table[Name]['method']} ${Table[Name]['path']}` }[RouteName];

type RouteOf<Key extends RouteKey> = {
  [Name in RouteName]: `${Table[Name]['method']} ${Table[Name]['path']}` extends Key ? Table[Name] : never;
}[RouteName];

/** What a schema takes, as it goes over the wire. */
type Wire<Schema> = Schema extends { readonly _zod: { readonly input: infer Input } } ? Input : never;

type Part<Key extends RouteKey, Name extends 'params' | 'body'> =
  RouteOf<Key> extends { readonly [K in Name]: infer Schema } ? { readonly [K in Name]: Wire<Schema> } : unknown;

type QueryPart<Key extends RouteKey> =
  RouteOf<Key> extends { readonly query: infer Schema } ? { readonly query?: Wire<Schema> } : unknown;

interface Headers {
  /** The same for every repetition of one intent, so that the gateway does it once. */
  readonly idempotencyKey?: string;
  /** The entity tag as it was read. */
  readonly ifMatch?: string;
  readonly signal?: AbortSignal;
}

/** What a route takes. */
export type Asked<Key extends RouteKey> = Part<Key, 'params'> & Part<Key, 'body'> & QueryPart<Key> & Headers;

/** What somebody brought, as it is: the gateway holds it to the contract, and says what is wrong with it place by place. */
export class Unchecked {
  constructor(private readonly brought: unknown) {}

  toJSON(): unknown {
    return this.brought;
  }
}

/** The same with a body that somebody brought. */
export type AskedAsIs<Key extends RouteKey> = Omit<Asked<Key>, 'body'> & { readonly body: Unchecked };

/** What a route answers. */
export type Given<Key extends RouteKey> =
  RouteOf<Key> extends { readonly response: infer Schema } ? Wire<Schema> : undefined;

/** What a route answers to `?validate=only`. */
export type Rehearsed<Key extends RouteKey> =
  RouteOf<Key> extends { readonly validateOnly: infer Schema } ? Wire<Schema> : never;

/** Why a request was not done: a code of the gateway, or that it was not reached. It never holds a value of the request. */
export class AskFailure extends Error {
  readonly code: ProblemCode | 'unreachable' | 'unreadable';
  readonly status: number;
  readonly title: string;
  readonly issues: readonly IssueView[];
  readonly correlation: string | undefined;

  constructor(problem: {
    readonly code: AskFailure['code'];
    readonly status?: number;
    readonly title?: string;
    readonly issues?: readonly IssueView[];
    readonly correlation?: string;
  }) {
    super(problem.code);
    this.name = 'AskFailure';
    this.code = problem.code;
    this.status = problem.status ?? 0;
    this.title = problem.title ?? '';
    this.issues = problem.issues ?? [];
    this.correlation = problem.correlation;
  }
}

/** Whoever must know that the session is over. */
let onSignedOut: () => void = () => undefined;

export const whenSignedOut = (listener: () => void): void => {
  onSignedOut = listener;
};

let begun = 0;

/** A session was found to be there. That an older one is over, said late, ends nothing any more. */
export const sessionBegins = (): void => {
  begun += 1;
};

/** In which session something is asked. */
export const sessionNow = (): number => begun;

interface Loose {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly body?: unknown;
}

export const targetOf = (key: RouteKey, { params = {}, query = {} }: Loose): { method: string; url: string } => {
  const [method = 'GET', path = ''] = key.split(' ');
  const filled = path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => encodeURIComponent(params[name] ?? ''));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined && value !== '') search.set(name, value);
  return { method, url: search.size === 0 ? filled : `${filled}?${search.toString()}` };
};

const failureOf = async (answer: Response): Promise<AskFailure> => {
  try {
    const problem = (await answer.json()) as Partial<AskFailure>;
    if (typeof problem.code === 'string')
      return new AskFailure({
        code: problem.code,
        status: answer.status,
        title: problem.title ?? '',
        issues: problem.issues ?? [],
        ...(problem.correlation === undefined ? {} : { correlation: problem.correlation }),
      });
  } catch {
    // Not ours, and so not read.
  }
  return new AskFailure({ code: 'unreadable', status: answer.status });
};

const headersOf = (asked: Loose & Headers, method: string): Record<string, string> => ({
  accept: 'application/json, application/problem+json',
  ...(method === 'GET' ? {} : { 'sluice-request': '1' }),
  ...(asked.body === undefined || asked.body instanceof Blob ? {} : { 'content-type': 'application/json' }),
  ...(asked.body instanceof Blob ? { 'content-type': asked.body.type } : {}),
  ...(asked.idempotencyKey === undefined ? {} : { 'idempotency-key': asked.idempotencyKey }),
  ...(asked.ifMatch === undefined ? {} : { 'if-match': asked.ifMatch }),
});

const bodyOf = (body: unknown): { readonly body?: BodyInit } => {
  if (body === undefined) return {};
  return { body: body instanceof Blob ? body : JSON.stringify(body) };
};

/** An answer that is none of success is thrown as `AskFailure`; `session` is that in which it was asked for. */
export const answered = async (answer: Response, session: number): Promise<Response> => {
  if (answer.ok) return answer;
  const failure = await failureOf(answer);
  if (failure.code === 'not_signed_in' && session === begun) onSignedOut();
  throw failure;
};

/** The answer itself, for what is not JSON. Throws `AskFailure`. */
export const fetchRoute = async <Key extends RouteKey>(
  key: Key,
  asked: Omit<Asked<Key>, 'body'> & { readonly body?: unknown; readonly accept?: string },
): Promise<Response> => {
  const loose = asked as Loose & Headers & { readonly accept?: string };
  const { method, url } = targetOf(key, loose);
  const session = sessionNow();
  let answer: Response;
  try {
    answer = await fetch(url, {
      method,
      headers: { ...headersOf(loose, method), ...(loose.accept === undefined ? {} : { accept: loose.accept }) },
      credentials: 'same-origin',
      redirect: 'error',
      ...bodyOf(loose.body),
      ...(loose.signal === undefined ? {} : { signal: loose.signal }),
    });
  } catch (error) {
    if (loose.signal?.aborted === true) throw error;
    throw new AskFailure({ code: 'unreachable' });
  }
  return answered(answer, session);
};

/** What an answer holds. Whatever stands between may answer in place of the gateway, and call it success. */
export const readJson = async (answer: Response): Promise<unknown> => {
  try {
    return await answer.json();
  } catch (error) {
    if (error instanceof DOMException) throw error;
    throw new AskFailure(
      error instanceof SyntaxError ? { code: 'unreadable', status: answer.status } : { code: 'unreachable' },
    );
  }
};

/** Asks the gateway. What comes back is what the contract says, for the gateway holds its own answers to it. */
export const ask = async <Key extends RouteKey>(key: Key, asked: Asked<Key> | AskedAsIs<Key>): Promise<Given<Key>> => {
  const answer = await fetchRoute(key, asked);
  return (answer.status === 204 ? undefined : await readJson(answer)) as Given<Key>;
};

/** The same with the entity tag that an edit must repeat. */
export const askTagged = async <Key extends RouteKey>(
  key: Key,
  asked: Asked<Key>,
): Promise<{ readonly body: Given<Key>; readonly tag: string | undefined }> => {
  const answer = await fetchRoute(key, asked);
  return { body: (await readJson(answer)) as Given<Key>, tag: answer.headers.get('etag') ?? undefined };
};

/** Asks what would come of it; nothing is kept. */
export const rehearse = async <Key extends RouteKey>(key: Key, asked: Asked<Key>): Promise<Rehearsed<Key>> => {
  const loose = asked as Asked<Key> & Loose;
  const answer = await fetchRoute(key, { ...loose, query: { ...loose.query, validate: 'only' } });
  return (await readJson(answer)) as Rehearsed<Key>;
};
