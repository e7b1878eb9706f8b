import type { IncomingMessage } from 'node:http';
import type { RouteName } from '#libs/contracts';
import type { Credential } from '#libs/application';
import type { RequestContext } from './use-cases/asked.js';

/** What is known of a request while it is worked on. */
export interface RequestState {
  readonly correlation: string;
  route?: RouteName;
  context?: RequestContext;
  credential?: Credential;
  /** What the route’s schemas made of the request. */
  input?: unknown;
  problem?: string;
}

interface Carrier {
  readonly raw: IncomingMessage;
}

const states = new WeakMap<IncomingMessage, RequestState>();

export const beginState = (request: Carrier, correlation: string): RequestState => {
  const state: RequestState = { correlation };
  states.set(request.raw, state);
  return state;
};

export const stateOf = (request: Carrier): RequestState => {
  const state = states.get(request.raw);
  if (state === undefined) throw new Error('a request was not begun');
  return state;
};

/** Undefined for a request that failed before any hook ran. */
export const knownState = (request: Carrier): RequestState | undefined => states.get(request.raw);
