import type { IncomingMessage } from 'node:http';

/** Bytes; a larger body is answered 413. */
export const LARGEST_BODY = 2 * 1024 * 1024;

export type RequestBody =
  | { readonly kind: 'whole'; readonly bytes: Buffer }
  | { readonly kind: 'too-large' }
  /** The sender went away; what had come by then was disclosed all the same. */
  | { readonly kind: 'broken'; readonly bytes: Buffer };

/** Reads a request to its end, to the cap, or to the point where the sender broke off; it never rejects. */
export const readBody = (request: IncomingMessage): Promise<RequestBody> =>
  new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const settle = (body: RequestBody): void => {
      request.off('data', take);
      resolve(body);
    };
    const take = (chunk: Buffer): void => {
      length += chunk.length;
      if (length <= LARGEST_BODY) chunks.push(chunk);
      else {
        settle({ kind: 'too-large' });
        request.resume();
      }
    };
    if (Number(request.headers['content-length'] ?? 0) > LARGEST_BODY) {
      settle({ kind: 'too-large' });
      request.resume();
      return;
    }
    request.on('data', take);
    request.once('end', () => settle({ kind: 'whole', bytes: Buffer.concat(chunks) }));
    request.once('error', () => settle({ kind: 'broken', bytes: Buffer.concat(chunks) }));
    request.once('close', () => settle({ kind: 'broken', bytes: Buffer.concat(chunks) }));
  });
