import { failed, issue, type PlainDate, type Result } from '#libs/kernel';
import type { ReleaseDraft, ReleaseRecord } from '../ports/records.js';
import { dayIn } from '../practice/days.js';
import type { Services } from '../ports/services.js';
import type { PracticeContext, Transaction } from '../ports/store.js';
import { draftReleaseIn } from './draft-release.js';

/**
 * Drafts a signed release once more, for longer. It says what was signed, id by id, and nothing that a preset or a group
 * has gained since. `not_signed`; `release_revoked`; `until_before_from` unless it lasts longer than the one before.
 */
export const renewReleaseIn = async (
  services: Services,
  transaction: Transaction,
  request: { readonly context: PracticeContext; readonly release: string; readonly validUntil: PlainDate },
): Promise<Result<ReleaseRecord>> => {
  const { context, validUntil } = request;
  const before = await transaction.authority.release(request.release);
  if (before === undefined) return failed(issue('not_found', ''));
  const { signed, client, terms } = before;
  if (signed === undefined) return failed(issue('not_signed', '/status'));
  const authority = (await transaction.authority.read([client])).get(client);
  if (authority?.revocations.some(({ release }) => release === before.id))
    return failed(issue('release_revoked', '/status'));
  if (signed.validUntil !== undefined && validUntil <= signed.validUntil)
    return failed(issue('until_before_from', '/validUntil'));
  const { recipient, purposes, grants, statements, blanket, jurisdiction, serviceFrom, serviceTo } = signed;
  const draft: ReleaseDraft = {
    recipient,
    purposes,
    grants,
    statements,
    blanket,
    jurisdiction,
    validFrom: await dayIn(transaction, await transaction.clock()),
    validUntil,
    parentConsentedToTreatment: terms.parentConsentedToTreatment,
    ...(serviceFrom === undefined ? {} : { serviceFrom }),
    ...(serviceTo === undefined ? {} : { serviceTo }),
  };
  return draftReleaseIn(services, transaction, { context, client, draft });
};
