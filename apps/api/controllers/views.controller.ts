import { Controller, Inject } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { RouteInput } from '#libs/contracts';
import { Asking } from '../asking.js';
import { type ApiDependencies, DEPENDENCIES } from '../dependencies.js';
import { requiredVersion, versionTag } from '../entity-tags.js';
import { Handles, Incoming, Input } from '../handles.js';
import { idempotencyOf } from '../idempotency.js';
import { given } from '../problem-status.js';
import { created, type Reply } from '../reply.js';
import type { RequestContext } from '../use-cases/asked.js';

@Controller()
export class ViewsController {
  constructor(@Inject(DEPENDENCIES) private readonly dependencies: ApiDependencies) {}

  @Handles('listViews')
  async list(@Asking() context: RequestContext): Promise<Reply> {
    return { body: { rows: given(await this.dependencies.useCases.listViews(context)) } };
  }

  @Handles('createView')
  async create(
    @Asking() context: RequestContext,
    @Input() { body }: RouteInput<'createView'>,
    @Incoming() request: FastifyRequest,
  ): Promise<Reply> {
    return created(given(await this.dependencies.useCases.createView(context, body, idempotencyOf(request))));
  }

  @Handles('changeView')
  async change(
    @Asking() context: RequestContext,
    @Input() { params, body }: RouteInput<'changeView'>,
    @Incoming() request: FastifyRequest,
  ): Promise<Reply> {
    const change = { id: params.id, view: body, version: requiredVersion(request) };
    const view = given(await this.dependencies.useCases.changeView(context, change));
    return { body: view, headers: { etag: versionTag(view.version) } };
  }

  @Handles('deleteView')
  async delete(@Asking() context: RequestContext, @Input() { params }: RouteInput<'deleteView'>): Promise<Reply> {
    given(await this.dependencies.useCases.deleteView(context, params.id));
    return {};
  }
}
