import { Readable } from 'node:stream';
import type { z } from 'zod';
import type { RouteDefinition } from '#libs/contracts';
import { issue, type Issue } from '#libs/kernel';
import { CURSOR_PLACE } from './paging.js';
import { ProblemError } from './problem-error.js';
import { issuesOf } from './schema-issues.js';

interface Given {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** An id that cannot be one names nothing, like one that nobody has. */
const readParams = (schema: z.ZodType | undefined, params: unknown): unknown => {
  if (schema === undefined) return undefined;
  const read = schema.safeParse(params);
  if (!read.success) throw new ProblemError('not_found');
  return read.data;
};

/** A cursor is opaque: whatever is wrong with one, no list gave it. */
const problemOfQuery = (issues: readonly Issue[]): ProblemError =>
  issues.every(({ path }) => path === CURSOR_PLACE)
    ? new ProblemError('cursor_invalid', { issues: [issue('cursor_invalid', CURSOR_PLACE)] })
    : new ProblemError('invalid_request', { issues });

const readQuery = (schema: z.ZodType | undefined, query: unknown): unknown => {
  const given: Readonly<Record<string, unknown>> = { ...(typeof query === 'object' ? query : {}) };
  if (schema === undefined) {
    if (Object.keys(given).length > 0)
      throw new ProblemError('invalid_request', { issues: [issue('unknown_member', '?')] });
    return undefined;
  }
  const read = schema.safeParse(given);
  if (!read.success) throw problemOfQuery(issuesOf(read.error, given, '?'));
  return read.data;
};

const readBody = (schema: z.ZodType | undefined, body: unknown): unknown => {
  if (schema === undefined) {
    if (body !== undefined && body !== null)
      throw new ProblemError('invalid_request', { issues: [issue('body_not_expected', '')] });
    return undefined;
  }
  if (body === undefined) throw new ProblemError('invalid_request', { issues: [issue('required', '')] });
  const read = schema.safeParse(body);
  if (!read.success) throw new ProblemError('invalid_request', { issues: issuesOf(read.error, body) });
  return read.data;
};

/** What comes as bytes is for its handler to read; no other route gets any. */
const holdToMedia = ({ consumes }: RouteDefinition, { body, headers }: Given): void => {
  const isBytes = body instanceof Readable;
  const [type = ''] = String(headers['content-type']).toLowerCase().split(';');
  if (isBytes ? !consumes?.some((one) => one === type) : consumes !== undefined)
    throw new ProblemError('unsupported_media_type');
};

/** Everything of a request that its route takes, and a problem for anything else. */
export const readInput = (route: RouteDefinition, given: Given) => {
  holdToMedia(route, given);
  return inputOf(route, given);
};

const inputOf = (route: RouteDefinition, given: Given) => ({
  params: readParams(route.params, given.params),
  query: readQuery(route.query, given.query),
  body: route.consumes === undefined ? readBody(route.body, given.body) : undefined,
});
