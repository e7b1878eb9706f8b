import type { FormatId } from '#libs/catalogue';
import { nextStep } from '#libs/disclosure';
import { type DocumentId, failed, type Issue, issue, ok, type Result } from '#libs/kernel';
import { treatingIn } from '../clients/reach.js';
import { loadDossiers } from '../dossier/dossier.js';
import { checkDocument, purposeOf, serviceIndexes } from '../intake/edit-document.js';
import type { Submission } from '../intake/submission.js';
import { disclose, judge } from '../judgement/judge.js';
import { rehearse } from '../judgement/rehearse.js';
import { emptyAuthority, type Placement, placementOf } from '../judgement/standing.js';
import { NOTHING_CHOSEN } from '../ports/records.js';
import type { Services } from '../ports/services.js';
import type { Transaction } from '../ports/store.js';
import { rulesetOf } from '../rules/rule-book.js';
import { basisOf, type DecisionBasis } from './decision-basis.js';
import { type DisclosureView, refusedView, type ToPractice, viewOf } from './disclosure-view.js';

export interface Preview {
  readonly format: FormatId;
  readonly warnings: readonly Issue[];
  readonly basis: DecisionBasis;
  /** What the submitter would do next. */
  readonly nextStep: string;
  readonly shown: ToPractice<DisclosureView>;
}

/** What would go if this were submitted now, refused and decided as submitting does; nothing is stored, nothing is sent. */
export const previewIn = async (
  services: Services,
  transaction: Transaction,
  submission: Pick<Submission, 'content' | 'format'> & { readonly amends?: DocumentId },
): Promise<Result<Preview>> => {
  const [found] = await loadDossiers(transaction, [submission.content]);
  const checked = checkDocument(found, submission.format, transaction.now);
  if (!checked.ok) return checked;
  const { dossier, format, warnings } = checked.value;
  const taken = await transaction.documents.taken(serviceIndexes(dossier, services.keys));
  // What it would replace bills the same services, once.
  if ([...taken.values()].some((document) => document !== submission.amends))
    return failed(issue('duplicate_service', '/lines'));
  const client = dossier.client.id;
  const authority = (await transaction.authority.read([client])).get(client) ?? emptyAuthority(client);
  const ruleset = rulesetOf(services.book, await transaction.practice.choices());
  const target = { purpose: purposeOf(format), format, options: NOTHING_CHOSEN };
  const judged = judge(dossier, target, { authority, ruleset, now: await transaction.clock() });
  const key = (await transaction.clients.keys([client])).get(client);
  const disclosed = key && judged.decision.outcome === 'send' ? disclose(judged, format, key.digestSalt) : undefined;
  const refusal =
    key && disclosed?.ok === true
      ? rehearse(services, { dossier, judgement: judged, authority, key, now: judged.request.now })
      : undefined;
  const placement: Placement = refusal
    ? { state: 'held', cause: refusal.code, curer: 'office' }
    : placementOf(judged.decision);
  const treating = await treatingIn(transaction, submission.content);
  const basis = basisOf({ dossier, judged, authority, options: target.options, state: placement.state, treating });
  const { state, cause, curer } = placement;
  const status = state === 'ready' ? 'drafted' : state;
  const shown = viewOf(
    judged.decision,
    judged.bag,
    refusal === undefined && disclosed?.ok ? disclosed.value : undefined,
  );
  return ok({
    format,
    warnings,
    basis: refusal ? { ...basis, gapChoices: [[]] } : basis,
    nextStep: nextStep({ status, ...(cause ? { cause } : {}), ...(curer ? { curer } : {}) }),
    shown: refusal ? { ...shown, view: refusedView(shown.view, refusal) } : shown,
  });
};

export const preview = (services: Services, submission: Submission): Promise<Result<Preview>> =>
  services.store.inPractice(submission.context, (transaction) => previewIn(services, transaction, submission));
