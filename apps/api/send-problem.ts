import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Problem, PROBLEMS, problemType } from '#libs/contracts';
import type { ProblemError } from './problem-error.js';
import { knownState } from './request-state.js';

export const problemBody = ({ code, issues }: ProblemError, correlation: string): Problem => {
  const { status, title } = PROBLEMS[code];
  return { type: problemType(code), title, status, code, correlation, issues: [...issues] };
};

const NIL = '00000000-0000-0000-0000-000000000000';

export const sendProblem = (request: FastifyRequest, reply: FastifyReply, told: ProblemError): void => {
  const state = knownState(request);
  if (state !== undefined) state.problem = told.code;
  if (told.retryAfterSeconds !== undefined) void reply.header('retry-after', String(told.retryAfterSeconds));
  if (told.code === 'not_signed_in') void reply.header('www-authenticate', 'Bearer');
  void reply
    .code(PROBLEMS[told.code].status)
    .type('application/problem+json; charset=utf-8')
    .send(JSON.stringify(problemBody(told, state?.correlation ?? NIL)));
};
