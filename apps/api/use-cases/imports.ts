import type { ImportKind, ImportReport } from '#libs/contracts';
import type { Answer, Idempotency, RequestContext } from './asked.js';

/** A comma-separated file, read once. */
export interface SentFile {
  readonly kind: ImportKind;
  readonly file: AsyncIterable<Uint8Array>;
}

/** Clients, coverages and releases from a file. */
export interface ImportUseCases {
  /** What would come of each row of a file; keeps nothing. */
  rehearseImport(context: RequestContext, sent: SentFile): Answer<ImportReport>;
  importFile(
    context: RequestContext,
    sent: SentFile,
    claim: Omit<Idempotency, 'fingerprint'>,
  ): Answer<{ readonly report: ImportReport; readonly replayed: boolean }>;
}
