import { failed, type InsurerId, issue, ok, type Result } from '#libs/kernel';
import type { CheckedStep, ConnectionChecker } from '../ports/connection-check.js';
import type { InsurerRecord } from '../ports/records.js';
import type { Services } from '../ports/services.js';
import type { PracticeContext } from '../ports/store.js';
import { reachedBy } from '../routes/reached-insurers.js';

export interface CheckedConnection {
  readonly insurer: InsurerRecord;
  readonly steps: readonly CheckedStep[];
}

/**
 * Tries the connection over which an insurer is reached now, outside any transaction. That somebody tried is in the ledger
 * before anything is connected to.
 */
export const checkConnection = async (
  services: Pick<Services, 'store'>,
  check: ConnectionChecker,
  request: { readonly context: PracticeContext; readonly insurer: InsurerId },
): Promise<Result<CheckedConnection>> => {
  const { context, insurer: id } = request;
  const insurer = await services.store.inPractice(context, async ({ practice, routes, ledger }) => {
    const found = (await practice.insurers([id])).get(id);
    if (found === undefined) return undefined;
    ledger.record({ kind: 'connection-checked', actor: context.actor, insurer: id });
    return reachedBy(found, (await routes.current([id])).get(id));
  });
  return insurer === undefined ? failed(issue('not_found', '')) : ok({ insurer, steps: await check(insurer) });
};
