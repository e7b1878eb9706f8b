import { type ClientId, ok } from '#libs/kernel';
import type { Authority, Ruleset } from '#libs/release';
import { resubmissionsOf } from '../corrections/resubmission-of.js';
import { loadAccepted } from '../dossier/dossier.js';
import { judge } from '../judgement/judge.js';
import { emptyAuthority } from '../judgement/standing.js';
import type { DisclosureRecord } from '../ports/records.js';
import type { PermittingServices } from '../ports/services.js';
import type { Transaction } from '../ports/store.js';
import { rulesetOf } from '../rules/rule-book.js';
import type { Item } from './intent.js';
import { withoutFailing } from './without-failing.js';

const ORIGINAL = ok({ frequency: '1' } as const);

export const judgeTaken = async (
  services: PermittingServices,
  transaction: Transaction,
  from: { readonly taken: readonly DisclosureRecord[]; readonly authorities: ReadonlyMap<ClientId, Authority> },
): Promise<readonly Item[]> => {
  const { taken, authorities } = from;
  const [documents, keys, choices, resubmissions, now] = await Promise.all([
    transaction.documents.byIds([...new Set(taken.map((one) => one.document))]),
    transaction.clients.keys([...new Set(taken.map((one) => one.client))]),
    transaction.practice.choices(),
    resubmissionsOf(transaction, taken),
    transaction.clock(),
  ]);
  const records = taken.flatMap((record) => {
    const document = documents.get(record.document);
    return document ? [{ record, document }] : [];
  });
  const dossiers = await loadAccepted(
    transaction,
    records.map(({ record, document }) => ({ document, lane: record.lane })),
  );
  const ruleset: Ruleset = rulesetOf(services.book, choices);
  return records.flatMap(({ record }, index) => {
    const dossier = dossiers[index];
    const key = keys.get(record.client);
    if (dossier === undefined || key === undefined) return [];
    const authority = authorities.get(record.client) ?? emptyAuthority(record.client);
    const judgement = withoutFailing(services, record, () => judge(dossier, record, { authority, ruleset, now }));
    const resubmission = resubmissions.get(record.id) ?? ORIGINAL;
    return judgement === undefined ? [] : [{ record, dossier, authority, key, now, judgement, resubmission }];
  });
};
