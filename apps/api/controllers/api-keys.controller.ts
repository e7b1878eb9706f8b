import { Controller, Inject } from '@nestjs/common';
import { newSecret } from '#libs/access';
import type { RouteInput } from '#libs/contracts';
import { Asking } from '../asking.js';
import { type ApiDependencies, DEPENDENCIES } from '../dependencies.js';
import { Handles, Input } from '../handles.js';
import { ProblemError } from '../problem-error.js';
import { given } from '../problem-status.js';
import type { Reply } from '../reply.js';
import type { RequestContext } from '../use-cases.js';

const DAY_MS = 86_400_000;

@Controller()
export class ApiKeysController {
  constructor(@Inject(DEPENDENCIES) private readonly dependencies: ApiDependencies) {}

  @Handles('createApiKey')
  async create(@Asking() context: RequestContext, @Input() { body }: RouteInput<'createApiKey'>): Promise<Reply> {
    const { useCases, directory, clock, ids } = this.dependencies;
    const { secret, digest } = newSecret('api-key');
    const subject = `key:${ids.uuid()}`;
    const expiresAt = clock.now() + body.days * DAY_MS;
    const roles = [...new Set(body.roles)];
    given(await useCases.recordAccess(context, { kind: 'settings-changed', code: 'api_key_created', subject }));
    await directory.putCredential({ digest, kind: 'api-key', practice: context.practice, subject, roles, expiresAt });
    return { body: { id: digest, actor: subject, secret, roles, expiresAt: new Date(expiresAt).toISOString() } };
  }

  @Handles('revokeApiKey')
  async revoke(@Asking() context: RequestContext, @Input() { params }: RouteInput<'revokeApiKey'>): Promise<Reply> {
    const { useCases, directory } = this.dependencies;
    const credential = await directory.findCredential(params.id);
    if (credential?.kind !== 'api-key' || credential.practice !== context.practice) throw new ProblemError('not_found');
    given(
      await useCases.recordAccess(context, {
        kind: 'settings-changed',
        code: 'api_key_revoked',
        subject: credential.subject,
      }),
    );
    await directory.revokeCredential(params.id);
    return {};
  }
}
