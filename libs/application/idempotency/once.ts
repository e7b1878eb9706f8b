import { failed, type Issue, issue, ok, type Result } from '#libs/kernel';
import type { IdempotencyClaim } from '../intake/submission.js';
import type { Services } from '../ports/services.js';
import type { PracticeContext, Transaction } from '../ports/store.js';

/**
 * What is kept of a creation for whoever asks again with the same key: ids, and nothing about anybody. What is shown is
 * read anew, so that no copy of a client outlives the client's key.
 */
export type Receipt = Readonly<Record<string, string>>;

/** What was created, now or by the first request with this key. */
export interface Once<Body> {
  readonly status: number;
  readonly body: Body;
  readonly replayed: boolean;
}

export interface OnceWork<Body> {
  readonly run: (transaction: Transaction) => Promise<Result<Receipt>>;
  readonly show: (transaction: Transaction, receipt: Receipt) => Promise<Result<Body>>;
}

/** Undoes a transaction in which something expected was refused. */
class Refused extends Error {
  override readonly name = 'Refused';

  constructor(readonly issues: readonly Issue[]) {
    super('refused');
  }
}

/** Another transaction was first. The store tells it by `unique_violation…` in the code of its error. */
export const isUniqueViolation = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  typeof error.code === 'string' &&
  error.code.startsWith('unique_violation');

const receiptIn = (body: string): Receipt => {
  const stored: unknown = JSON.parse(body);
  if (typeof stored !== 'object' || stored === null) throw new Error('a receipt was not written by us');
  return Object.fromEntries(
    Object.entries(stored).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
};

const given = <T>(result: Result<T>): T => {
  if (result.ok) return result.value;
  throw new Refused(result.issues);
};

/** Runs work in one transaction of a practice, and undoes all of it when it is refused. */
export const allOrNothing = async <T>(
  services: Services,
  context: PracticeContext,
  work: (transaction: Transaction) => Promise<Result<T>>,
): Promise<Result<T>> => {
  try {
    return ok(await services.store.inPractice(context, async (transaction) => given(await work(transaction))));
  } catch (error) {
    if (error instanceof Refused) return failed(...error.issues);
    throw error;
  }
};

/**
 * Creates at most once under a key: effect, receipt and ledger in one transaction. Another body under the same key is
 * `idempotency_key_reused`; a request that runs at the same moment and was first makes this one `idempotency_in_progress`.
 */
export const once = async <Body>(
  services: Services,
  asked: { readonly context: PracticeContext; readonly claim: IdempotencyClaim },
  work: OnceWork<Body>,
): Promise<Result<Once<Body>>> => {
  const { context, claim } = asked;
  try {
    return await allOrNothing(services, context, async (transaction) => {
      const [found] = await transaction.idempotency.find([claim]);
      if (found !== undefined && found.fingerprint !== claim.fingerprint)
        return failed(issue('idempotency_key_reused', 'Idempotency-Key'));
      if (found !== undefined)
        return ok({
          status: found.status,
          body: given(await work.show(transaction, receiptIn(found.body))),
          replayed: true,
        });
      const made = await work.run(transaction);
      if (!made.ok) {
        // What refuses it may be the very thing that the same request, a moment earlier, has made.
        const [meanwhile] = await transaction.idempotency.find([claim]);
        if (meanwhile !== undefined) return failed(issue('idempotency_in_progress', 'Idempotency-Key'));
      }
      const receipt = given(made);
      await transaction.idempotency.add([{ ...claim, body: JSON.stringify(receipt) }]);
      return ok({ status: claim.status, body: given(await work.show(transaction, receipt)), replayed: false });
    });
  } catch (error) {
    if (isUniqueViolation(error)) return failed(issue('idempotency_in_progress', 'Idempotency-Key'));
    throw error;
  }
};
