import {
  allOrNothing,
  type ClientRecord,
  type ConnectionChecker,
  type Intakes,
  isInReach,
  once,
  type OnceWork,
  type PracticeContext,
  type PullServices,
  type Receipt,
  type Transaction,
  type Transport,
  type WebhookAddressCheck,
} from '#libs/application';
import { type Branded, type ClientId, failed, issue, ok, parseId, type Result } from '#libs/kernel';
import type { Answer, Created, Idempotency, RequestContext } from '../use-cases/asked.js';
import { settled } from './failures.js';

/** What the use cases of the gateway share. */
export interface Desk {
  readonly services: PullServices;
  readonly intakes: Intakes;
  /** Asked before an address of an endpoint is taken down. */
  readonly mayTell: WebhookAddressCheck;
  readonly checkConnection: ConnectionChecker;
  /** For claims about nobody. */
  readonly sendTest: Transport['send'];
}

export const toPracticeContext = ({ practice, actor }: RequestContext): PracticeContext => ({ practice, actor });

export const toClaim = (context: RequestContext, idempotency: Idempotency) => ({
  ...idempotency,
  principal: context.principal,
});

/** One transaction of the asker’s practice; undone when it is refused. */
export const within = <T>(
  { services }: Desk,
  context: RequestContext,
  work: (transaction: Transaction) => Promise<Result<T>>,
): Answer<T> => settled(services.log, allOrNothing(services, toPracticeContext(context), work));

/** The same for what is created once under a key. */
export const createdOnce = <Body>(
  { services }: Desk,
  asked: { readonly context: RequestContext; readonly idempotency: Idempotency },
  work: OnceWork<Body>,
): Answer<Created<Body>> => {
  const { context, idempotency } = asked;
  return settled(
    services.log,
    once(services, { context: toPracticeContext(context), claim: toClaim(context, idempotency) }, work),
  );
};

export const notFound = <T>(): Result<T> => failed(issue('not_found', ''));

/** The value of a receipt that was written by the same use case. */
export const idIn = <Id extends Branded<string>>(receipt: Receipt, name: string): Id | undefined =>
  parseId<Id>(receipt[name] ?? '');

/** A client who is there, and there for the asker. */
export const clientFor = async (
  transaction: Transaction,
  context: RequestContext,
  id: ClientId,
): Promise<Result<ClientRecord>> => {
  const client = (await transaction.clients.byIds([id])).get(id);
  return client !== undefined && (await isInReach(transaction, context.reach, id)) ? ok(client) : notFound();
};

export const toInstant = (milliseconds: number): string => new Date(milliseconds).toISOString();
