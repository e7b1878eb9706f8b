import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Inject } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type ApiDependencies, DEPENDENCIES } from './dependencies.js';
import { routeCode } from './observing.js';
import { ProblemError } from './problem-error.js';
import { sendProblem } from './send-problem.js';
import { knownState } from './request-state.js';

/** Codes of the server underneath that are the request’s own fault. */
const OF_SERVER: ReadonlyMap<string, ProblemError['code']> = new Map<string, ProblemError['code']>([
  ['FST_ERR_CTP_BODY_TOO_LARGE', 'body_too_large'],
  ['FST_ERR_CTP_INVALID_MEDIA_TYPE', 'unsupported_media_type'],
  ['FST_ERR_CTP_EMPTY_TYPE', 'unsupported_media_type'],
  ['FST_ERR_CTP_INVALID_CONTENT_LENGTH', 'malformed_request'],
  ['FST_ERR_CTP_INVALID_HANDLER', 'malformed_request'],
  ['FST_ERR_BAD_URL', 'malformed_request'],
  ['FST_ERR_MAX_PARAM_LENGTH', 'not_found'],
  ['FST_ERR_ASYNC_CONSTRAINT', 'malformed_request'],
  ['FST_ERR_HANDLER_TIMEOUT', 'unavailable'],
]);

const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

/** Nest hands on what the server underneath refuses as an exception of its own, of which only the status is left. */
const BY_STATUS: ReadonlyMap<number, ProblemError['code']> = new Map<number, ProblemError['code']>([
  [404, 'not_found'],
  [408, 'request_timeout'],
  [413, 'body_too_large'],
  [414, 'not_found'],
  [415, 'unsupported_media_type'],
  [431, 'headers_too_large'],
]);

const ofStatus = (status: number): ProblemError['code'] =>
  BY_STATUS.get(status) ?? (status >= 400 && status < 500 ? 'malformed_request' : 'internal');

/** What the caller is told of an error: its own problem, or only that something went wrong. */
export const problemFor = (error: unknown): ProblemError => {
  if (error instanceof ProblemError) return error;
  if (error instanceof HttpException) return new ProblemError(ofStatus(error.getStatus()));
  const code = OF_SERVER.get(codeOf(error) ?? '');
  return new ProblemError(code ?? 'internal');
};

/** Every failure leaves here as a problem. Of what nobody foresaw, only class and code are logged, under the correlation id. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(@Inject(DEPENDENCIES) private readonly dependencies: ApiDependencies) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const told = problemFor(error);
    if (told.code === 'internal') {
      const state = knownState(request);
      const practice = state?.context?.practice;
      this.dependencies.log.write(
        { event: 'http.failed', route: routeCode(state?.route), ...(practice === undefined ? {} : { practice }) },
        error,
      );
    }
    sendProblem(request, http.getResponse<FastifyReply>(), told);
  }
}
