import { failed, issue, type Issue, ok, type Result } from '#libs/kernel';
import { answered } from '../gateway/answered.js';
import { unread } from '../gateway/unread.js';
import { invoiceBody, type Parties, reportBody } from './bodies.js';
import { type DemoDocument, documentsOf } from './load-demo.js';
import { idOf, type Stage, todayOf } from './stage.js';

/** The coverage and the claim of the invoice that this one comes after, where it comes after one. */
const priorPayerOf = (stage: Stage, document: DemoDocument): Result<Pick<Parties, 'priorPayer'>> => {
  const first = 'lines' in document ? stage.demo.invoices.find((one) => one.label === document.after) : undefined;
  if (first === undefined) return ok({});
  const coverage = idOf(stage.world.coverages, `${first.client} ${first.insurer}`);
  if (!coverage.ok) return coverage;
  const claim = stage.progress.pushed[first.label];
  if (claim === undefined) return failed(issue('demo.unknown-reference', `config/demo#${first.label}`));
  return ok({ priorPayer: { coverage: coverage.value, claim } });
};

const partiesOf = (stage: Stage, document: DemoDocument): Result<Parties> => {
  const { world } = stage;
  const client = idOf(world.clients, document.client);
  const coverage = idOf(world.coverages, `${document.client} ${document.insurer}`);
  const clinician = idOf(world.clinicians, document.clinician);
  if (!client.ok) return client;
  if (!coverage.ok) return coverage;
  if (!clinician.ok) return clinician;
  const prior = priorPayerOf(stage, document);
  if (!prior.ok) return prior;
  return ok({ client: client.value, coverage: coverage.value, clinician: clinician.value, ...prior.value });
};

/** The same key at every start: what was taken in before is answered with what was answered then. */
const keyOf = (document: DemoDocument): string => `demo-${document.label}`;

/** Submits one document, as billing or as the clinician who attests to it; gives the id of its disclosure. */
const submit = async (stage: Stage, document: DemoDocument): Promise<Result<string>> => {
  const parties = partiesOf(stage, document);
  if (!parties.ok) return parties;
  const today = todayOf(stage);
  const idempotencyKey = keyOf(document);
  const author = stage.cast.clinicians.get(document.clinician);
  if (!('lines' in document) && author === undefined)
    return failed(issue('demo.nobody-for-role', `config/demo#${document.clinician}`));
  const accepted =
    'lines' in document
      ? await answered(
          stage.cast.billing.ask('submitInvoice', {
            body: invoiceBody(document, parties.value, today),
            idempotencyKey,
          }),
        )
      : await answered(
          (author ?? stage.cast.billing).ask('submitTreatmentReport', {
            body: unread<'submitTreatmentReport'>(reportBody(document, parties.value, today)),
            idempotencyKey,
          }),
        );
  if (!accepted.ok) return accepted;
  const [disclosure] = accepted.value.disclosures;
  return disclosure === undefined ? failed(issue('api.unreadable-answer', document.label)) : ok(disclosure.id);
};

const described = (issues: readonly Issue[]): string =>
  issues.map(({ code, path }) => `${code} ${path}`.trim()).join(', ');

/** Submits what has not been submitted yet, and remembers each. */
export const push = async (stage: Stage): Promise<void> => {
  const { progress, screen } = stage;
  const documents = documentsOf(stage.demo);
  for (const [index, document] of documents.entries()) {
    if (stage.over.aborted) return;
    if (progress.pushed[document.label] === undefined) {
      const submitted = await submit(stage, document);
      if (submitted.ok) progress.save({ pushed: { ...progress.pushed, [document.label]: submitted.value } });
      else progress.save({ refused: { ...progress.refused, [document.label]: described(submitted.issues) } });
    }
    screen.count('Submitting invoices and reports', { done: index + 1, of: documents.length, item: document.what });
  }
};
