import { Controller, Inject } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { ImportKind, RouteInput } from '#libs/contracts';
import { Asking } from '../asking.js';
import { type ApiDependencies, DEPENDENCIES } from '../dependencies.js';
import { Handles, Incoming, Input } from '../handles.js';
import { openClaimOf } from '../idempotency.js';
import { given } from '../problem-status.js';
import type { Reply } from '../reply.js';
import { bytesIn } from '../sent-bytes.js';
import type { RequestContext } from '../use-cases/asked.js';

type Sent = Pick<RouteInput<'importClients'>, 'query'>;

@Controller()
export class ImportController {
  constructor(@Inject(DEPENDENCIES) private readonly dependencies: ApiDependencies) {}

  @Handles('importClients')
  clients(@Asking() context: RequestContext, @Input() sent: Sent, @Incoming() request: FastifyRequest): Promise<Reply> {
    return this.#take('clients', { context, sent, request });
  }

  @Handles('importCoverages')
  coverages(
    @Asking() context: RequestContext,
    @Input() sent: Sent,
    @Incoming() request: FastifyRequest,
  ): Promise<Reply> {
    return this.#take('coverages', { context, sent, request });
  }

  @Handles('importInsurers')
  insurers(
    @Asking() context: RequestContext,
    @Input() sent: Sent,
    @Incoming() request: FastifyRequest,
  ): Promise<Reply> {
    return this.#take('insurers', { context, sent, request });
  }

  @Handles('importReleases')
  releases(
    @Asking() context: RequestContext,
    @Input() sent: Sent,
    @Incoming() request: FastifyRequest,
  ): Promise<Reply> {
    return this.#take('releases', { context, sent, request });
  }

  @Handles('runShadow')
  async shadow(@Asking() context: RequestContext, @Input() { body }: RouteInput<'runShadow'>): Promise<Reply> {
    return { body: given(await this.dependencies.useCases.runShadow(context, body)) };
  }

  async #take(
    kind: ImportKind,
    asked: { readonly context: RequestContext; readonly sent: Sent; readonly request: FastifyRequest },
  ): Promise<Reply> {
    const { context, sent, request } = asked;
    const { useCases } = this.dependencies;
    if (sent.query['dry-run'] === 'true')
      return { body: given(await useCases.rehearseImport(context, { kind, file: bytesIn(request) })) };
    const claim = openClaimOf(request);
    const { report, replayed } = given(await useCases.importFile(context, { kind, file: bytesIn(request) }, claim));
    return { body: report, ...(replayed ? { headers: { 'idempotency-replayed': 'true' } } : {}) };
  }
}
