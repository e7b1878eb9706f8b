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

@Controller()
export class ApiKeysController {
  constructor(@Inject(DEPENDENCIES) private readonly dependencies: ApiDependencies) {}

  @Handles('listApiKeys')
  async list(@Asking() context: RequestContext): Promise<Reply> {
    return { body: { rows: given(await this.dependencies.useCases.listApiKeys(context)) } };
  }

  @Handles('createApiKey')
  async create(@Asking() context: RequestContext, @Input() { body }: RouteInput<'createApiKey'>): Promise<Reply> {
    const { useCases, directory, clock, ids } = this.dependencies;
    const { secret, digest } = newSecret('api-key');
    const id = ids.uuid();
    const actor = `key:${id}`;
    const { label } = body;
    const roles = [...new Set(body.roles)];
    const expiresAt = clock.now() + body.days * DAY_MS;
    given(await useCases.recordAccess(context, { kind: 'settings-changed', code: 'api_key_created', subject: actor }));
    const { practice } = context;
    await directory.putCredential({ digest, kind: 'api-key', practice, subject: actor, label, roles, expiresAt });
    return { body: { id, label, actor, secret, roles, expiresAt: new Date(expiresAt).toISOString() } };
  }

  @Handles('revokeApiKey')
  async revoke(@Asking() context: RequestContext, @Input() { params }: RouteInput<'revokeApiKey'>): Promise<Reply> {
    given(await this.dependencies.useCases.revokeApiKey(context, params.id));
    return {};
  }
}
