import { type ApiKeyId, failed, issue, ok, type Result } from '#libs/kernel';
import type { PracticeContext, Transaction } from '../ports/store.js';

/** From its commit on nobody is let in with the key. `not_found` for one that does not work (any more). */
export const revokeApiKeyIn = async (
  transaction: Transaction,
  request: { readonly context: PracticeContext; readonly id: ApiKeyId },
): Promise<Result<void>> => {
  const { context, id } = request;
  if (!(await transaction.practice.revokeApiKey(id))) return failed(issue('not_found', ''));
  const subject = `key:${id}`;
  transaction.ledger.record({ kind: 'settings-changed', actor: context.actor, subject, codes: ['api_key_revoked'] });
  return ok(undefined);
};
