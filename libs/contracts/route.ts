import type { z } from 'zod';
import type { Action } from './actions.js';

/** Media types of bodies and answers that are not JSON. */
export type MediaType = 'text/csv' | 'application/edi-x12' | 'application/pdf' | 'image/png' | 'image/jpeg';

/** One request that the gateway answers. The server, its guards and the OpenAPI document are all made from it. */
export interface RouteDefinition {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Members in braces are path parameters. */
  readonly path: `/v1/${string}`;
  /** The action that a role must allow; `signed-in` for anybody of the practice, `anybody` for no credential at all. */
  readonly access: Action | 'signed-in' | 'anybody';
  /** What somebody attests to or signs: an API key is refused with `person_required`, whatever its roles. */
  readonly personal?: true;
  /** For insurers, by their access tokens, and for nobody of the practice. */
  readonly audience?: 'insurer';
  readonly tag: string;
  readonly summary: string;
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  /** The body is not JSON but bytes of one of these media types. */
  readonly consumes?: readonly MediaType[];
  /** So many of them at most. */
  readonly bytes?: number;
  readonly status: 200 | 201 | 202 | 204;
  /** Absent where the answer has no body. */
  readonly response?: z.ZodType;
  /** The answer is a document as it was rendered, in the one of these media types that the request accepts best. */
  readonly media?: readonly string[];
  /** The answer, with 200, to `?validate=only`, which keeps nothing and needs no Idempotency-Key. */
  readonly validateOnly?: z.ZodType;
  /** Creates something: asks for an Idempotency-Key (IETF draft-ietf-httpapi-idempotency-key-header). */
  readonly idempotent?: true;
  /** The answer has an entity tag; with `required`, the request must repeat it in If-Match. */
  readonly entityTag?: 'given' | 'accepted' | 'required';
}

export const route = <const Route extends RouteDefinition>(definition: Route): Route => definition;
