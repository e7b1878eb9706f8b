import { isOfRendering } from '#libs/disclosure';
import type { ClientId, DisclosureId } from '#libs/kernel';
import { loadAccepted } from '../dossier/dossier.js';
import { ledgerOf } from '../judgement/describe-decision.js';
import { judge } from '../judgement/judge.js';
import { rehearse } from '../judgement/rehearse.js';
import { emptyAuthority, placementOf } from '../judgement/standing.js';
import { storedDecision } from '../judgement/store-decision.js';
import type { DisclosureRecord } from '../ports/records.js';
import type { Services } from '../ports/services.js';
import type { DisclosureChange, Transaction } from '../ports/store.js';
import { rulesetOf } from '../rules/rule-book.js';

/** Its rendering refused it, for what no decision sees: it may go again only when another rendering would not. */
const wasRefused = ({ cause }: DisclosureRecord): boolean => cause !== undefined && isOfRendering(cause);

/** Most holds looked at again in one transaction. */
const MOST = 200;

/**
 * Looks again at what is held or blocked, inside the transaction that may have cured it. What may go becomes ready by
 * itself; what still may not keeps its place with the cause of today. Gives the ids that resumed.
 */
export const reconsider = async (
  services: Services,
  transaction: Transaction,
  whose: readonly ClientId[] | 'all' | { readonly disclosures: readonly DisclosureId[] },
): Promise<readonly DisclosureId[]> => {
  // What waits to be fetched may no longer go, or otherwise: it is decided again at once, and not listed until then.
  if (typeof whose === 'object' && !('disclosures' in whose))
    await transaction.disclosures.redrive(await transaction.inbox.waitingOf(whose));
  const ids =
    typeof whose === 'object' && 'disclosures' in whose
      ? whose.disclosures
      : await transaction.disclosures.heldOf(whose);
  const resumed: DisclosureId[] = [];
  for (let from = 0; from < ids.length; from += MOST) {
    resumed.push(...(await reconsiderSome(services, transaction, ids.slice(from, from + MOST))));
  }
  return resumed;
};

const reconsiderSome = async (
  services: Services,
  transaction: Transaction,
  ids: readonly DisclosureId[],
): Promise<readonly DisclosureId[]> => {
  const records = [...(await transaction.disclosures.byIds(ids)).values()].filter(
    (one) => one.state === 'held' || one.state === 'blocked',
  );
  if (records.length === 0) return [];
  const clients = [...new Set(records.map((one) => one.client))].sort();
  await transaction.authority.lockShared(clients);
  const authorities = await transaction.authority.read(clients);
  const documents = await transaction.documents.byIds([...new Set(records.map((one) => one.document))]);
  const ruleset = rulesetOf(services.book, await transaction.practice.choices());
  const now = await transaction.clock();
  const known = records.flatMap((record) => {
    const document = documents.get(record.document);
    return document ? [{ record, document }] : [];
  });
  const dossiers = await loadAccepted(
    transaction,
    known.map(({ record, document }) => ({ document, lane: record.lane })),
  );
  const judged = known.flatMap(({ record }, index) => {
    const dossier = dossiers[index];
    if (dossier === undefined) return [];
    const authority = authorities.get(record.client) ?? emptyAuthority(record.client);
    const judgement = judge(dossier, record, { authority, ruleset, now });
    return [{ record, dossier, authority, judgement, placement: placementOf(judgement.decision) }];
  });
  const refused = judged.filter(({ record, placement }) => placement.state === 'ready' && wasRefused(record));
  const keys = refused.length === 0 ? undefined : await transaction.clients.keys(clients);
  const placed = judged.map((one) => {
    const key = refused.includes(one) ? keys?.get(one.record.client) : undefined;
    const { frequency } = one.record.correction ?? {};
    const refusal = key && rehearse(services, { ...one, key, now, ...(frequency ? { frequency } : {}) });
    return refusal ? { ...one, placement: { state: 'held', cause: refusal.code, curer: 'office' } as const } : one;
  });
  const changed = placed.filter(
    ({ record, placement }) => placement.state !== record.state || placement.cause !== record.cause,
  );
  const moved = new Set(
    await transaction.disclosures.move(
      changed.map(({ record, placement }): DisclosureChange => ({
        id: record.id,
        from: record.state,
        to: placement.state,
        ...(placement.cause ? { cause: placement.cause } : {}),
        ...(placement.curer ? { curer: placement.curer } : {}),
        ...(placement.state === 'ready' ? { dueAt: now } : {}),
      })),
      undefined,
    ),
  );
  const done = changed.filter(({ record }) => moved.has(record.id));
  await transaction.disclosures.saveDecisions(
    done.map(({ record, authority, judgement }) =>
      storedDecision(judgement, authority, { id: services.ids.uuid(), disclosure: record.id, takenAt: now }),
    ),
  );
  for (const { record, judgement, placement } of done) {
    transaction.ledger.record({
      kind: placement.state === 'ready' ? 'resumed' : placement.state,
      actor: 'sluice',
      client: record.client,
      disclosure: record.id,
      insurer: record.insurer,
      ...ledgerOf(judgement.decision),
    });
  }
  return done.filter(({ placement }) => placement.state === 'ready').map(({ record }) => record.id);
};
