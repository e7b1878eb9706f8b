import type { CheckScan, ReleaseView, ScanView } from '#libs/contracts';
import type { ReleaseId, ScanId } from '#libs/kernel';
import type { Answer, Created, Idempotency, RequestContext } from './asked.js';

/** Scans of signed papers. */
export interface ScanUseCases {
  attachScan(
    context: RequestContext,
    scan: { readonly release: ReleaseId; readonly mediaType: string; readonly bytes: Uint8Array },
    idempotency: Idempotency,
  ): Answer<Created<ScanView>>;
  listScans(context: RequestContext, release: ReleaseId): Answer<readonly ScanView[]>;
  readScan(
    context: RequestContext,
    id: ScanId,
  ): Answer<{ readonly mediaType: ScanView['mediaType']; readonly bytes: Uint8Array }>;
  checkScan(context: RequestContext, id: ScanId, verdict: CheckScan): Answer<ReleaseView>;
}
