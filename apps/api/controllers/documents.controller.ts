import { Controller, Inject } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { mayReadDocument } from '#libs/access';
import { type DocumentView, type RouteInput, ROUTES } from '#libs/contracts';
import { type DocumentId, issue } from '#libs/kernel';
import { acceptedMedia } from '../accepted-media.js';
import { Asking } from '../asking.js';
import { type ApiDependencies, DEPENDENCIES } from '../dependencies.js';
import { quoted, requiredTag } from '../entity-tags.js';
import { Handles, Incoming, Input } from '../handles.js';
import { ProblemError } from '../problem-error.js';
import { given } from '../problem-status.js';
import type { Reply } from '../reply.js';
import type { RequestContext, Tagged } from '../use-cases/asked.js';

@Controller()
export class DocumentsController {
  constructor(@Inject(DEPENDENCIES) private readonly dependencies: ApiDependencies) {}

  @Handles('readDocument')
  async read(@Asking() context: RequestContext, @Input() { params }: RouteInput<'readDocument'>): Promise<Reply> {
    const { view, tag } = await this.#visible(context, params.id);
    return { body: view, headers: { etag: quoted(tag) } };
  }

  @Handles('giveReceipt')
  async giveReceipt(
    @Asking() context: RequestContext,
    @Input() { params }: RouteInput<'giveReceipt'>,
    @Incoming() request: FastifyRequest,
  ): Promise<Reply> {
    const mediaType = acceptedMedia(request, ROUTES.giveReceipt.media);
    const asked = { document: params.id, mediaType };
    const receipt = given(await this.dependencies.useCases.giveReceipt(context, asked));
    const name = mediaType === 'application/json' ? 'receipt.json' : 'receipt.pdf';
    return {
      body: Buffer.from(receipt.bytes),
      headers: { 'content-type': receipt.mediaType, 'content-disposition': `attachment; filename="${name}"` },
    };
  }

  @Handles('amendDocument')
  async amend(
    @Asking() context: RequestContext,
    @Input() { params, body }: RouteInput<'amendDocument'>,
    @Incoming() request: FastifyRequest,
  ): Promise<Reply> {
    const tag = requiredTag(request);
    const before = await this.#visible(context, params.id);
    if (before.view.content.kind !== body.content.kind)
      throw new ProblemError('refused', { issues: [issue('document_kind_differs', '/content/kind')] });
    const amended = given(await this.dependencies.useCases.amendDocument(context, params.id, { ...body, tag }));
    return { body: amended.view, headers: { etag: quoted(amended.tag) } };
  }

  /** What somebody may not read, they cannot amend either: to them it is not there. */
  async #visible(context: RequestContext, id: DocumentId): Promise<Tagged<DocumentView>> {
    const found = given(await this.dependencies.useCases.readDocument(context, id));
    if (!mayReadDocument(context, { kind: found.view.content.kind, treating: found.treating }))
      throw new ProblemError('not_found');
    return found;
  }
}
