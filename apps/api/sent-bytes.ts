import { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import { ProblemError } from './problem-error.js';

/** The body of a request to a route that takes bytes, as it comes. */
export const bytesIn = ({ body }: FastifyRequest): AsyncIterable<Uint8Array> => {
  if (!(body instanceof Readable)) throw new ProblemError('unsupported_media_type');
  return body;
};
