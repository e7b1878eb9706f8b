import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Health, HealthReport } from '#libs/telemetry';

/** `/health/live`, `/health/ready` and `/metrics`, on loopback unless told otherwise. No client data. */
export const startHealth = async (
  worker: { readonly health: Health; readonly metricsText: () => Promise<string> },
  port: number,
): Promise<{ readonly port: number; close(): Promise<void> }> => {
  const server: Server = createServer((request, response) => {
    const answer = (status: number, body: string, type = 'application/json'): void => {
      response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
    };
    const report = (health: HealthReport): void => answer(health.status === 'ok' ? 200 : 503, JSON.stringify(health));
    switch (request.url) {
      case '/health/live':
        report(worker.health.live());
        return;
      case '/health/ready':
        void worker.health.ready().then(report);
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
