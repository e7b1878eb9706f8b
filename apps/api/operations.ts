import type { FastifyInstance } from 'fastify';
import { openApiDocument } from '#libs/contracts';
import type { ApiDependencies } from './dependencies.js';

/** What operators and tools ask. None of it knows a client. */
export const serveOperations = (
  server: FastifyInstance,
  { health, metrics }: Pick<ApiDependencies, 'health' | 'metrics'>,
): void => {
  const document = JSON.stringify(openApiDocument());

  server.get('/health/live', () => health.live());

  server.get('/health/ready', async (_request, reply) => {
    const report = await health.ready();
    return reply.status(report.status === 'ok' ? 200 : 503).send(report);
  });

  server.get('/metrics', async (_request, reply) => {
    void reply.type(metrics.contentType);
    return metrics.text();
  });

  server.get('/openapi.json', (_request, reply) => {
    void reply.type('application/json; charset=utf-8').send(document);
  });
};
