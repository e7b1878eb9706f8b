import { Controller, Inject } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { newWebhookSecret } from '#libs/access';
import type { RouteInput } from '#libs/contracts';
import { Asking } from '../asking.js';
import { type ApiDependencies, DEPENDENCIES } from '../dependencies.js';
import { Handles, Incoming, Input } from '../handles.js';
import { idempotencyOf } from '../idempotency.js';
import { pageBody, splitPaging } from '../paging.js';
import { given } from '../problem-status.js';
import { created, type Reply } from '../reply.js';
import type { RequestContext } from '../use-cases/asked.js';

@Controller()
export class WebhooksController {
  constructor(@Inject(DEPENDENCIES) private readonly dependencies: ApiDependencies) {}

  @Handles('listWebhookEndpoints')
  async list(@Asking() context: RequestContext): Promise<Reply> {
    return { body: { rows: given(await this.dependencies.useCases.listWebhookEndpoints(context)) } };
  }

  @Handles('createWebhookEndpoint')
  async create(
    @Asking() context: RequestContext,
    @Input() { body }: RouteInput<'createWebhookEndpoint'>,
  ): Promise<Reply> {
    const endpoint = { ...body, secret: newWebhookSecret() };
    return { body: given(await this.dependencies.useCases.createWebhookEndpoint(context, endpoint)) };
  }

  @Handles('changeWebhookEndpoint')
  async change(
    @Asking() context: RequestContext,
    @Input() { params, body }: RouteInput<'changeWebhookEndpoint'>,
  ): Promise<Reply> {
    return { body: given(await this.dependencies.useCases.changeWebhookEndpoint(context, params.id, body)) };
  }

  @Handles('deleteWebhookEndpoint')
  async remove(
    @Asking() context: RequestContext,
    @Input() { params }: RouteInput<'deleteWebhookEndpoint'>,
  ): Promise<Reply> {
    given(await this.dependencies.useCases.deleteWebhookEndpoint(context, params.id));
    return {};
  }

  @Handles('rotateWebhookSecret')
  async rotate(
    @Asking() context: RequestContext,
    @Input() { params }: RouteInput<'rotateWebhookSecret'>,
  ): Promise<Reply> {
    const rotation = { endpoint: params.id, secret: newWebhookSecret() };
    return { body: given(await this.dependencies.useCases.rotateWebhookSecret(context, rotation)) };
  }

  @Handles('testWebhookEndpoint')
  async test(
    @Asking() context: RequestContext,
    @Input() { params }: RouteInput<'testWebhookEndpoint'>,
    @Incoming() request: FastifyRequest,
  ): Promise<Reply> {
    const { useCases } = this.dependencies;
    return created(given(await useCases.testWebhookEndpoint(context, params.id, idempotencyOf(request))));
  }

  @Handles('listWebhookDeliveries')
  async deliveries(
    @Asking() context: RequestContext,
    @Input() { query }: RouteInput<'listWebhookDeliveries'>,
  ): Promise<Reply> {
    const { filter, paging } = splitPaging(query);
    return { body: pageBody(given(await this.dependencies.useCases.listWebhookDeliveries(context, filter, paging))) };
  }

  @Handles('redeliverWebhook')
  async redeliver(
    @Asking() context: RequestContext,
    @Input() { params }: RouteInput<'redeliverWebhook'>,
  ): Promise<Reply> {
    return { body: given(await this.dependencies.useCases.redeliverWebhook(context, params.id)) };
  }
}
