import { Controller, Inject } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { FIELD_IDS, fieldOf } from '#libs/catalogue';
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
export class PracticeController {
  constructor(@Inject(DEPENDENCIES) private readonly dependencies: ApiDependencies) {}

  @Handles('listReadings')
  async listReadings(@Asking() context: RequestContext): Promise<Reply> {
    return { body: { rows: given(await this.dependencies.useCases.listReadings(context)) } };
  }

  @Handles('chooseReading')
  async chooseReading(
    @Asking() context: RequestContext,
    @Input() { body, query }: RouteInput<'chooseReading'>,
    @Incoming() request: FastifyRequest,
  ): Promise<Reply> {
    const { useCases } = this.dependencies;
    if (query.validate === 'only') return { status: 200, body: given(await useCases.weighReading(context, body)) };
    return created(given(await useCases.chooseReading(context, body, idempotencyOf(request))));
  }

  @Handles('revokeReading')
  async revokeReading(
    @Asking() context: RequestContext,
    @Input() { params }: RouteInput<'revokeReading'>,
  ): Promise<Reply> {
    return { body: given(await this.dependencies.useCases.revokeReading(context, params.id)) };
  }

  @Handles('weighRevocation')
  async weighRevocation(
    @Asking() context: RequestContext,
    @Input() { params }: RouteInput<'weighRevocation'>,
  ): Promise<Reply> {
    return { body: given(await this.dependencies.useCases.weighRevocation(context, params.id)) };
  }

  @Handles('listCeilings')
  async listCeilings(@Asking() context: RequestContext): Promise<Reply> {
    return { body: { rows: given(await this.dependencies.useCases.listCeilings(context)) } };
  }

  @Handles('readLedger')
  async readLedger(@Asking() context: RequestContext, @Input() { query }: RouteInput<'readLedger'>): Promise<Reply> {
    const { filter, paging } = splitPaging(query);
    return { body: pageBody(given(await this.dependencies.useCases.readLedger(context, filter, paging))) };
  }

  @Handles('verifyLedger')
  async verifyLedger(
    @Asking() context: RequestContext,
    @Input() { query }: RouteInput<'verifyLedger'>,
  ): Promise<Reply> {
    return { body: given(await this.dependencies.useCases.verifyLedger(context, query)) };
  }

  @Handles('listInsurers')
  async listInsurers(@Asking() context: RequestContext): Promise<Reply> {
    return { body: { rows: given(await this.dependencies.useCases.listInsurers(context)) } };
  }

  @Handles('changeConnection')
  async changeConnection(
    @Asking() context: RequestContext,
    @Input() { params, body }: RouteInput<'changeConnection'>,
  ): Promise<Reply> {
    return { body: given(await this.dependencies.useCases.changeConnection(context, params.id, body)) };
  }

  @Handles('clearLane')
  async clearLane(@Asking() context: RequestContext, @Input() { params }: RouteInput<'clearLane'>): Promise<Reply> {
    return { body: given(await this.dependencies.useCases.clearLane(context, params.id)) };
  }

  @Handles('listRoutes')
  async listRoutes(@Asking() context: RequestContext, @Input() { params }: RouteInput<'listRoutes'>): Promise<Reply> {
    return { body: { rows: given(await this.dependencies.useCases.listRoutes(context, params.id)) } };
  }

  @Handles('recordRoute')
  async recordRoute(
    @Asking() context: RequestContext,
    @Input() { params, body }: RouteInput<'recordRoute'>,
    @Incoming() request: FastifyRequest,
  ): Promise<Reply> {
    const asked = { insurer: params.id, route: body };
    return created(given(await this.dependencies.useCases.recordRoute(context, asked, idempotencyOf(request))));
  }

  @Handles('readPractice')
  async readPractice(@Asking() context: RequestContext): Promise<Reply> {
    return { body: given(await this.dependencies.useCases.readPractice(context)) };
  }

  @Handles('setTimeZone')
  async setTimeZone(@Asking() context: RequestContext, @Input() { body }: RouteInput<'setTimeZone'>): Promise<Reply> {
    return { body: given(await this.dependencies.useCases.setTimeZone(context, body)) };
  }

  @Handles('listClinicians')
  async listClinicians(@Asking() context: RequestContext): Promise<Reply> {
    return { body: { rows: given(await this.dependencies.useCases.listClinicians(context)) } };
  }

  @Handles('listPresets')
  async listPresets(@Asking() context: RequestContext): Promise<Reply> {
    return { body: { rows: given(await this.dependencies.useCases.listPresets(context)) } };
  }

  @Handles('listCatalogue')
  listCatalogue(): Reply {
    const rows = FIELD_IDS.map((id) => {
      const { label, clientWords, category, sensitivity } = fieldOf(id);
      return { id, label, clientWords, category, sensitivity };
    });
    return { body: { rows } };
  }
}
