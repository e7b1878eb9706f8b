import { fault } from '#fault';
import {
  type DocumentContent,
  previewIn,
  type Submission,
  type Transaction,
  treatingIn,
  validateSubmissionsIn,
} from '#libs/application';
import { type ClientId, type DocumentId, failed, issue, ok, type Result } from '#libs/kernel';
import type { IntakeUseCases } from '../use-cases/intake.js';
import type { Answer, Created, Idempotency, RequestContext } from '../use-cases/asked.js';
import type { Accepted, Validated } from '#libs/contracts';
import { clientFor, type Desk, toClaim, toPracticeContext, within } from './desk.js';
import { fromSubmitInvoice, fromSubmitTreatmentReport, toAccepted, toValidated } from './document-mappers.js';
import { toPreview } from './explanation-mappers.js';
import { settled } from './failures.js';

type Subject = Pick<Submission, 'content' | 'format'> & { readonly client: ClientId };

/** Only the clinician whom a report names, and who treats the client, attests to it; no other person, and no program. */
export const attested = async (
  transaction: Transaction,
  context: RequestContext,
  { content, at }: { readonly content: DocumentContent; readonly at: string },
): Promise<Result<void>> => {
  if (content.kind !== 'treatment-report') return ok(undefined);
  const { clinician } = content.report;
  return context.clinician === clinician && (await treatingIn(transaction, content)).includes(clinician)
    ? ok(undefined)
    : failed(issue('attestation_required', at));
};

const formatOf = (format: Submission['format']) => (format === undefined ? {} : { format });

/** A client out of reach is as unknown as one who is not there. Who may not attest at all learns nothing of clients. */
const known = async (desk: Desk, context: RequestContext, { client, content }: Subject): Answer<void> => {
  const isReport = content.kind === 'treatment-report';
  if (isReport && context.clinician !== content.report.clinician)
    return failed(issue('attestation_required', '/clinician'));
  if (context.reach.kind === 'practice' && !isReport) return ok(undefined);
  return within(desk, context, async (transaction) =>
    (await clientFor(transaction, context, client)).ok
      ? attested(transaction, context, { content, at: '/clinician' })
      : failed(issue('unknown_reference', '/client')),
  );
};

const submit = async (
  desk: Desk,
  asked: { readonly context: RequestContext; readonly idempotency: Idempotency },
  about: Subject,
): Answer<Created<Accepted>> => {
  const { context, idempotency } = asked;
  const reached = await known(desk, context, about);
  if (!reached.ok) return reached;
  const { client: _client, ...subject } = about;
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

const validateAll = async (
  desk: Desk,
  context: RequestContext,
  subjects: readonly Subject[],
): Promise<readonly Result<Validated>[]> => {
  const reached: Result<void>[] = [];
  for (const about of subjects) reached.push(await known(desk, context, about));
  const open = subjects.filter((_about, index) => reached[index]?.ok);
  const checked = await within(desk, context, async (transaction) =>
    ok(await validateSubmissionsIn(desk.services, transaction, open)),
  );
  const answers = checked.ok ? [...checked.value] : open.map(() => checked);
  return reached.map((one): Result<Validated> => {
    const answer = one.ok ? answers.shift() : one;
    if (answer === undefined) throw new Error('a submission was not checked');
    return answer.ok ? ok(toValidated(answer.value)) : answer;
  });
};

const validate = async (desk: Desk, context: RequestContext, about: Subject): Answer<Validated> => {
  const [answer] = await validateAll(desk, context, [about]);
  return answer ?? failed(issue('not_accepted', ''));
};

const show = async (desk: Desk, context: RequestContext, about: Subject & { readonly amends?: DocumentId }) => {
  const reached = await known(desk, context, about);
  if (!reached.ok) return reached;
  return within(desk, context, async (transaction) => {
    const previewed = await previewIn(desk.services, transaction, about);
    return previewed.ok ? ok(toPreview(previewed.value)) : previewed;
  });
};

const subjectOf = (content: DocumentContent, client: ClientId, format?: Submission['format']): Subject => ({
  content,
  client,
  ...formatOf(format),
});

/** Invoices of billing, and reports that their clinician attests to. */
export const intakeUseCases = (desk: Desk): IntakeUseCases => ({
  submitInvoice: (context, invoice, idempotency) =>
    submit(desk, { context, idempotency }, subjectOf(fromSubmitInvoice(invoice), invoice.client, invoice.format)),

  validateInvoice: (context, invoice) =>
    validate(desk, context, subjectOf(fromSubmitInvoice(invoice), invoice.client, invoice.format)),

  submitInvoices: (context, items) =>
    Promise.all(
      items.map(({ invoice, idempotency }) =>
        submit(desk, { context, idempotency }, subjectOf(fromSubmitInvoice(invoice), invoice.client, invoice.format)),
      ),
    ),

  validateInvoices: (context, invoices) =>
    validateAll(
      desk,
      context,
      invoices.map((invoice) => subjectOf(fromSubmitInvoice(invoice), invoice.client, invoice.format)),
    ),

  previewInvoice: (context, invoice, amends) =>
    show(desk, context, {
      ...subjectOf(fromSubmitInvoice(invoice), invoice.client, invoice.format),
      ...(amends === undefined ? {} : { amends }),
    }),

  submitTreatmentReport: (context, report, idempotency) =>
    submit(desk, { context, idempotency }, subjectOf(fromSubmitTreatmentReport(report), report.client)),

  validateTreatmentReport: (context, report) =>
    validate(desk, context, subjectOf(fromSubmitTreatmentReport(report), report.client)),

  previewTreatmentReport: (context, report) =>
    show(desk, context, subjectOf(fromSubmitTreatmentReport(report), report.client)),
});
