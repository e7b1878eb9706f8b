import { Controller, Inject } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { mayDo } from '#libs/access';
import type { Action, BulkAction, RouteInput } from '#libs/contracts';
import { issue } from '#libs/kernel';
import { actedBody, rehearsedBody } from '../action-answers.js';
import { Asking } from '../asking.js';
import { type ApiDependencies, DEPENDENCIES } from '../dependencies.js';
import { Handles, Incoming, Input } from '../handles.js';
import { idempotencyOfAction, openClaimOf } from '../idempotency.js';
import { ProblemError } from '../problem-error.js';
import { created, type Reply } from '../reply.js';
import { stateOf } from '../request-state.js';
import type { RequestContext } from '../use-cases/asked.js';
import type { OneAction } from '../use-cases/bulk-actions.js';

/** What the single request asks of a role. */
const NEEDS: Readonly<Record<BulkAction['action'], Action>> = {
  cancel: 'disclosures.cancel',
  choose: 'disclosures.choose',
  assign: 'worklist.write',
  snooze: 'worklist.write',
};

/** A disclosure that is named twice is acted on once. */
const placesOf = ({ items }: BulkAction): ReadonlyMap<string, number> =>
  new Map([...items.entries()].reverse().map(([index, { id }]) => [id, index] as const));

@Controller()
export class BulkActionsController {
  constructor(@Inject(DEPENDENCIES) private readonly dependencies: ApiDependencies) {}

  @Handles('actOnDisclosures')
  async act(
    @Asking() context: RequestContext,
    @Input() { body, query }: RouteInput<'actOnDisclosures'>,
    @Incoming() request: FastifyRequest,
  ): Promise<Reply> {
    const { useCases } = this.dependencies;
    if (!mayDo(context.roles, NEEDS[body.action])) throw new ProblemError('forbidden');
    const { correlation } = stateOf(request);
    const batch = query.validate === 'only' ? undefined : openClaimOf(request);
    const { items, ...action } = body;
    const places = placesOf(body);
    const rows = items.map(({ id }, index) => ({
      id,
      index,
      ...(places.get(id) === index
        ? {}
        : { problem: new ProblemError('invalid_request', { issues: [issue('item_repeated', `/items/${index}/id`)] }) }),
    }));
    const actions = items.flatMap((item, index): OneAction[] =>
      places.get(item.id) === index ? [{ disclosure: item.id, action, ...versionIn(item) }] : [],
    );
    if (batch === undefined) {
      const answers = await useCases.rehearseActions(context, actions);
      return { status: 200, body: rehearsedBody(rows, answers, correlation) };
    }
    const answers = await useCases.actOnDisclosures(
      context,
      actions.map((one) => ({ ...one, idempotency: idempotencyOfAction(batch, one) })),
    );
    const replayed = answers.length > 0 && answers.every((answer) => answer.ok && answer.value.replayed);
    return created({ status: batch.status, body: actedBody(rows, answers, correlation), replayed });
  }
}

const versionIn = ({ version }: { readonly version?: number }) => (version === undefined ? {} : { version });
