import { Readable } from 'node:stream';
import { Controller, Inject } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { RouteInput } from '#libs/contracts';
import { acceptedMedia } from '../accepted-media.js';
import { Asking } from '../asking.js';
import { type ApiDependencies, DEPENDENCIES } from '../dependencies.js';
import { acceptedVersion, versionTag } from '../entity-tags.js';
import { Handles, Incoming, Input } from '../handles.js';
import { idempotencyOf } from '../idempotency.js';
import { maskView } from '../masking.js';
import { pageBody, splitPaging } from '../paging.js';
import { given } from '../problem-status.js';
import { created, type Reply } from '../reply.js';
import type { RequestContext } from '../use-cases/asked.js';

@Controller()
export class DisclosuresController {
  constructor(@Inject(DEPENDENCIES) private readonly dependencies: ApiDependencies) {}

  @Handles('listDisclosures')
  async list(@Asking() context: RequestContext, @Input() { query }: RouteInput<'listDisclosures'>): Promise<Reply> {
    const { filter, paging } = splitPaging(query);
    const page = given(await this.dependencies.useCases.listDisclosures(context, filter, paging));
    return { body: { ...pageBody(page), ...(page.count === undefined ? {} : { count: page.count }) } };
  }

  @Handles('exportDisclosures')
  async export(
    @Asking() context: RequestContext,
    @Input() { query }: RouteInput<'exportDisclosures'>,
    @Incoming() request: FastifyRequest,
  ): Promise<Reply> {
    const mediaType = acceptedMedia(request, ['text/csv']);
    const lines = given(await this.dependencies.useCases.exportDisclosures(context, query));
    return {
      body: Readable.from(lines, { objectMode: false }),
      headers: { 'content-type': mediaType, 'content-disposition': 'attachment; filename="disclosures.csv"' },
    };
  }

  @Handles('search')
  async search(@Asking() context: RequestContext, @Input() { query }: RouteInput<'search'>): Promise<Reply> {
    return { body: { rows: given(await this.dependencies.useCases.search(context, query.q)) } };
  }

  @Handles('readDisclosure')
  async read(@Asking() context: RequestContext, @Input() { params }: RouteInput<'readDisclosure'>): Promise<Reply> {
    const body = given(await this.dependencies.useCases.readDisclosure(context, params.id));
    return { body, headers: { etag: versionTag(body.version) } };
  }

  @Handles('explainDisclosure')
  async explain(
    @Asking() context: RequestContext,
    @Input() { params }: RouteInput<'explainDisclosure'>,
  ): Promise<Reply> {
    return { body: maskView(given(await this.dependencies.useCases.explainDisclosure(context, params.id)), context) };
  }

  @Handles('revealDisclosure')
  async reveal(@Asking() context: RequestContext, @Input() { params }: RouteInput<'revealDisclosure'>): Promise<Reply> {
    return {
      body: maskView(given(await this.dependencies.useCases.revealDisclosure(context, params.id)), context, {
        revealed: true,
      }),
    };
  }

  @Handles('chooseForDisclosure')
  async choose(
    @Asking() context: RequestContext,
    @Input() { params, body }: RouteInput<'chooseForDisclosure'>,
    @Incoming() request: FastifyRequest,
  ): Promise<Reply> {
    const choice = { disclosure: params.id, choose: body, ...acceptedVersion(request) };
    return created(
      given(await this.dependencies.useCases.chooseForDisclosure(context, choice, idempotencyOf(request))),
    );
  }

  @Handles('cancelDisclosure')
  async cancel(
    @Asking() context: RequestContext,
    @Input() { params }: RouteInput<'cancelDisclosure'>,
    @Incoming() request: FastifyRequest,
  ): Promise<Reply> {
    const body = given(
      await this.dependencies.useCases.cancelDisclosure(context, {
        disclosure: params.id,
        ...acceptedVersion(request),
      }),
    );
    return { body, headers: { etag: versionTag(body.version) } };
  }
}
