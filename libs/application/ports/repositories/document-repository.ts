import type { DocumentId } from '#libs/kernel';
import type { DocumentRecord } from '../records/document.js';

export interface DocumentRepository {
  /**
   * `services` are blind indexes of the services that an invoice bills to one insurer. Gives the ids of documents whose
   * service another document already has; those are not inserted.
   */
  add(
    documents: readonly {
      readonly document: DocumentRecord;
      readonly services: readonly string[];
      /** Documents of the claim that this one corrects: their services are its own. */
      readonly shares?: readonly DocumentId[];
    }[],
  ): Promise<readonly DocumentId[]>;
  /** Which of these services a document already has, and which document. Reads only. */
  taken(services: readonly string[]): Promise<ReadonlyMap<string, DocumentId>>;
  byIds(ids: readonly DocumentId[]): Promise<ReadonlyMap<DocumentId, DocumentRecord>>;
  /** Replaces the content of a document whose disclosures are all held: a cure of the chart or the office. */
  amend(document: DocumentRecord, services: readonly string[], shares?: readonly DocumentId[]): Promise<boolean>;
  /** From now on a document bills these services and no others. False if another one has one of them; nothing changes then. */
  bill(document: DocumentId, services: readonly string[], shares?: readonly DocumentId[]): Promise<boolean>;
}
