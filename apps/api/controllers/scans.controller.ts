import { Controller, Inject } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { LARGEST_SCAN, type RouteInput } from '#libs/contracts';
import { Asking } from '../asking.js';
import { type ApiDependencies, DEPENDENCIES } from '../dependencies.js';
import { Handles, Incoming, Input } from '../handles.js';
import { headerOf } from '../headers.js';
import { idempotencyOfBytes } from '../idempotency.js';
import { given } from '../problem-status.js';
import { created, type Reply } from '../reply.js';
import { allBytesIn } from '../sent-bytes.js';
import type { RequestContext } from '../use-cases/asked.js';

@Controller()
export class ScansController {
  constructor(@Inject(DEPENDENCIES) private readonly dependencies: ApiDependencies) {}

  @Handles('attachScan')
  async attach(
    @Asking() context: RequestContext,
    @Input() { params }: RouteInput<'attachScan'>,
    @Incoming() request: FastifyRequest,
  ): Promise<Reply> {
    const bytes = await allBytesIn(request, LARGEST_SCAN);
    const scan = { release: params.id, mediaType: headerOf(request, 'content-type') ?? '', bytes };
    const claim = idempotencyOfBytes(request, bytes);
    return created(given(await this.dependencies.useCases.attachScan(context, scan, claim)));
  }

  @Handles('listScans')
  async list(@Asking() context: RequestContext, @Input() { params }: RouteInput<'listScans'>): Promise<Reply> {
    return { body: { rows: given(await this.dependencies.useCases.listScans(context, params.id)) } };
  }

  /** As a file to be kept, never as a page: what is on it came from outside. */
  @Handles('readScan')
  async read(@Asking() context: RequestContext, @Input() { params }: RouteInput<'readScan'>): Promise<Reply> {
    const { bytes, mediaType } = given(await this.dependencies.useCases.readScan(context, params.id));
    return {
      body: Buffer.from(bytes),
      headers: { 'content-type': mediaType, 'content-disposition': 'attachment; filename="scan"' },
    };
  }

  @Handles('checkScan')
  async check(@Asking() context: RequestContext, @Input() { params, body }: RouteInput<'checkScan'>): Promise<Reply> {
    return { body: given(await this.dependencies.useCases.checkScan(context, params.id, body)) };
  }
}
