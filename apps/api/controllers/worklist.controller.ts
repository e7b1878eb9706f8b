import { Controller, Inject } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { RouteInput, WorkState } from '#libs/contracts';
import { Asking } from '../asking.js';
import { type ApiDependencies, DEPENDENCIES } from '../dependencies.js';
import { requiredVersion, versionTag } from '../entity-tags.js';
import { Handles, Incoming, Input } from '../handles.js';
import { idempotencyOf } from '../idempotency.js';
import { pageBody, splitPaging } from '../paging.js';
import { given } from '../problem-status.js';
import { created, type Reply } from '../reply.js';
import type { RequestContext } from '../use-cases/asked.js';

const tagged = (body: WorkState): Reply => ({ body, headers: { etag: versionTag(body.version) } });

@Controller()
export class WorklistController {
  constructor(@Inject(DEPENDENCIES) private readonly dependencies: ApiDependencies) {}

  @Handles('countWorklist')
  async count(@Asking() context: RequestContext, @Input() { query }: RouteInput<'countWorklist'>): Promise<Reply> {
    return { body: given(await this.dependencies.useCases.countWorklist(context, query.scope ?? 'all')) };
  }

  @Handles('listWorklist')
  async list(
    @Asking() context: RequestContext,
    @Input() { params, query }: RouteInput<'listWorklist'>,
  ): Promise<Reply> {
    const { filter, paging } = splitPaging(query);
    const wanted = { queue: params.queue, scope: filter.scope ?? 'all', snoozed: filter.snoozed === 'true' };
    return { body: pageBody(given(await this.dependencies.useCases.listWorklist(context, wanted, paging))) };
  }

  @Handles('readWork')
  async read(@Asking() context: RequestContext, @Input() { params }: RouteInput<'readWork'>): Promise<Reply> {
    return tagged(given(await this.dependencies.useCases.readWork(context, params.id)));
  }

  @Handles('assignWork')
  async assign(
    @Asking() context: RequestContext,
    @Input() { params, body }: RouteInput<'assignWork'>,
    @Incoming() request: FastifyRequest,
  ): Promise<Reply> {
    const assignment = { item: params.id, staff: body.staff, version: requiredVersion(request) };
    return tagged(given(await this.dependencies.useCases.assignWork(context, assignment)));
  }

  @Handles('snoozeWork')
  async snooze(
    @Asking() context: RequestContext,
    @Input() { params, body }: RouteInput<'snoozeWork'>,
    @Incoming() request: FastifyRequest,
  ): Promise<Reply> {
    const snooze = { item: params.id, until: body.until, version: requiredVersion(request) };
    return tagged(given(await this.dependencies.useCases.snoozeWork(context, snooze)));
  }

  @Handles('listNotes')
  async notes(@Asking() context: RequestContext, @Input() { params }: RouteInput<'listNotes'>): Promise<Reply> {
    return { body: { rows: given(await this.dependencies.useCases.listNotes(context, params.id)) } };
  }

  @Handles('writeNote')
  async writeNote(
    @Asking() context: RequestContext,
    @Input() { params, body }: RouteInput<'writeNote'>,
    @Incoming() request: FastifyRequest,
  ): Promise<Reply> {
    const note = { item: params.id, text: body.text };
    return created(given(await this.dependencies.useCases.writeNote(context, note, idempotencyOf(request))));
  }

  @Handles('listStaff')
  async staff(@Asking() context: RequestContext): Promise<Reply> {
    return { body: { rows: given(await this.dependencies.useCases.listStaff(context)) } };
  }
}
