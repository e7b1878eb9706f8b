import { expandGrants, isFieldId } from '#libs/catalogue';
import { type ClientId, failed, issue, type Issue, ok, type ReleaseId, type Result } from '#libs/kernel';
import type { ReleaseDraft, ReleaseRecord } from '../ports/records.js';
import type { Services } from '../ports/services.js';
import type { PracticeContext, Transaction } from '../ports/store.js';
import type { Preset } from '../rules/rule-book.js';

const presetOf = (services: Services, draft: ReleaseDraft): Preset | undefined =>
  services.book.presets.find((one) => one.id === draft.preset);

const issuesOf = (services: Services, draft: ReleaseDraft): readonly Issue[] => {
  const issues: Issue[] = [];
  if (draft.preset !== undefined && presetOf(services, draft) === undefined)
    issues.push(issue('unknown_preset', '/preset'));
  draft.grants.forEach((grant, index) => {
    if (!isFieldId(grant) && expandGrants([grant]).ids.length === 0)
      issues.push(issue('unclassified_field', `/grants/${index}`));
  });
  return issues;
};

/** A draft with what its preset brings: purposes and grants. They are expanded to ids at signing. */
export const withPreset = (services: Services, draft: ReleaseDraft): ReleaseDraft => {
  const preset = presetOf(services, draft);
  if (preset === undefined) return draft;
  return {
    ...draft,
    purposes: draft.purposes.length > 0 ? draft.purposes : preset.purposes,
    grants: [...new Set([...preset.grants, ...draft.grants])],
  };
};

export interface NewDraft {
  readonly client: ClientId;
  readonly draft: ReleaseDraft;
}

/** Writes down what a release is to say. Anything may still be missing; signing names it. */
export const draftReleaseIn = async (
  services: Services,
  transaction: Transaction,
  request: NewDraft & { readonly context: PracticeContext },
): Promise<Result<ReleaseRecord>> => {
  const { client, draft, context } = request;
  if (!(await transaction.clients.byIds([client])).has(client)) return failed(issue('not_found', ''));
  const issues = issuesOf(services, draft);
  if (issues.length > 0) return failed(...issues);
  const release: ReleaseRecord = {
    id: services.ids.uuid() as ReleaseId,
    client,
    status: 'draft',
    terms: draft,
    createdAt: transaction.now,
  };
  await transaction.authority.putDraft(release);
  transaction.ledger.record({ kind: 'release-drafted', actor: context.actor, client, subject: release.id });
  return ok(release);
};

export const draftRelease = (
  services: Services,
  context: PracticeContext,
  request: NewDraft,
): Promise<Result<ReleaseRecord>> =>
  services.store.inPractice(context, (transaction) => draftReleaseIn(services, transaction, { ...request, context }));

/** Writes anew what an unsigned release is to say. Papers and links that were made for the draft before it are for nothing. */
export const reviseDraftIn = async (
  services: Services,
  transaction: Transaction,
  request: { readonly context: PracticeContext; readonly release: string; readonly draft: ReleaseDraft },
): Promise<Result<ReleaseRecord>> => {
  const { release: id, draft, context } = request;
  const before = await transaction.authority.release(id);
  if (before === undefined) return failed(issue('not_found', ''));
  if (before.status === 'signed') return failed(issue('already_signed', '/status'));
  const issues = issuesOf(services, draft);
  if (issues.length > 0) return failed(...issues);
  const release: ReleaseRecord = { ...before, terms: draft };
  await transaction.authority.putDraft(release);
  const { client } = release;
  transaction.ledger.record({
    kind: 'release-drafted',
    actor: context.actor,
    client,
    subject: release.id,
    codes: ['revised'],
  });
  return ok(release);
};
