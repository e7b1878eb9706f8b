import { Controller, Inject } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { RouteInput } from '#libs/contracts';
import { Asking } from '../asking.js';
import { type ApiDependencies, DEPENDENCIES } from '../dependencies.js';
import { Handles, Incoming, Input } from '../handles.js';
import { submittedBody, validatedBody } from '../batch-answers.js';
import { openClaimOf, idempotencyOf, idempotencyOfItem } from '../idempotency.js';
import { maskView } from '../masking.js';
import { given } from '../problem-status.js';
import { readBatch } from '../read-batch.js';
import { created, type Reply } from '../reply.js';
import { stateOf } from '../request-state.js';
import type { RequestContext } from '../use-cases/asked.js';

const byPlace = <T>(items: readonly { readonly index: number }[], answers: readonly T[]): ReadonlyMap<number, T> =>
  new Map(answers.flatMap((answer, at) => (items[at] === undefined ? [] : [[items[at].index, answer] as const])));

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

  @Handles('submitInvoices')
  async submitInvoices(
    @Asking() context: RequestContext,
    @Input() { body, query }: RouteInput<'submitInvoices'>,
    @Incoming() request: FastifyRequest,
  ): Promise<Reply> {
    const { useCases } = this.dependencies;
    const { correlation } = stateOf(request);
    const batch = query.validate === 'only' ? undefined : openClaimOf(request);
    const items = await readBatch(body.items);
    const sound = items.flatMap((item) => ('invoice' in item ? [item] : []));
    if (batch === undefined) {
      const answers = await useCases.validateInvoices(
        context,
        sound.map(({ invoice }) => invoice),
      );
      return { status: 200, body: validatedBody(items, byPlace(sound, answers), correlation) };
    }
    const answers = await useCases.submitInvoices(
      context,
      sound.map((item) => ({ invoice: item.invoice, idempotency: idempotencyOfItem(batch, item) })),
    );
    const replayed = sound.length > 0 && answers.every((answer) => answer.ok && answer.value.replayed);
    return created({
      status: batch.status,
      body: submittedBody(items, byPlace(sound, answers), correlation),
      replayed,
    });
  }

  @Handles('previewInvoice')
  async previewInvoice(
    @Asking() context: RequestContext,
    @Input() { body, query }: RouteInput<'previewInvoice'>,
  ): Promise<Reply> {
    const shown = await this.dependencies.useCases.previewInvoice(context, body, query.amends);
    return { body: maskView(given(shown), context) };
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
