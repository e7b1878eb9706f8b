import { failed, issue, ok, type Result, type ScanId } from '#libs/kernel';
import type { ScanRecord } from '../ports/records.js';
import type { Services } from '../ports/services.js';
import type { PracticeContext, Transaction } from '../ports/store.js';
import { draftDigest, saltedDigest } from './draft-digest.js';

const STARTS: readonly (readonly [ScanRecord['mediaType'], readonly number[]])[] = [
  ['application/pdf', [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
];

/** What the bytes are, whatever they are called. */
const typeOf = (bytes: Uint8Array): ScanRecord['mediaType'] | undefined =>
  STARTS.find(([, start]) => start.every((byte, index) => bytes[index] === byte))?.[0];

export interface NewScan {
  readonly release: string;
  /** As whoever sends it calls it. */
  readonly mediaType: ScanRecord['mediaType'];
  readonly bytes: Uint8Array;
}

/**
 * Keeps the picture of a signed paper for a draft, encrypted under the client's key. Nothing is in force by it.
 * `media_type_differs`: the bytes are not what they are called. `already_signed`.
 */
export const attachScanIn = async (
  services: Services,
  transaction: Transaction,
  request: { readonly context: PracticeContext; readonly scan: NewScan },
): Promise<Result<ScanRecord>> => {
  const { context, scan } = request;
  if (typeOf(scan.bytes) !== scan.mediaType) return failed(issue('media_type_differs', 'Content-Type'));
  const release = await transaction.authority.release(scan.release);
  if (release === undefined) return failed(issue('not_found', ''));
  if (release.status === 'signed') return failed(issue('already_signed', '/status'));
  const key = (await transaction.clients.keys([release.client])).get(release.client);
  if (key === undefined) return failed(issue('not_found', ''));
  const record: ScanRecord = {
    id: services.ids.uuid() as ScanId,
    release: release.id,
    client: release.client,
    mediaType: scan.mediaType,
    size: scan.bytes.length,
    draftDigest: draftDigest(key.digestSalt, release.terms),
    attachedBy: context.actor,
    attachedAt: transaction.now,
  };
  await transaction.scans.add(record, scan.bytes);
  transaction.ledger.record({
    kind: 'scan-attached',
    actor: context.actor,
    client: release.client,
    subject: release.id,
    codes: [scan.mediaType],
    contentDigest: saltedDigest(key.digestSalt, scan.bytes),
  });
  return ok(record);
};
