import { Controller, Inject } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { RouteInput, StaffAccountView } from '#libs/contracts';
import { Asking } from '../asking.js';
import { type ApiDependencies, DEPENDENCIES } from '../dependencies.js';
import { acceptedVersion, requiredTag, versionTag } from '../entity-tags.js';
import { Handles, Incoming, Input } from '../handles.js';
import { PasswordDesk } from '../password-desk.js';
import { given } from '../problem-status.js';
import type { Reply } from '../reply.js';
import { stateOf } from '../request-state.js';
import { sessionCookie } from '../session-cookie.js';
import { SESSION_SECONDS } from '../sign-in-desk.js';
import type { RequestContext } from '../use-cases/asked.js';

const tagged = (body: StaffAccountView): Reply => ({ body, headers: { etag: versionTag(body.version) } });

@Controller()
export class StaffController {
  constructor(
    @Inject(DEPENDENCIES) private readonly dependencies: ApiDependencies,
    @Inject(PasswordDesk) private readonly passwords: PasswordDesk,
  ) {}

  @Handles('listStaffAccounts')
  async list(@Asking() context: RequestContext): Promise<Reply> {
    return { body: { rows: given(await this.dependencies.useCases.listStaffAccounts(context)) } };
  }

  @Handles('readStaffAccount')
  async read(@Asking() context: RequestContext, @Input() { params }: RouteInput<'readStaffAccount'>): Promise<Reply> {
    return tagged(given(await this.dependencies.useCases.readStaffAccount(context, params.id)));
  }

  @Handles('createStaffAccount')
  async create(@Asking() context: RequestContext, @Input() { body }: RouteInput<'createStaffAccount'>): Promise<Reply> {
    const { password, passwordHash } = await this.passwords.make();
    const account = given(await this.dependencies.useCases.createStaffAccount(context, { ...body, passwordHash }));
    return { body: { account, password } };
  }

  @Handles('changeStaffRoles')
  async changeRoles(
    @Asking() context: RequestContext,
    @Input() { params, body }: RouteInput<'changeStaffRoles'>,
    @Incoming() request: FastifyRequest,
  ): Promise<Reply> {
    requiredTag(request);
    const about = { id: params.id, ...acceptedVersion(request) };
    return tagged(given(await this.dependencies.useCases.changeStaffRoles(context, about, body)));
  }

  @Handles('disableStaff')
  async disable(
    @Asking() context: RequestContext,
    @Input() { params }: RouteInput<'disableStaff'>,
    @Incoming() request: FastifyRequest,
  ): Promise<Reply> {
    const about = { id: params.id, ...acceptedVersion(request) };
    return tagged(given(await this.dependencies.useCases.disableStaff(context, about)));
  }

  @Handles('enableStaff')
  async enable(
    @Asking() context: RequestContext,
    @Input() { params }: RouteInput<'enableStaff'>,
    @Incoming() request: FastifyRequest,
  ): Promise<Reply> {
    const about = { id: params.id, ...acceptedVersion(request) };
    return tagged(given(await this.dependencies.useCases.enableStaff(context, about)));
  }

  @Handles('resetPassword')
  async resetPassword(
    @Asking() context: RequestContext,
    @Input() { params }: RouteInput<'resetPassword'>,
    @Incoming() request: FastifyRequest,
  ): Promise<Reply> {
    const { password, passwordHash } = await this.passwords.make();
    const reset = { id: params.id, ...acceptedVersion(request), passwordHash };
    const account = given(await this.dependencies.useCases.resetPassword(context, reset));
    return { body: { account, password }, headers: { etag: versionTag(account.version) } };
  }

  @Handles('changePassword')
  async changePassword(
    @Asking() context: RequestContext,
    @Input() { body }: RouteInput<'changePassword'>,
    @Incoming() request: FastifyRequest,
  ): Promise<Reply> {
    const { credential } = stateOf(request);
    if (credential === undefined) throw new Error('a route that needs somebody was reached by nobody');
    const secret = await this.passwords.change({ context, credential, address: request.ip }, body);
    const cookie = sessionCookie.set(secret, { secure: this.dependencies.secureCookies, seconds: SESSION_SECONDS });
    return { headers: { 'set-cookie': cookie } };
  }
}
