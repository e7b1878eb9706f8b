import type { FastifyInstance } from 'fastify';
import { isProblemCode, problemPage } from '#libs/contracts';
import { ProblemError } from './problem-error.js';
import { sendProblem } from './send-problem.js';

/** `/problems/{code}`: where the `type` of a problem points. Plain text, for people; nobody has to sign in. */
export const serveProblems = (server: FastifyInstance): void => {
  server.get<{ Params: { readonly code: string } }>('/problems/:code', (request, reply) => {
    const { code } = request.params;
    if (isProblemCode(code)) void reply.type('text/plain; charset=utf-8').send(problemPage(code));
    else sendProblem(request, reply, new ProblemError('not_found'));
  });
};
