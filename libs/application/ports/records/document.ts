import type { Invoice, TreatmentReport } from '#libs/billing';
import type { ClientId, DocumentId } from '#libs/kernel';

export type DocumentContent =
  | { readonly kind: 'invoice'; readonly invoice: Invoice }
  | { readonly kind: 'treatment-report'; readonly report: TreatmentReport };

export interface DocumentRecord {
  readonly id: DocumentId;
  readonly client: ClientId;
  readonly content: DocumentContent;
  readonly createdBy: string;
  readonly createdAt: number;
}
