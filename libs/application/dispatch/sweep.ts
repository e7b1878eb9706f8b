import type { DisclosureId, PracticeId } from '#libs/kernel';
import type { DisclosureRecord } from '../ports/records.js';
import type { SendingServices } from '../ports/services.js';
import { reconsider } from '../holds/reconsider.js';

export interface Swept {
  readonly redriven: number;
  /** Attempts whose worker died after INTENT: they may have gone. */
  readonly unknown: number;
  readonly resumed: number;
}

const MOST = 500;

const idsOf = (records: readonly DisclosureRecord[]): readonly DisclosureId[] => records.map((one) => one.id);

/**
 * Drives on what the queue has lost, by the state of the domain and the lease alone. An attempt whose worker died after
 * INTENT is unknown, whatever its worker would have said: a permit may have been used.
 */
export const sweep = (
  services: SendingServices,
  practice: PracticeId,
  patience: { readonly publishedForMs: number },
): Promise<Swept> =>
  services.store.inPractice({ practice, actor: 'worker' }, async (transaction) => {
    const stranded = await transaction.disclosures.stranded({
      olderThan: patience.publishedForMs,
      limit: MOST,
    });
    const dead = stranded.filter((one) => one.state === 'sending');
    const waiting = stranded.filter((one) => one.state !== 'sending');
    const moved = await transaction.disclosures.move(
      dead.map((one) => ({ id: one.id, from: 'sending', to: 'unknown', cause: 'worker_died', dueAt: transaction.now })),
      undefined,
    );
    for (const one of dead.filter(({ id }) => moved.includes(id))) {
      transaction.ledger.record({
        kind: 'unknown',
        actor: 'worker',
        client: one.client,
        disclosure: one.id,
        insurer: one.insurer,
        codes: ['worker_died'],
      });
    }
    await transaction.disclosures.redrive(idsOf(waiting));
    if (waiting.length > 0) services.metrics.count('sweeps_redriven_total', {}, waiting.length);
    return { redriven: waiting.length, unknown: moved.length, resumed: 0 };
  });

/** Looks at every hold of a practice again: what a cure in the same moment as the hold might have missed, and what time has cured. */
export const reconsiderAll = (services: SendingServices, practice: PracticeId): Promise<number> =>
  services.store.inPractice(
    { practice, actor: 'worker' },
    async (transaction) => (await reconsider(services, transaction, 'all')).length,
  );
