import { Controller, Inject } from '@nestjs/common';
import { newSecret } from '#libs/access';
import type { RouteInput } from '#libs/contracts';
import { Asking } from '../asking.js';
import { type ApiDependencies, DEPENDENCIES } from '../dependencies.js';
import { Handles, Input } from '../handles.js';
import { given } from '../problem-status.js';
import type { Reply } from '../reply.js';
import type { RequestContext } from '../use-cases/asked.js';

const DAY_MS = 86_400_000;

/** Credentials by which an insurer gets its access tokens; several may be in force, so that they can be replaced. */
@Controller()
export class InboxCredentialsController {
  constructor(@Inject(DEPENDENCIES) private readonly dependencies: ApiDependencies) {}

  @Handles('listInboxCredentials')
  async list(
    @Asking() context: RequestContext,
    @Input() { params }: RouteInput<'listInboxCredentials'>,
  ): Promise<Reply> {
    return { body: { rows: given(await this.dependencies.useCases.listInboxCredentials(context, params.id)) } };
  }

  @Handles('createInboxCredential')
  async create(
    @Asking() context: RequestContext,
    @Input() { params, body }: RouteInput<'createInboxCredential'>,
  ): Promise<Reply> {
    const { useCases, directory, clock, ids } = this.dependencies;
    given(await useCases.mayHaveInboxCredentials(context, params.id));
    const { secret, digest } = newSecret('inbox-credential');
    const id = ids.uuid();
    const { label } = body;
    const { practice } = context;
    const expiresAt = clock.now() + body.days * DAY_MS;
    const event = { kind: 'settings-changed', code: 'inbox_credential_created', subject: id } as const;
    given(await useCases.recordAccess(context, event));
    const subject = `insurer:${params.id}/${id}`;
    const roles = ['insurer'] as const;
    await directory.putCredential({ digest, kind: 'inbox-credential', practice, subject, label, roles, expiresAt });
    return { body: { id, label, secret, expiresAt: new Date(expiresAt).toISOString() } };
  }

  @Handles('revokeInboxCredential')
  async revoke(
    @Asking() context: RequestContext,
    @Input() { params }: RouteInput<'revokeInboxCredential'>,
  ): Promise<Reply> {
    const { id: insurer, credential } = params;
    given(await this.dependencies.useCases.revokeInboxCredential(context, { insurer, credential }));
    return {};
  }
}
