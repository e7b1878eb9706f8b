import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { mayDo } from '#libs/access';
import { type RouteDefinition, type RouteName, routeOf } from '#libs/contracts';
import { type ApiDependencies, DEPENDENCIES } from './dependencies.js';
import { ROUTE } from './handles.js';
import { headerOf } from './headers.js';
import { ProblemError } from './problem-error.js';
import { contextOf } from './request-context.js';
import { stateOf } from './request-state.js';
import { shownCredential } from './shown-credential.js';

/** What somebody may do before they have changed a password that was given to them. */
const OF_ONESELF: readonly RouteName[] = ['readSession', 'changePassword', 'signOut'];

/** Asks of every request who sends it and whether one of their roles allows it, before anything of it is read. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    @Inject(DEPENDENCIES) private readonly dependencies: ApiDependencies,
    @Inject(Reflector) private readonly reflector: Reflector,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const name = this.reflector.get<RouteName | undefined>(ROUTE, context.getHandler());
    if (name === undefined) throw new ProblemError('not_found');
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const route = routeOf(name);
    stateOf(request).route = name;
    if (route.access === 'anybody') return true;
    await this.#identify(request, name);
    return true;
  }

  async #identify(request: FastifyRequest, name: RouteName): Promise<void> {
    const route: RouteDefinition = routeOf(name);
    const credential = await shownCredential(request, this.dependencies);
    if (credential === undefined) throw new ProblemError('not_signed_in');
    // Each side has its own routes: what only insurers ask is nobody's of the practice, and the other way round.
    if ((credential.kind === 'inbox-token') !== (route.audience === 'insurer')) throw new ProblemError('forbidden');
    if (credential.kind === 'session' && route.method !== 'GET' && headerOf(request, 'sluice-request') !== '1')
      throw new ProblemError('request_header_missing');
    if (credential.kind === 'api-key' && route.personal) throw new ProblemError('person_required');
    if (route.access !== 'anybody' && route.access !== 'signed-in' && !mayDo(credential.roles, route.access))
      throw new ProblemError('forbidden');
    if (credential.mustChangePassword === true && !OF_ONESELF.includes(name))
      throw new ProblemError('password_change_required');
    const state = stateOf(request);
    state.credential = credential;
    state.context = await contextOf(credential, this.dependencies);
  }
}
