import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

export interface Reply {
  readonly status: number;
  readonly mediaType: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export const jsonReply = (status: number, value: unknown): Reply => ({
  status,
  mediaType: 'application/json',
  body: JSON.stringify(value),
});

/** A refusal says what rule was broken, never what was sent. */
export const refusal = (status: number, code: string): Reply => jsonReply(status, { code });

/** What a misconfigured proxy in front of an insurer says. */
export const nonsense: Reply = {
  status: 200,
  mediaType: 'text/html',
  body: '<!doctype html><html><body><h1>It works!</h1></body></html>',
};

const headersOf = (reply: Reply): Record<string, string | number> => ({
  'content-type': reply.mediaType,
  'content-length': Buffer.byteLength(reply.body),
  'cache-control': 'no-store',
  ...reply.headers,
});

export const send = (response: ServerResponse, reply: Reply): void => {
  if (response.destroyed || response.headersSent) return;
  response.writeHead(reply.status, headersOf(reply)).end(reply.body);
};

/** Sends after a while; the timer keeps no process alive and is dropped with the connection. */
export const sendLater = (response: ServerResponse, reply: Reply, delayMs: number): void => {
  const timer = setTimeout(() => send(response, reply), delayMs).unref();
  response.once('close', () => clearTimeout(timer));
};

/** Sends the body one byte at a time. */
export const sendDripping = (response: ServerResponse, reply: Reply, everyMs: number): void => {
  const bytes = Buffer.from(reply.body, 'utf8');
  let sent = 0;
  response.writeHead(reply.status, headersOf(reply)).flushHeaders();
  const timer = setInterval(() => {
    if (sent < bytes.length) response.write(bytes.subarray(sent, ++sent));
    if (sent < bytes.length) return;
    clearInterval(timer);
    response.end();
  }, everyMs).unref();
  response.once('close', () => clearInterval(timer));
};

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Compares in constant time, whatever the lengths. */
export const carriesToken = (request: IncomingMessage, token: string): boolean =>
  timingSafeEqual(digest(request.headers.authorization ?? ''), digest(`Bearer ${token}`));
