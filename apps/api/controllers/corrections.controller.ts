import { Controller, Inject } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { RouteInput } from '#libs/contracts';
import { Asking } from '../asking.js';
import { type ApiDependencies, DEPENDENCIES } from '../dependencies.js';
import { Handles, Incoming, Input } from '../handles.js';
import { idempotencyOf } from '../idempotency.js';
import { given } from '../problem-status.js';
import { created, type Reply } from '../reply.js';
import type { RequestContext } from '../use-cases.js';

@Controller()
export class CorrectionsController {
  constructor(@Inject(DEPENDENCIES) private readonly dependencies: ApiDependencies) {}

  @Handles('replaceClaim')
  async replace(
    @Asking() context: RequestContext,
    @Input() { params, body: invoice }: RouteInput<'replaceClaim'>,
    @Incoming() request: FastifyRequest,
  ): Promise<Reply> {
    const correction = { kind: 'replacement', of: params.id, invoice } as const;
    return created(given(await this.dependencies.useCases.correctClaim(context, correction, idempotencyOf(request))));
  }

  @Handles('voidClaim')
  async void(
    @Asking() context: RequestContext,
    @Input() { params }: RouteInput<'voidClaim'>,
    @Incoming() request: FastifyRequest,
  ): Promise<Reply> {
    const correction = { kind: 'void', of: params.id } as const;
    return created(given(await this.dependencies.useCases.correctClaim(context, correction, idempotencyOf(request))));
  }

  @Handles('resubmitClaim')
  async resubmit(
    @Asking() context: RequestContext,
    @Input() { params, body: invoice }: RouteInput<'resubmitClaim'>,
    @Incoming() request: FastifyRequest,
  ): Promise<Reply> {
    const correction = { kind: 'resubmission', of: params.id, invoice } as const;
    return created(given(await this.dependencies.useCases.correctClaim(context, correction, idempotencyOf(request))));
  }
}
