import { Controller, Inject } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { actionsOf } from '#libs/access';
import type { Credential } from '#libs/application';
import type { RouteInput, SessionView } from '#libs/contracts';
import { type ApiDependencies, DEPENDENCIES } from '../dependencies.js';
import { Handles, Incoming, Input } from '../handles.js';
import type { Reply } from '../reply.js';
import { stateOf } from '../request-state.js';
import { sessionCookie } from '../session-cookie.js';
import { SESSION_SECONDS, SignInDesk } from '../sign-in-desk.js';

@Controller()
export class SessionController {
  constructor(
    @Inject(DEPENDENCIES) private readonly dependencies: ApiDependencies,
    @Inject(SignInDesk) private readonly desk: SignInDesk,
  ) {}

  @Handles('signIn')
  async signIn(@Input() { body }: RouteInput<'signIn'>, @Incoming() request: FastifyRequest): Promise<Reply> {
    const { secret, credential } = await this.desk.open(body, request.ip);
    const cookie = sessionCookie.set(secret, { secure: this.dependencies.secureCookies, seconds: SESSION_SECONDS });
    return { body: await this.#describe(credential), headers: { 'set-cookie': cookie } };
  }

  @Handles('readSession')
  async read(@Incoming() request: FastifyRequest): Promise<Reply> {
    return { body: await this.#describe(credentialOf(request)) };
  }

  @Handles('signOut')
  async signOut(@Incoming() request: FastifyRequest): Promise<Reply> {
    const credential = credentialOf(request);
    // A program's key ends by being revoked, not by signing out.
    if (credential.kind === 'session') await this.dependencies.directory.revokeCredential(credential.digest);
    return {
      headers: {
        'set-cookie': sessionCookie.clear(this.dependencies.secureCookies),
        'clear-site-data': '"cache", "storage"',
      },
    };
  }

  async #describe(credential: Credential): Promise<SessionView> {
    const { practice, subject, roles, expiresAt } = credential;
    const {
      practice: about,
      name,
      clinician,
    } = await this.dependencies.useCases.describeActor({
      practice,
      actor: subject,
    });
    return {
      practice: { id: practice, ...about },
      actor: subject,
      ...(name === undefined ? {} : { name }),
      roles: [...roles],
      actions: [...actionsOf(roles)],
      ...(clinician === undefined ? {} : { clinician }),
      mustChangePassword: credential.mustChangePassword ?? false,
      expiresAt: new Date(expiresAt).toISOString(),
    };
  }
}

const credentialOf = (request: FastifyRequest): Credential => {
  const { credential } = stateOf(request);
  if (credential === undefined) throw new Error('a route that needs somebody was reached by nobody');
  return credential;
};
