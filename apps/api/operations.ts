import type { FastifyInstance } from 'fastify';
import { openApiDocument } from '#libs/contracts';
import type { ApiDependencies } from './dependencies.js';
import { ProblemError } from './problem-error.js';
import { sendProblem } from './send-problem.js';

/** What operators and tools ask. None of it knows a client. */
export const serveOperations = (
  server: FastifyInstance,
  { isReady, metrics }: Pick<ApiDependencies, 'isReady' | 'metrics'>,
): void => {
  const document = JSON.stringify(openApiDocument());

  server.get('/health/live', () => ({ status: 'ok' }));

  server.get('/health/ready', async (request, reply) => {
    if (await isReady().catch(() => false)) return { status: 'ok' };
    sendProblem(request, reply, new ProblemError('unavailable'));
    return reply;
  });

  server.get('/metrics', async (_request, reply) => {
    void reply.type(metrics.contentType);
    return metrics.text();
  });

  server.get('/openapi.json', (_request, reply) => {
    void reply.type('application/json; charset=utf-8').send(document);
  });
};
