import { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import { ProblemError } from './problem-error.js';

/** The body of a request to a route that takes bytes, as it comes. */
export const bytesIn = ({ body }: FastifyRequest): AsyncIterable<Uint8Array> => {
  if (!(body instanceof Readable)) throw new ProblemError('unsupported_media_type');
  return body;
};

/** The same in whole. `body_too_large`, without reading on. */
export const allBytesIn = async (request: FastifyRequest, most: number): Promise<Uint8Array> => {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of bytesIn(request)) {
    size += part.length;
    if (size > most) throw new ProblemError('body_too_large');
    parts.push(part);
  }
  return Buffer.concat(parts);
};
