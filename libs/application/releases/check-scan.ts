import { createHash } from 'node:crypto';
import { failed, issue, ok, type ReleaseId, type Result, type ScanId } from '#libs/kernel';
import type { ScanRecord } from '../ports/records.js';
import type { Services } from '../ports/services.js';
import type { PracticeContext, Transaction } from '../ports/store.js';
import { draftDigest, saltedDigest } from './draft-digest.js';
import { signDraftIn, type Signing } from './sign-release.js';

/** What the second person saw: the signatures that stand on the paper, or why it will not do. */
export type ScanVerdict =
  | ({ readonly outcome: 'accepted' } & Pick<Signing, 'signatures' | 'relation'>)
  | { readonly outcome: 'refused'; readonly reason: 'illegible' | 'other-release' | 'not-signed' | 'incomplete' };

interface Checking {
  readonly context: PracticeContext;
  readonly scan: ScanId;
  readonly verdict: ScanVerdict;
}

const signOn = async (
  services: Services,
  transaction: Transaction,
  request: { readonly context: PracticeContext; readonly scan: ScanRecord; readonly verdict: ScanVerdict },
): Promise<Result<{ readonly contentDigest?: string }>> => {
  const { context, scan, verdict } = request;
  if (verdict.outcome === 'refused') return ok({});
  const release = await transaction.authority.release(scan.release);
  const key = (await transaction.clients.keys([scan.client])).get(scan.client);
  const bytes = await transaction.scans.bytes(scan);
  if (release === undefined || key === undefined || bytes === undefined) return failed(issue('not_found', ''));
  // The picture shows a paper that said something else.
  if (release.status === 'draft' && draftDigest(key.digestSalt, release.terms) !== scan.draftDigest)
    return failed(issue('draft_changed', '/release'));
  const signed = await signDraftIn(services, transaction, {
    context,
    signing: {
      release: scan.release,
      signatures: verdict.signatures,
      evidence: { kind: 'scan', digest: createHash('sha256').update(bytes).digest('hex') },
      ...(verdict.relation === undefined ? {} : { relation: verdict.relation }),
    },
  });
  return signed.ok ? ok({ contentDigest: saltedDigest(key.digestSalt, bytes) }) : signed;
};

/**
 * A second person looks at the picture of a paper; only then is the release signed, with the picture as evidence.
 * `second_person_required` for whoever attached it; `already_checked`; `draft_changed`; or as signing refuses it, and
 * then it waits as before.
 */
export const checkScanIn = async (
  services: Services,
  transaction: Transaction,
  request: Checking,
): Promise<Result<{ readonly release: ReleaseId }>> => {
  const { context, verdict } = request;
  const scan = await transaction.scans.byId(request.scan);
  if (scan === undefined) return failed(issue('not_found', ''));
  if (scan.attachedBy === context.actor) return failed(issue('second_person_required', ''));
  if (scan.checked !== undefined) return failed(issue('already_checked', '/status'));
  const signed = await signOn(services, transaction, { context, scan, verdict });
  if (!signed.ok) return signed;
  const checked = { outcome: verdict.outcome, by: context.actor, at: transaction.now };
  if (!(await transaction.scans.check(scan.id, checked))) return failed(issue('already_checked', '/status'));
  transaction.ledger.record({
    kind: 'scan-checked',
    actor: context.actor,
    client: scan.client,
    subject: scan.release,
    codes: verdict.outcome === 'accepted' ? ['accepted'] : ['refused', verdict.reason],
    ...signed.value,
  });
  return ok({ release: scan.release });
};
