import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { OpenWorker } from './open-worker.js';

/** `/health/live`, `/health/ready` and `/metrics`, on loopback unless told otherwise. No client data. */
export const startHealth = async (
  worker: OpenWorker,
  port: number,
): Promise<{ readonly port: number; close(): Promise<void> }> => {
  const server: Server = createServer((request, response) => {
    const answer = (status: number, body: string, type = 'application/json'): void => {
      response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
    };
    switch (request.url) {
      case '/health/live':
        answer(200, '{"status":"live"}');
        return;
      case '/health/ready':
        void worker
          .isReady()
          .then((ready) =>
            answer(ready ? 200 : 503, JSON.stringify({ status: ready ? 'ready' : 'not-ready', pid: process.pid })),
          );
        return;
      case '/metrics':
        void worker.metricsText().then(
          (text) => answer(200, text, 'text/plain; version=0.0.4'),
          () => answer(500, ''),
        );
        return;
      default:
        answer(404, '');
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
};
