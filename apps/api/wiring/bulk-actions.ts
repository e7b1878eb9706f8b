import type { Choice, Receipt, Transaction } from '#libs/application';
import { type DisclosureId, failed, issue, ok, type ReleaseId, type Result, unreachable } from '#libs/kernel';
import type { ActionDone, BulkActionUseCases, ClaimedAction, OneAction, Standing } from '../use-cases/bulk-actions.js';
import type { RequestContext } from '../use-cases/asked.js';
import { createdOnce, type Desk, idIn, notFound, within } from './desk.js';
import { fromChoose } from './disclosure-mappers.js';
import { choiceReceipt } from './disclosures.js';
import { assignIn, snoozeIn } from './worklist.js';

/** Through the gate of the single request, whatever the action. */
const act = async (
  desk: Desk,
  transaction: Transaction,
  asked: OneAction & { readonly context: RequestContext },
): Promise<Result<Receipt>> => {
  const { context, disclosure, version, action } = asked;
  const choose = (choice: Choice): Promise<Result<Receipt>> =>
    choiceReceipt(desk, transaction, { context, disclosure, choice, version });
  const item = { item: disclosure, ...(version === undefined ? {} : { version }) };
  const kept = async (work: Promise<Result<unknown>>): Promise<Result<Receipt>> => {
    const done = await work;
    return done.ok ? ok({ disclosure }) : done;
  };
  switch (action.action) {
    case 'cancel':
      return choose({ kind: 'cancel' });
    case 'choose':
      return choose(fromChoose(action.choice));
    case 'assign':
      return kept(assignIn(transaction, context, { ...item, staff: action.staff }));
    case 'snooze':
      return kept(snoozeIn(transaction, context, { ...item, until: action.until }));
    default:
      return unreachable(action);
  }
};

const standingOf = async (transaction: Transaction, receipt: Receipt): Promise<Result<Standing>> => {
  const replacement = idIn<DisclosureId>(receipt, 'replacement');
  const id = replacement ?? idIn<DisclosureId>(receipt, 'disclosure');
  const record = id === undefined ? undefined : (await transaction.disclosures.byIds([id])).get(id);
  if (record === undefined) return notFound();
  return ok({
    state: record.state,
    ...(record.cause === undefined ? {} : { cause: record.cause }),
    ...(record.curer === undefined ? {} : { curer: record.curer }),
    ...(replacement === undefined ? {} : { replacement }),
  });
};

const releaseIn = (receipt: Receipt): { release?: string } => {
  const release = idIn<ReleaseId>(receipt, 'release');
  return release === undefined ? {} : { release };
};

/** Does it, looks, and undoes it: what it would come to is what it comes to. */
const rehearse = async (desk: Desk, context: RequestContext, one: OneAction): Promise<Result<Standing>> => {
  const found: Standing[] = [];
  const undone = await within(desk, context, async (transaction) => {
    const made = await act(desk, transaction, { ...one, context });
    if (!made.ok) return made;
    const standing = await standingOf(transaction, made.value);
    if (!standing.ok) return standing;
    found.push(standing.value);
    return failed<Standing>(issue('rehearsed', ''));
  });
  const [standing] = found;
  return standing === undefined ? undone : ok(standing);
};

const perform = async (desk: Desk, context: RequestContext, one: ClaimedAction): Promise<Result<ActionDone>> => {
  const { idempotency, ...asked } = one;
  const done = await createdOnce<Omit<ActionDone, 'replayed'>>(
    desk,
    { context, idempotency },
    {
      run: (transaction) => act(desk, transaction, { ...asked, context }),
      show: async (transaction, receipt) => {
        const standing = await standingOf(transaction, receipt);
        return standing.ok ? ok({ ...standing.value, ...releaseIn(receipt) }) : standing;
      },
    },
  );
  return done.ok ? ok({ ...done.value.body, replayed: done.value.replayed }) : done;
};

/** One after the other, each in a transaction of its own: what is wrong with one is said of it alone. */
const eachOf = async <One, T>(ones: readonly One[], work: (one: One) => Promise<Result<T>>): Promise<Result<T>[]> => {
  const results: Result<T>[] = [];
  for (const one of ones) results.push(await work(one));
  return results;
};

export const bulkActionUseCases = (desk: Desk): BulkActionUseCases => ({
  actOnDisclosures: (context, actions) => eachOf(actions, (one) => perform(desk, context, one)),
  rehearseActions: (context, actions) => eachOf(actions, (one) => rehearse(desk, context, one)),
});
