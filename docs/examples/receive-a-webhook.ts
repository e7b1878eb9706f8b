import { createServer, type Server } from 'node:http';
import { verifyWebhook } from '#libs/client';
import type { WebhookMessage } from '#libs/contracts';

/** Takes messages in: believes what is signed, does each thing once, and answers at once. */
export const receiveWebhooks = (
  secret: string,
  take: (message: WebhookMessage) => void,
  clock: { readonly now: () => number },
): Server => {
  const taken = new Set<string>();
  return createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      const read = verifyWebhook(secret, { headers: request.headers, body, now: clock.now() });
      if (read.ok && !taken.has(read.value.id)) {
        taken.add(read.value.id);
        take(read.value.message);
      }
      response.writeHead(read.ok ? 204 : 400).end();
    });
  });
};
