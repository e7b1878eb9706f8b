import type { Accepted, SubmitInvoice, Validated } from '#libs/contracts';
import type { DisclosureId } from '#libs/kernel';
import type { Answer, Created, Idempotency, RequestContext } from './asked.js';

/** Without an invoice only what is voided, which says what the claim said. */
export interface AskedCorrection {
  readonly kind: 'replacement' | 'void' | 'resubmission';
  readonly of: DisclosureId;
  readonly invoice?: SubmitInvoice;
}

/** Claims that say something else than the one before. */
export interface CorrectionUseCases {
  /** Without `invoice`, a void says the document that was sent. Codes of a refusal: see libs/billing/correction-fixes.ts. */
  correctClaim(
    context: RequestContext,
    correction: AskedCorrection,
    idempotency: Idempotency,
  ): Answer<Created<Accepted>>;
  validateCorrection(context: RequestContext, correction: AskedCorrection): Answer<Validated>;
}
