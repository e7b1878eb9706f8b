import {
  attachScanIn,
  checkScanIn,
  isInReach,
  releaseStanding,
  type ReleaseRecord,
  SCAN_TYPES,
  type ScanRecord,
  type Transaction,
} from '#libs/application';
import type { ScanView } from '#libs/contracts';
import { failed, issue, ok, type ReleaseId, type Result, type ScanId } from '#libs/kernel';
import type { ScanUseCases } from '../use-cases/scans.js';
import type { RequestContext } from '../use-cases/asked.js';
import { createdOnce, type Desk, idIn, notFound, toInstant, toPracticeContext, within } from './desk.js';
import { toReleaseView } from './release-mappers.js';

const toScanView = (scan: ScanRecord): ScanView => ({
  id: scan.id,
  release: scan.release,
  mediaType: scan.mediaType,
  size: scan.size,
  status: scan.checked?.outcome ?? 'to-check',
  attachedBy: scan.attachedBy,
  attachedAt: toInstant(scan.attachedAt),
  ...(scan.checked === undefined ? {} : { checkedBy: scan.checked.by, checkedAt: toInstant(scan.checked.at) }),
});

/** A release, or a scan, of a client who is there for the asker. */
const reached = async <Found extends ReleaseRecord | ScanRecord>(
  transaction: Transaction,
  context: RequestContext,
  found: Found | undefined,
): Promise<Result<Found>> =>
  found !== undefined && (await isInReach(transaction, context.reach, found.client)) ? ok(found) : notFound();

export const scanUseCases = (desk: Desk): ScanUseCases => ({
  attachScan: (context, { release, mediaType, bytes }, idempotency) =>
    createdOnce(
      desk,
      { context, idempotency },
      {
        run: async (transaction) => {
          const known = await reached(transaction, context, await transaction.authority.release(release));
          if (!known.ok) return known;
          const type = SCAN_TYPES.find((one) => one === mediaType.toLowerCase());
          if (type === undefined) return failed(issue('media_type_differs', 'Content-Type'));
          const request = { context: toPracticeContext(context), scan: { release, mediaType: type, bytes } };
          const attached = await attachScanIn(desk.services, transaction, request);
          return attached.ok ? ok({ scan: attached.value.id }) : attached;
        },
        show: async (transaction, receipt) => {
          const id = idIn<ScanId>(receipt, 'scan');
          const scan = id === undefined ? undefined : await transaction.scans.byId(id);
          return scan === undefined ? notFound() : ok(toScanView(scan));
        },
      },
    ),

  listScans: (context, id: ReleaseId) =>
    within(desk, context, async (transaction) => {
      const known = await reached(transaction, context, await transaction.authority.release(id));
      return known.ok ? ok((await transaction.scans.of(id)).map(toScanView)) : known;
    }),

  readScan: (context, id) =>
    within(desk, context, async (transaction) => {
      const scan = await reached(transaction, context, await transaction.scans.byId(id));
      if (!scan.ok) return scan;
      const bytes = await transaction.scans.bytes(scan.value);
      return bytes === undefined ? notFound() : ok({ mediaType: scan.value.mediaType, bytes });
    }),

  checkScan: (context, id, verdict) =>
    within(desk, context, async (transaction) => {
      const scan = await reached(transaction, context, await transaction.scans.byId(id));
      if (!scan.ok) return scan;
      const request = { context: toPracticeContext(context), scan: id, verdict };
      const checked = await checkScanIn(desk.services, transaction, request);
      if (!checked.ok) return checked;
      const standing = await releaseStanding(desk.services, transaction, checked.value.release);
      return standing === undefined ? notFound() : ok(toReleaseView(standing));
    }),
});
