import { failed, type InsurerId, issue, type LaneId, ok, type Result } from '#libs/kernel';
import type { BearerConnection } from '../ports/connection.js';
import type { InsurerRecord } from '../ports/records.js';
import type { Services } from '../ports/services.js';
import type { PracticeContext, Transaction } from '../ports/store.js';

export interface NewInsurer extends Pick<
  BearerConnection,
  'url' | 'receiverId' | 'production' | 'participation' | 'pin'
> {
  /** Id of a profile of config/insurers; the insurer's code in the practice. */
  readonly profile: string;
  readonly token: string;
}

/**
 * Records how the practice reaches an insurer. `unknown_profile`; `insurer_in_use` where it is there already;
 * `plain_connection` for a production address without TLS.
 */
export const addInsurerIn = async (
  services: Services,
  transaction: Transaction,
  request: { readonly context: PracticeContext; readonly insurer: NewInsurer },
): Promise<Result<InsurerRecord>> => {
  const { profile: code, token, ...connection } = request.insurer;
  const profile = services.book.insurers.find((one) => one.id === code);
  if (profile === undefined) return failed(issue('unknown_profile', '/profile'));
  const known = await transaction.practice.insurers();
  if ([...known.values()].some((one) => one.profile.id === code)) return failed(issue('insurer_in_use', '/profile'));
  if (connection.production && !connection.url.startsWith('https:')) return failed(issue('plain_connection', '/url'));
  const insurer: InsurerRecord = { id: services.ids.uuid() as InsurerId, profile, connection, token };
  await transaction.practice.addInsurer(insurer, services.ids.uuid() as LaneId);
  transaction.ledger.record({
    kind: 'settings-changed',
    actor: request.context.actor,
    insurer: insurer.id,
    codes: ['insurer_recorded'],
  });
  return ok(insurer);
};
