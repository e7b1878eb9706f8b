import { Controller, Inject } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { RouteInput } from '#libs/contracts';
import { Asking } from '../asking.js';
import { type ApiDependencies, DEPENDENCIES } from '../dependencies.js';
import { Handles, Incoming, Input } from '../handles.js';
import { idempotencyOf } from '../idempotency.js';
import { maskView } from '../masking.js';
import { given } from '../problem-status.js';
import { created, type Reply } from '../reply.js';
import type { RequestContext } from '../use-cases.js';

@Controller()
export class IntakeController {
  constructor(@Inject(DEPENDENCIES) private readonly dependencies: ApiDependencies) {}

  @Handles('submitInvoice')
  async submitInvoice(
    @Asking() context: RequestContext,
    @Input() { body, query }: RouteInput<'submitInvoice'>,
    @Incoming() request: FastifyRequest,
  ): Promise<Reply> {
    const { useCases } = this.dependencies;
    if (query.validate === 'only') return { status: 200, body: given(await useCases.validateInvoice(context, body)) };
    return created(given(await useCases.submitInvoice(context, body, idempotencyOf(request))));
  }

  @Handles('previewInvoice')
  async previewInvoice(
    @Asking() context: RequestContext,
    @Input() { body }: RouteInput<'previewInvoice'>,
  ): Promise<Reply> {
    return { body: maskView(given(await this.dependencies.useCases.previewInvoice(context, body)), context) };
  }

  @Handles('submitTreatmentReport')
  async submitTreatmentReport(
    @Asking() context: RequestContext,
    @Input() { body, query }: RouteInput<'submitTreatmentReport'>,
    @Incoming() request: FastifyRequest,
  ): Promise<Reply> {
    const { useCases } = this.dependencies;
    if (query.validate === 'only')
      return { status: 200, body: given(await useCases.validateTreatmentReport(context, body)) };
    return created(given(await useCases.submitTreatmentReport(context, body, idempotencyOf(request))));
  }

  @Handles('previewTreatmentReport')
  async previewTreatmentReport(
    @Asking() context: RequestContext,
    @Input() { body }: RouteInput<'previewTreatmentReport'>,
  ): Promise<Reply> {
    return { body: maskView(given(await this.dependencies.useCases.previewTreatmentReport(context, body)), context) };
  }
}
