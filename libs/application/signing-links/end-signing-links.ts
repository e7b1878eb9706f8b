import type { ReleaseId, SigningLinkId } from '#libs/kernel';
import type { SigningLinkEnd } from '../ports/records.js';
import type { PracticeContext, Transaction } from '../ports/store.js';

/** Ends the open links of a release, all or one. Gives how many there were. */
export const endLinksIn = async (
  transaction: Transaction,
  request: {
    readonly context: PracticeContext;
    readonly release: ReleaseId;
    readonly because: SigningLinkEnd;
    readonly only?: SigningLinkId;
  },
): Promise<number> => {
  const { context, release, because, only } = request;
  const open = (await transaction.signingLinks.of(release)).filter(
    (one) => one.ended === undefined && (only === undefined || one.id === only),
  );
  if (open.length === 0) return 0;
  await transaction.signingLinks.end(
    open.map(({ id }) => id),
    { because, at: transaction.now },
  );
  for (const { client } of open)
    transaction.ledger.record({
      kind: 'signing-link-ended',
      actor: context.actor,
      client,
      subject: release,
      codes: [because],
    });
  return open.length;
};
