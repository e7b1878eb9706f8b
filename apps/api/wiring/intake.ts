import { fault } from '#fault';
import { type DocumentContent, previewIn, type Submission, validateSubmissionIn } from '#libs/application';
import { type ClientId, type ClinicianId, failed, issue, ok, type Result } from '#libs/kernel';
import type { Answer, Created, Idempotency, RequestContext, UseCases } from '../use-cases.js';
import type { Accepted } from '#libs/contracts';
import { clientFor, type Desk, toClaim, toPracticeContext, within } from './desk.js';
import { fromSubmitInvoice, fromSubmitTreatmentReport, toAccepted, toValidated } from './document-mappers.js';
import { toPreview } from './explanation-mappers.js';
import { settled } from './failures.js';

type Intake = Pick<
  UseCases,
  | 'submitInvoice'
  | 'validateInvoice'
  | 'previewInvoice'
  | 'submitTreatmentReport'
  | 'validateTreatmentReport'
  | 'previewTreatmentReport'
>;

type Subject = Pick<Submission, 'content' | 'format'> & { readonly client: ClientId };

/** Only the clinician who treats attests to a report; no other person, and no program. */
export const attested = (context: RequestContext, clinician: ClinicianId): Result<void> =>
  context.clinician === clinician ? ok(undefined) : failed(issue('attestation_required', '/clinician'));

const formatOf = (format: Submission['format']) => (format === undefined ? {} : { format });

/** A client out of reach is as unknown as one who is not there. */
const known = (desk: Desk, context: RequestContext, client: ClientId): Answer<void> =>
  context.reach.kind === 'practice'
    ? Promise.resolve(ok(undefined))
    : within(desk, context, async (transaction) =>
        (await clientFor(transaction, context, client)).ok
          ? ok(undefined)
          : failed(issue('unknown_reference', '/client')),
      );

const submit = async (
  desk: Desk,
  asked: { readonly context: RequestContext; readonly idempotency: Idempotency },
  { client, ...subject }: Subject,
): Answer<Created<Accepted>> => {
  const { context, idempotency } = asked;
  const reached = await known(desk, context, client);
  if (!reached.ok) return reached;
  const taken = await settled(
    desk.services.log,
    desk.intakes.submit({
      ...subject,
      context: toPracticeContext(context),
      idempotency: toClaim(context, idempotency),
    }),
  );
  if (!taken.ok) return taken;
  const { kind, accepted, status } = taken.value;
  if (kind === 'replayed') await fault('K5');
  return ok({ status, body: toAccepted(accepted), replayed: kind === 'replayed' });
};

const validate = async (desk: Desk, context: RequestContext, { client, ...subject }: Subject) => {
  const reached = await known(desk, context, client);
  if (!reached.ok) return reached;
  return within(desk, context, async (transaction) => {
    const valid = await validateSubmissionIn(desk.services, transaction, subject);
    return valid.ok ? ok(toValidated(valid.value)) : valid;
  });
};

const show = async (desk: Desk, context: RequestContext, { client, ...subject }: Subject) => {
  const reached = await known(desk, context, client);
  if (!reached.ok) return reached;
  return within(desk, context, async (transaction) => {
    const previewed = await previewIn(desk.services, transaction, subject);
    return previewed.ok ? ok(toPreview(previewed.value)) : previewed;
  });
};

const subjectOf = (content: DocumentContent, client: ClientId, format?: Submission['format']): Subject => ({
  content,
  client,
  ...formatOf(format),
});

/** Invoices of billing, and reports that their clinician attests to. */
export const intakeUseCases = (desk: Desk): Intake => ({
  submitInvoice: (context, invoice, idempotency) =>
    submit(desk, { context, idempotency }, subjectOf(fromSubmitInvoice(invoice), invoice.client, invoice.format)),

  validateInvoice: (context, invoice) =>
    validate(desk, context, subjectOf(fromSubmitInvoice(invoice), invoice.client, invoice.format)),

  previewInvoice: (context, invoice) =>
    show(desk, context, subjectOf(fromSubmitInvoice(invoice), invoice.client, invoice.format)),

  submitTreatmentReport: async (context, report, idempotency) => {
    const author = attested(context, report.clinician);
    if (!author.ok) return author;
    return submit(desk, { context, idempotency }, subjectOf(fromSubmitTreatmentReport(report), report.client));
  },

  validateTreatmentReport: async (context, report) => {
    const author = attested(context, report.clinician);
    return author.ok ? validate(desk, context, subjectOf(fromSubmitTreatmentReport(report), report.client)) : author;
  },

  previewTreatmentReport: async (context, report) => {
    const author = attested(context, report.clinician);
    return author.ok ? show(desk, context, subjectOf(fromSubmitTreatmentReport(report), report.client)) : author;
  },
});
