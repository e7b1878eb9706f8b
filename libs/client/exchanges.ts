import type { z } from 'zod';
import type { DryRunOutput, RouteName, ROUTES } from '#libs/contracts';

/** Bytes in place of a JSON body. They are opened anew for every attempt. */
export interface FileSent<Type extends string = string> {
  readonly type: Type;
  readonly open: () => AsyncIterable<Uint8Array>;
}

type Sent<Name extends RouteName, Key extends 'params' | 'query' | 'body'> = (typeof ROUTES)[Name] extends {
  readonly [K in Key]: infer Schema extends z.ZodType;
}
  ? { readonly [K in Key]: z.input<Schema> }
  : { readonly [K in Key]?: never };

/** Only a query may be left out whole. */
type SentQuery<Name extends RouteName> = Partial<Sent<Name, 'query'>>;

type SentFile<Name extends RouteName> = (typeof ROUTES)[Name] extends {
  readonly consumes: readonly (infer Type extends string)[];
}
  ? { readonly file: FileSent<Type> }
  : { readonly file?: never };

interface Headers {
  /** Absent: a new one is made, and kept over the repetitions of this request. */
  readonly idempotencyKey?: string;
  /** The entity tag as it was read, with its quotes. */
  readonly ifMatch?: string;
}

/** What a route takes, as it goes over the wire. */
export type Asked<Name extends RouteName> = Sent<Name, 'params'> &
  SentQuery<Name> &
  Sent<Name, 'body'> &
  SentFile<Name> &
  Headers;

/** What a route gives, as it came over the wire. */
export type Given<Name extends RouteName> = (typeof ROUTES)[Name] extends {
  readonly response: infer Schema extends z.ZodType;
}
  ? z.input<Schema>
  : undefined;

/** Routes whose answer is a document in its own media type. */
export type MediaRoute = {
  [Name in RouteName]: (typeof ROUTES)[Name] extends { readonly media: readonly string[] } ? Name : never;
}[RouteName];

/** Routes whose answer is JSON. */
export type JsonRoute = Exclude<RouteName, MediaRoute>;

/** Submissions that can be tried without keeping anything. */
export type DryRoute = {
  [Name in JsonRoute]: DryRunOutput<Name> extends undefined ? never : Name;
}[JsonRoute];

/** Lists that come in pages. */
export type PagedRoute = {
  [Name in JsonRoute]: Given<Name> extends { readonly rows: readonly unknown[]; readonly next?: string | undefined }
    ? (typeof ROUTES)[Name] extends { readonly query: z.ZodType }
      ? Name
      : never
    : never;
}[JsonRoute];

export type RowOf<Name extends PagedRoute> =
  Given<Name> extends { readonly rows: readonly (infer Row)[] } ? Row : never;
