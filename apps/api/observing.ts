import type { FastifyReply, FastifyRequest } from 'fastify';
import type { RouteName } from '#libs/contracts';
import type { Log, Metrics, State } from '#libs/telemetry';
import { knownState } from './request-state.js';

/** A route’s name as logs and metrics may have it: `submitInvoice` → `route.submit-invoice`. */
export const routeCode = (name: RouteName | undefined): string =>
  name === undefined ? 'route.other' : `route.${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

const outcomeOf = (status: number): State => {
  if (status < 200) return 'informed';
  if (status < 300) return 'succeeded';
  if (status < 400) return 'redirected';
  return status < 500 ? 'refused' : 'errored';
};

/** Counts and logs an answer once it has left: route, status, time and problem code. */
export const observe = (
  request: FastifyRequest,
  reply: FastifyReply,
  to: { readonly log: Log; readonly metrics: Metrics },
): void => {
  const state = knownState(request);
  const code = routeCode(state?.route);
  to.metrics.count('http_requests_total', { code, state: outcomeOf(reply.statusCode) });
  to.metrics.observe('http_request_seconds', { code }, reply.elapsedTime / 1_000);
  const practice = state?.context?.practice;
  to.log.write({
    event: 'http.answered',
    route: code,
    status: reply.statusCode,
    duration: Math.round(reply.elapsedTime),
    ...(practice === undefined ? {} : { practice }),
    ...(state?.problem === undefined ? {} : { code: `problem.${state.problem}` }),
  });
};
