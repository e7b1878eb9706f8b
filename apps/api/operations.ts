import type { FastifyInstance, FastifyRequest } from 'fastify';
import { mayDo } from '#libs/access';
import { openApiDocument } from '#libs/contracts';
import type { ApiDependencies } from './dependencies.js';
import { headerOf } from './headers.js';
import { ProblemError } from './problem-error.js';
import { problemFor } from './problem-filter.js';
import { sendProblem } from './send-problem.js';
import { shownCredential } from './shown-credential.js';

type Dependencies = Pick<ApiDependencies, 'health' | 'metrics' | 'directory' | 'clock' | 'secureCookies' | 'isLocal'>;

/** Something between the asker and us said so; then the asker may be anybody. */
const cameThroughProxy = (request: FastifyRequest): boolean =>
  ['forwarded', 'x-forwarded-for', 'via'].some((name) => headerOf(request, name) !== undefined);

/**
 * How often each route answers what counts what insurers and clients do, and is told to nobody else: to a session or an
 * API key of an operator, and on a machine of its own to whoever is on it.
 */
const mayMeasure = async (request: FastifyRequest, dependencies: Dependencies): Promise<void> => {
  if (dependencies.isLocal && !cameThroughProxy(request)) return;
  const credential = await shownCredential(request, dependencies);
  if (credential === undefined) throw new ProblemError('not_signed_in');
  if (!mayDo(credential.roles, 'system.read')) throw new ProblemError('forbidden');
};

/** What operators and tools ask. None of it knows a client. */
export const serveOperations = (server: FastifyInstance, dependencies: Dependencies): void => {
  const { health, metrics } = dependencies;
  const document = JSON.stringify(openApiDocument());

  server.get('/health/live', () => health.live());

  server.get('/health/ready', async (_request, reply) => {
    const report = await health.ready();
    return reply.status(report.status === 'ok' ? 200 : 503).send(report);
  });

  server.get('/metrics', async (request, reply) => {
    try {
      await mayMeasure(request, dependencies);
    } catch (error) {
      sendProblem(request, reply, problemFor(error));
      return reply;
    }
    return reply.type(metrics.contentType).send(await metrics.text());
  });

  server.get('/openapi.json', (_request, reply) => {
    void reply.type('application/json; charset=utf-8').send(document);
  });
};
