import type { RouteName } from '#libs/contracts';
import type { Asked, FileSent } from './exchanges.js';

/** How a client proves who it is. */
export type Proof =
  | { readonly kind: 'nobody' }
  | { readonly kind: 'key'; readonly secret: string }
  | { readonly kind: 'session'; readonly cookie: string };

export interface Wire {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly body?: unknown;
  readonly file?: FileSent;
  readonly idempotencyKey?: string;
  readonly ifMatch?: string;
  /** Media types that the answer may have. */
  readonly accept?: string;
}

/** What every `Asked` is, which the compiler cannot see while the route is a parameter. */
export const wireOf = <Name extends RouteName>(asked: Asked<Name>): Wire => asked as Wire;

export const targetOf = (path: string, { params = {}, query = {} }: Wire): string => {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => encodeURIComponent(params[name] ?? ''));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, value);
  return search.size === 0 ? filled : `${filled}?${search.toString()}`;
};

const typeOf = ({ body, file }: Wire): string | undefined => file?.type ?? (body === undefined ? undefined : JSON_TYPE);

const JSON_TYPE = 'application/json';

export const headersOf = (proof: Proof, wire: Wire): Record<string, string> => {
  const type = typeOf(wire);
  return {
    accept: `${wire.accept ?? JSON_TYPE}, application/problem+json`,
    ...(proof.kind === 'key' ? { authorization: `Bearer ${proof.secret}` } : {}),
    ...(proof.kind === 'session' ? { cookie: proof.cookie, 'sluice-request': '1' } : {}),
    ...(type === undefined ? {} : { 'content-type': type }),
    ...(wire.idempotencyKey === undefined ? {} : { 'idempotency-key': wire.idempotencyKey }),
    ...(wire.ifMatch === undefined ? {} : { 'if-match': wire.ifMatch }),
  };
};

export const bodyOf = ({ body, file }: Wire): RequestInit => {
  if (file !== undefined) return { body: file.open(), duplex: 'half' };
  return body === undefined ? {} : { body: JSON.stringify(body) };
};
