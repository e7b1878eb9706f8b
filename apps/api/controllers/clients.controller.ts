import { Controller, Inject } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { ClientView, RouteInput } from '#libs/contracts';
import { Asking } from '../asking.js';
import { type ApiDependencies, DEPENDENCIES } from '../dependencies.js';
import { requiredVersion, versionTag } from '../entity-tags.js';
import { Handles, Incoming, Input } from '../handles.js';
import { idempotencyOf } from '../idempotency.js';
import { pageBody, splitPaging } from '../paging.js';
import { given } from '../problem-status.js';
import { created, type Reply } from '../reply.js';
import type { RequestContext } from '../use-cases/asked.js';

const tagged = (client: ClientView): Reply => ({ body: client, headers: { etag: versionTag(client.revision) } });

@Controller()
export class ClientsController {
  constructor(@Inject(DEPENDENCIES) private readonly dependencies: ApiDependencies) {}

  @Handles('listClients')
  async list(@Asking() context: RequestContext, @Input() { query }: RouteInput<'listClients'>): Promise<Reply> {
    const { filter, paging } = splitPaging(query);
    return { body: pageBody(given(await this.dependencies.useCases.listClients(context, filter, paging))) };
  }

  @Handles('recordClient')
  async record(
    @Asking() context: RequestContext,
    @Input() { body }: RouteInput<'recordClient'>,
    @Incoming() request: FastifyRequest,
  ): Promise<Reply> {
    return created(given(await this.dependencies.useCases.recordClient(context, body, idempotencyOf(request))));
  }

  @Handles('readClient')
  async read(@Asking() context: RequestContext, @Input() { params }: RouteInput<'readClient'>): Promise<Reply> {
    return tagged(given(await this.dependencies.useCases.readClient(context, params.id)));
  }

  @Handles('amendClient')
  async amend(
    @Asking() context: RequestContext,
    @Input() { params, body }: RouteInput<'amendClient'>,
    @Incoming() request: FastifyRequest,
  ): Promise<Reply> {
    const amendment = { ...body, version: requiredVersion(request) };
    return tagged(given(await this.dependencies.useCases.amendClient(context, params.id, amendment)));
  }

  @Handles('listCoverages')
  async listCoverages(
    @Asking() context: RequestContext,
    @Input() { params }: RouteInput<'listCoverages'>,
  ): Promise<Reply> {
    return { body: { rows: given(await this.dependencies.useCases.listCoverages(context, params.id)) } };
  }

  @Handles('recordCoverage')
  async recordCoverage(
    @Asking() context: RequestContext,
    @Input() { params, body }: RouteInput<'recordCoverage'>,
    @Incoming() request: FastifyRequest,
  ): Promise<Reply> {
    const coverage = { ...body, client: params.id };
    return created(given(await this.dependencies.useCases.recordCoverage(context, coverage, idempotencyOf(request))));
  }

  @Handles('listTreatments')
  async listTreatments(
    @Asking() context: RequestContext,
    @Input() { params }: RouteInput<'listTreatments'>,
  ): Promise<Reply> {
    return { body: { rows: given(await this.dependencies.useCases.listTreatments(context, params.id)) } };
  }

  @Handles('assignClinician')
  async assignClinician(
    @Asking() context: RequestContext,
    @Input() { params, body }: RouteInput<'assignClinician'>,
    @Incoming() request: FastifyRequest,
  ): Promise<Reply> {
    const asked = { client: params.id, assignment: body };
    return created(given(await this.dependencies.useCases.assignClinician(context, asked, idempotencyOf(request))));
  }

  @Handles('endTreatment')
  async endTreatment(
    @Asking() context: RequestContext,
    @Input() { params, body }: RouteInput<'endTreatment'>,
  ): Promise<Reply> {
    return { body: given(await this.dependencies.useCases.endTreatment(context, params.id, body)) };
  }
}
