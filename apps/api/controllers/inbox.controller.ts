import { Controller, Inject, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LARGEST_INBOX_ANSWER, type RouteInput } from '#libs/contracts';
import { Asking } from '../asking.js';
import { type ApiDependencies, DEPENDENCIES } from '../dependencies.js';
import { Handles, Incoming, Input } from '../handles.js';
import { WaitingInsurer } from '../inbox/waiting-insurer.js';
import { pageBody, splitPaging } from '../paging.js';
import { ProblemError } from '../problem-error.js';
import { given } from '../problem-status.js';
import { handedOver, type Reply } from '../reply.js';
import { allBytesIn } from '../sent-bytes.js';
import type { RequestContext } from '../use-cases/asked.js';

/** An insurer's own door. */
@Controller()
export class InboxController {
  constructor(@Inject(DEPENDENCIES) private readonly dependencies: ApiDependencies) {}

  @Handles('listInbox')
  async list(@Asking() context: RequestContext, @Input() { query }: RouteInput<'listInbox'>): Promise<Reply> {
    const { paging } = splitPaging(query);
    return { body: pageBody(given(await this.dependencies.useCases.listInbox(context, paging))) };
  }

  /** The response is the sending: it begins only with a permit, and whether it was whole decides what is known of it. */
  @Handles('fetchInboxItem')
  async fetch(
    @Asking() context: RequestContext,
    @Input() { params }: RouteInput<'fetchInboxItem'>,
    @Res() reply: FastifyReply,
  ): Promise<Reply> {
    // Asking for the head alone would be told of as a fetch of which no byte left.
    if (reply.request.method !== 'GET') throw new ProblemError('not_found');
    const waiting = new WaitingInsurer(reply);
    const fetched = await this.dependencies.useCases.fetchInboxItem(context, params.id, waiting);
    if (!waiting.hasBegun) given(fetched);
    return handedOver;
  }

  @Handles('acknowledgeInboxItem')
  async acknowledge(
    @Asking() context: RequestContext,
    @Input() { params, body }: RouteInput<'acknowledgeInboxItem'>,
  ): Promise<Reply> {
    return { body: given(await this.dependencies.useCases.acknowledgeInboxItem(context, params.id, body)) };
  }

  @Handles('rejectInboxItem')
  async reject(
    @Asking() context: RequestContext,
    @Input() { params, body }: RouteInput<'rejectInboxItem'>,
  ): Promise<Reply> {
    return { body: given(await this.dependencies.useCases.rejectInboxItem(context, params.id, body)) };
  }

  @Handles('decideInboxItem')
  async decide(
    @Asking() context: RequestContext,
    @Input() { params, body }: RouteInput<'decideInboxItem'>,
  ): Promise<Reply> {
    return { body: given(await this.dependencies.useCases.decideInboxItem(context, params.id, body)) };
  }

  @Handles('postInboxAnswer')
  async answer(@Asking() context: RequestContext, @Incoming() request: FastifyRequest): Promise<Reply> {
    const bytes = await allBytesIn(request, LARGEST_INBOX_ANSWER);
    return { body: given(await this.dependencies.useCases.postInboxAnswer(context, bytes)) };
  }
}
