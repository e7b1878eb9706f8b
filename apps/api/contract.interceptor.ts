import { Readable } from 'node:stream';
import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { map, type Observable } from 'rxjs';
import type { z } from 'zod';
import { type RouteDefinition, routeOf } from '#libs/contracts';
import { readInput } from './read-input.js';
import type { Reply } from './reply.js';
import { stateOf } from './request-state.js';

/** An answer that the contract does not know never leaves, whoever made it. */
class AnswerError extends Error {
  override readonly name = 'AnswerError';
  readonly code = 'ERR_ANSWER_OUTSIDE_CONTRACT';
}

const schemaFor = (route: RouteDefinition, status: number): z.ZodType | undefined => {
  if (status === route.status) return route.response;
  if (status === 200 && route.validateOnly !== undefined) return route.validateOnly;
  throw new AnswerError();
};

const isDocument = ({ media }: RouteDefinition, { body, headers }: Reply): boolean =>
  media?.includes(headers?.['content-type'] ?? '') === true && (body instanceof Uint8Array || body instanceof Readable);

const hold = (route: RouteDefinition, reply: Reply): number => {
  const { status = route.status, body } = reply;
  if (route.media !== undefined) {
    if (status !== route.status || !isDocument(route, reply)) throw new AnswerError();
    return status;
  }
  const schema = schemaFor(route, status);
  const fits = schema === undefined ? body === undefined : schema.safeParse(body).success;
  if (!fits) throw new AnswerError();
  return status;
};

/** Holds both ends of a handler to the contract: what it gets, and what it gives. */
@Injectable()
export class ContractInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler<Reply>): Observable<unknown> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const state = stateOf(request);
    const { route } = state;
    if (route === undefined) throw new AnswerError();
    state.input = readInput(routeOf(route), request);
    return next.handle().pipe(
      map((reply) => {
        const status = hold(routeOf(route), reply);
        void http
          .getResponse<FastifyReply>()
          .code(status)
          .headers({ ...reply.headers });
        return reply.body;
      }),
    );
  }
}
