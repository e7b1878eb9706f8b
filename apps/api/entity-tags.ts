import type { FastifyRequest } from 'fastify';
import { headerOf } from './headers.js';
import { ProblemError } from './problem-error.js';

export const quoted = (tag: string): string => `"${tag}"`;

export const versionTag = (version: number): string => quoted(`v${version}`);

/** The entity tag in If-Match, without quotes. `*` and lists are not taken: one edits what one has read. */
const tagIn = (request: FastifyRequest): string | undefined => {
  const header = headerOf(request, 'if-match');
  if (header === undefined) return undefined;
  const tag = /^"([\x21\x23-\x7e]{1,100})"$/.exec(header)?.[1];
  if (tag === undefined) throw new ProblemError('precondition_failed');
  return tag;
};

/** The tag that a change is about, if the request says one. */
export const acceptedTag = (request: FastifyRequest): { readonly tag?: string } => {
  const tag = tagIn(request);
  return tag === undefined ? {} : { tag };
};

export const requiredTag = (request: FastifyRequest): string => {
  const tag = tagIn(request);
  if (tag === undefined) throw new ProblemError('precondition_required');
  return tag;
};

const versionIn = (tag: string): number => {
  const version = /^v(\d{1,9})$/.exec(tag)?.[1];
  if (version === undefined) throw new ProblemError('precondition_failed');
  return Number(version);
};

/** The version that a change is about. */
export const requiredVersion = (request: FastifyRequest): number => versionIn(requiredTag(request));

/** The version that a change is about, if the request says one. */
export const acceptedVersion = (request: FastifyRequest): { readonly version?: number } => {
  const tag = tagIn(request);
  if (tag === undefined) return {};
  return { version: versionIn(tag) };
};
