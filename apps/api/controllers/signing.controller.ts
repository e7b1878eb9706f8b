import { Controller, Inject } from '@nestjs/common';
import type { RouteInput } from '#libs/contracts';
import { Asking } from '../asking.js';
import { type ApiDependencies, DEPENDENCIES } from '../dependencies.js';
import { Handles, Input } from '../handles.js';
import { given } from '../problem-status.js';
import type { Reply } from '../reply.js';
import type { RequestContext } from '../use-cases/asked.js';

@Controller()
export class SigningController {
  constructor(@Inject(DEPENDENCIES) private readonly dependencies: ApiDependencies) {}

  @Handles('createSigningLink')
  async create(
    @Asking() context: RequestContext,
    @Input() { params, body }: RouteInput<'createSigningLink'>,
  ): Promise<Reply> {
    return { body: given(await this.dependencies.useCases.createSigningLink(context, params.id, body)) };
  }

  @Handles('listSigningLinks')
  async list(@Asking() context: RequestContext, @Input() { params }: RouteInput<'listSigningLinks'>): Promise<Reply> {
    return { body: { rows: given(await this.dependencies.useCases.listSigningLinks(context, params.id)) } };
  }

  @Handles('withdrawSigningLink')
  async withdraw(
    @Asking() context: RequestContext,
    @Input() { params }: RouteInput<'withdrawSigningLink'>,
  ): Promise<Reply> {
    const at = { release: params.id, link: params.link };
    given(await this.dependencies.useCases.withdrawSigningLink(context, at));
    return {};
  }

  @Handles('listExpiringReleases')
  async expiring(
    @Asking() context: RequestContext,
    @Input() { query }: RouteInput<'listExpiringReleases'>,
  ): Promise<Reply> {
    const within = query.within === '3' ? 3 : query.within === '14' ? 14 : 30;
    return { body: { rows: given(await this.dependencies.useCases.listExpiringReleases(context, within)) } };
  }

  @Handles('renewReleases')
  async renew(@Asking() context: RequestContext, @Input() { body }: RouteInput<'renewReleases'>): Promise<Reply> {
    return { body: given(await this.dependencies.useCases.renewReleases(context, body)) };
  }

  @Handles('readReleaseText')
  async text(
    @Asking() context: RequestContext,
    @Input() { params, query }: RouteInput<'readReleaseText'>,
  ): Promise<Reply> {
    const language = query.language ?? 'en';
    return { body: given(await this.dependencies.useCases.readReleaseText(context, params.id, language)) };
  }

  @Handles('readReleaseCopy')
  async copy(@Asking() context: RequestContext, @Input() { params }: RouteInput<'readReleaseCopy'>): Promise<Reply> {
    const bytes = given(await this.dependencies.useCases.readReleaseCopy(context, params.id));
    return {
      body: Buffer.from(bytes),
      headers: { 'content-type': 'application/pdf', 'content-disposition': 'attachment; filename="release.pdf"' },
    };
  }

  @Handles('readSignature')
  async signature(@Asking() context: RequestContext, @Input() { params }: RouteInput<'readSignature'>): Promise<Reply> {
    const picture = given(await this.dependencies.useCases.readSignature(context, params.id));
    return {
      body: Buffer.from(picture),
      headers: { 'content-type': 'image/png', 'content-disposition': 'inline; filename="signature.png"' },
    };
  }
}
