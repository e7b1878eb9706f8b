import { createHash } from 'node:crypto';
import { Controller, Inject } from '@nestjs/common';
import type { RouteInput } from '#libs/contracts';
import { Asking } from '../asking.js';
import { type ApiDependencies, DEPENDENCIES } from '../dependencies.js';
import { quoted } from '../entity-tags.js';
import { Handles, Input } from '../handles.js';
import { maskComparison } from '../mask-comparison.js';
import { pageBody, splitPaging } from '../paging.js';
import { given } from '../problem-status.js';
import type { Reply } from '../reply.js';
import type { RequestContext } from '../use-cases/asked.js';

const ENDINGS = { 'application/edi-x12': 'x12', 'application/pdf': 'pdf', 'application/json': 'json' } as const;

@Controller()
export class InsightController {
  constructor(@Inject(DEPENDENCIES) private readonly dependencies: ApiDependencies) {}

  @Handles('simulateRelease')
  async simulate(
    @Asking() context: RequestContext,
    @Input() { params, query }: RouteInput<'simulateRelease'>,
  ): Promise<Reply> {
    return { body: given(await this.dependencies.useCases.simulateRelease(context, params.id, query)) };
  }

  @Handles('readDashboard')
  async dashboard(@Asking() context: RequestContext, @Input() { query }: RouteInput<'readDashboard'>): Promise<Reply> {
    return { body: given(await this.dependencies.useCases.readDashboard(context, query)) };
  }

  @Handles('readAsking')
  async asking(@Asking() context: RequestContext, @Input() { query }: RouteInput<'readAsking'>): Promise<Reply> {
    return { body: given(await this.dependencies.useCases.readAsking(context, query)) };
  }

  @Handles('compareDisclosure')
  async compare(
    @Asking() context: RequestContext,
    @Input() { params }: RouteInput<'compareDisclosure'>,
  ): Promise<Reply> {
    return {
      body: maskComparison(given(await this.dependencies.useCases.compareDisclosure(context, params.id)), context),
    };
  }

  /** As a file to be kept and checked, never as a page. */
  @Handles('readSentBytes')
  async sentBytes(@Asking() context: RequestContext, @Input() { params }: RouteInput<'readSentBytes'>): Promise<Reply> {
    const { bytes, mediaType, digest } = given(await this.dependencies.useCases.readSentBytes(context, params.id));
    const computed = createHash('sha256').update(bytes).digest('base64');
    return {
      body: Buffer.from(bytes),
      headers: {
        'content-type': mediaType,
        'content-disposition': `attachment; filename="${params.id}.${ENDINGS[mediaType]}"`,
        etag: quoted(digest),
        'repr-digest': `sha-256=:${computed}:`,
      },
    };
  }

  @Handles('accountForClient')
  async accounting(
    @Asking() context: RequestContext,
    @Input() { params, query }: RouteInput<'accountForClient'>,
  ): Promise<Reply> {
    const { filter, paging } = splitPaging(query);
    const asked = { client: params.id, ...filter };
    return { body: pageBody(given(await this.dependencies.useCases.accountForClient(context, asked, paging))) };
  }

  @Handles('checkConnection')
  async checkConnection(
    @Asking() context: RequestContext,
    @Input() { params }: RouteInput<'checkConnection'>,
  ): Promise<Reply> {
    return { body: given(await this.dependencies.useCases.checkConnection(context, params.id)) };
  }

  @Handles('sendTestClaim')
  async sendTestClaim(
    @Asking() context: RequestContext,
    @Input() { params }: RouteInput<'sendTestClaim'>,
  ): Promise<Reply> {
    return { body: given(await this.dependencies.useCases.sendTestClaim(context, params.id)) };
  }

  @Handles('readQueues')
  async queues(@Asking() context: RequestContext): Promise<Reply> {
    return { body: given(await this.dependencies.useCases.readQueues(context)) };
  }

  @Handles('readHealth')
  async health(@Asking() context: RequestContext): Promise<Reply> {
    return { body: given(await this.dependencies.useCases.readHealth(context)) };
  }
}
