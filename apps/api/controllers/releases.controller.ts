import { Controller, Inject } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { RouteInput } from '#libs/contracts';
import { Asking } from '../asking.js';
import { type ApiDependencies, DEPENDENCIES } from '../dependencies.js';
import { acceptedTag, quoted } from '../entity-tags.js';
import { Handles, Incoming, Input } from '../handles.js';
import { idempotencyOf } from '../idempotency.js';
import { given } from '../problem-status.js';
import { created, type Reply } from '../reply.js';
import type { RequestContext } from '../use-cases/asked.js';

@Controller()
export class ReleasesController {
  constructor(@Inject(DEPENDENCIES) private readonly dependencies: ApiDependencies) {}

  @Handles('listReleases')
  async list(@Asking() context: RequestContext, @Input() { params }: RouteInput<'listReleases'>): Promise<Reply> {
    return { body: { rows: given(await this.dependencies.useCases.listReleases(context, params.id)) } };
  }

  @Handles('draftRelease')
  async draft(
    @Asking() context: RequestContext,
    @Input() { params, body }: RouteInput<'draftRelease'>,
    @Incoming() request: FastifyRequest,
  ): Promise<Reply> {
    const draft = { client: params.id, terms: body };
    return created(given(await this.dependencies.useCases.draftRelease(context, draft, idempotencyOf(request))));
  }

  @Handles('readRelease')
  async read(@Asking() context: RequestContext, @Input() { params }: RouteInput<'readRelease'>): Promise<Reply> {
    const { view, tag } = given(await this.dependencies.useCases.readRelease(context, params.id));
    return { body: view, headers: { etag: quoted(tag) } };
  }

  @Handles('reviseRelease')
  async revise(
    @Asking() context: RequestContext,
    @Input() { params, body }: RouteInput<'reviseRelease'>,
    @Incoming() request: FastifyRequest,
  ): Promise<Reply> {
    const revision = { terms: body, ...acceptedTag(request) };
    const { view, tag } = given(await this.dependencies.useCases.reviseRelease(context, params.id, revision));
    return { body: view, headers: { etag: quoted(tag) } };
  }

  @Handles('readReleaseHistory')
  async history(
    @Asking() context: RequestContext,
    @Input() { params }: RouteInput<'readReleaseHistory'>,
  ): Promise<Reply> {
    return { body: given(await this.dependencies.useCases.readReleaseHistory(context, params.id)) };
  }

  @Handles('signRelease')
  async sign(
    @Asking() context: RequestContext,
    @Input() { params, body }: RouteInput<'signRelease'>,
    @Incoming() request: FastifyRequest,
  ): Promise<Reply> {
    const signing = { ...body, ...acceptedTag(request) };
    return { body: given(await this.dependencies.useCases.signRelease(context, params.id, signing)) };
  }

  @Handles('supersedeRelease')
  async supersede(
    @Asking() context: RequestContext,
    @Input() { params, body }: RouteInput<'supersedeRelease'>,
  ): Promise<Reply> {
    return {
      body: given(await this.dependencies.useCases.relateRelease(context, params.id, { ...body, kind: 'supersedes' })),
    };
  }

  @Handles('addToRelease')
  async addTo(
    @Asking() context: RequestContext,
    @Input() { params, body }: RouteInput<'addToRelease'>,
  ): Promise<Reply> {
    return {
      body: given(await this.dependencies.useCases.relateRelease(context, params.id, { ...body, kind: 'adds_to' })),
    };
  }

  @Handles('revokeRelease')
  async revoke(
    @Asking() context: RequestContext,
    @Input() { params, body }: RouteInput<'revokeRelease'>,
  ): Promise<Reply> {
    return { body: given(await this.dependencies.useCases.revokeRelease(context, params.id, body)) };
  }

  @Handles('endRelease')
  async end(@Asking() context: RequestContext, @Input() { params, body }: RouteInput<'endRelease'>): Promise<Reply> {
    return { body: given(await this.dependencies.useCases.endRelease(context, params.id, body)) };
  }

  @Handles('listRestrictions')
  async listRestrictions(
    @Asking() context: RequestContext,
    @Input() { params }: RouteInput<'listRestrictions'>,
  ): Promise<Reply> {
    return { body: { rows: given(await this.dependencies.useCases.listRestrictions(context, params.id)) } };
  }

  @Handles('recordRestriction')
  async recordRestriction(
    @Asking() context: RequestContext,
    @Input() { params, body }: RouteInput<'recordRestriction'>,
    @Incoming() request: FastifyRequest,
  ): Promise<Reply> {
    const restriction = { client: params.id, restriction: body };
    return created(
      given(await this.dependencies.useCases.recordRestriction(context, restriction, idempotencyOf(request))),
    );
  }
}
