import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { stateOf } from './request-state.js';
import type { RequestContext } from './use-cases/asked.js';

export const contextFrom = (request: FastifyRequest): RequestContext => {
  const { context } = stateOf(request);
  if (context === undefined) throw new Error('a route that needs somebody was reached by nobody');
  return context;
};

/** Who asks. */
export const Asking = createParamDecorator((_data: unknown, context: ExecutionContext): RequestContext =>
  contextFrom(context.switchToHttp().getRequest<FastifyRequest>()),
);
