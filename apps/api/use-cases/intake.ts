import type { Accepted, Preview, SubmitInvoice, SubmitTreatmentReport, Validated } from '#libs/contracts';
import type { DocumentId, Result } from '#libs/kernel';
import type { Answer, Created, Idempotency, RequestContext, Unmasked } from './asked.js';

/** Invoices and treatment reports, as they come in. */
export interface IntakeUseCases {
  submitInvoice(context: RequestContext, invoice: SubmitInvoice, idempotency: Idempotency): Answer<Created<Accepted>>;
  validateInvoice(context: RequestContext, invoice: SubmitInvoice): Answer<Validated>;
  /** Each by itself, as `submitInvoice` would; in their order. */
  submitInvoices(
    context: RequestContext,
    items: readonly { readonly invoice: SubmitInvoice; readonly idempotency: Idempotency }[],
  ): Promise<readonly Result<Created<Accepted>>[]>;
  /** Each as `validateInvoice` would if those before it had been submitted; in their order. */
  validateInvoices(context: RequestContext, invoices: readonly SubmitInvoice[]): Promise<readonly Result<Validated>[]>;
  /** `amends`: the document that it would replace. */
  previewInvoice(context: RequestContext, invoice: SubmitInvoice, amends?: DocumentId): Answer<Unmasked<Preview>>;
  submitTreatmentReport(
    context: RequestContext,
    report: SubmitTreatmentReport,
    idempotency: Idempotency,
  ): Answer<Created<Accepted>>;
  validateTreatmentReport(context: RequestContext, report: SubmitTreatmentReport): Answer<Validated>;
  previewTreatmentReport(context: RequestContext, report: SubmitTreatmentReport): Answer<Unmasked<Preview>>;
}
