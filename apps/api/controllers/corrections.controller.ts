import { Controller, Inject } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { RouteInput } from '#libs/contracts';
import { Asking } from '../asking.js';
import { type ApiDependencies, DEPENDENCIES } from '../dependencies.js';
import { Handles, Incoming, Input } from '../handles.js';
import { idempotencyOf } from '../idempotency.js';
import { given } from '../problem-status.js';
import { created, type Reply } from '../reply.js';
import type { RequestContext } from '../use-cases/asked.js';
import type { AskedCorrection } from '../use-cases/corrections.js';

@Controller()
export class CorrectionsController {
  constructor(@Inject(DEPENDENCIES) private readonly dependencies: ApiDependencies) {}

  @Handles('replaceClaim')
  replace(
    @Asking() context: RequestContext,
    @Input() { params, query, body: invoice }: RouteInput<'replaceClaim'>,
    @Incoming() request: FastifyRequest,
  ): Promise<Reply> {
    return this.#correct(context, { kind: 'replacement', of: params.id, invoice }, { query, request });
  }

  @Handles('voidClaim')
  void(
    @Asking() context: RequestContext,
    @Input() { params, query }: RouteInput<'voidClaim'>,
    @Incoming() request: FastifyRequest,
  ): Promise<Reply> {
    return this.#correct(context, { kind: 'void', of: params.id }, { query, request });
  }

  @Handles('resubmitClaim')
  resubmit(
    @Asking() context: RequestContext,
    @Input() { params, query, body: invoice }: RouteInput<'resubmitClaim'>,
    @Incoming() request: FastifyRequest,
  ): Promise<Reply> {
    return this.#correct(context, { kind: 'resubmission', of: params.id, invoice }, { query, request });
  }

  async #correct(
    context: RequestContext,
    correction: AskedCorrection,
    asked: { readonly query: RouteInput<'voidClaim'>['query']; readonly request: FastifyRequest },
  ): Promise<Reply> {
    const { useCases } = this.dependencies;
    if (asked.query.validate === 'only')
      return { status: 200, body: given(await useCases.validateCorrection(context, correction)) };
    return created(given(await useCases.correctClaim(context, correction, idempotencyOf(asked.request))));
  }
}
