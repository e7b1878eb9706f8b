import { type FieldId, locusKey, type Purpose } from '#libs/catalogue';
import type { FormatId } from '#libs/catalogue';
import type { ClientId, DisclosureId, InsurerId, PlainDate } from '#libs/kernel';
import type { StoredDecision } from '../ports/records.js';
import type { Page, PageRequest, Transaction } from '../ports/store.js';

/** One disclosure that left, or may have: when, to whom, what, why (45 CFR 164.528(b)(2)). Fields, never values. */
export interface AccountedDisclosure {
  readonly disclosure: DisclosureId;
  readonly sentAt: number;
  readonly insurer: { readonly id: InsurerId; readonly name: string };
  readonly purpose: Purpose;
  readonly format: FormatId;
  readonly fields: readonly { readonly field: FieldId; readonly form?: FieldId }[];
  readonly releases: readonly string[];
  readonly digest?: string;
}

const fieldsOf = ({ request, decision }: StoredDecision): AccountedDisclosure['fields'] => {
  const offered = new Set(request.offers.map(({ locus }) => locusKey(locus)));
  const told = new Map<string, AccountedDisclosure['fields'][number]>();
  for (const { effect, locus, form, over } of decision.rulings) {
    if (effect === 'withhold' || (!offered.has(locusKey(locus)) && over === undefined)) continue;
    told.set(`${locus.field} ${form ?? ''}`, { field: locus.field, ...(form === undefined ? {} : { form }) });
  }
  return [...told.values()];
};

/** What was disclosed about a client, newest first, by the decision on which it left. */
export const accountForClientIn = async (
  transaction: Transaction,
  asked: { readonly client: ClientId; readonly from?: PlainDate; readonly to?: PlainDate },
  request: PageRequest,
): Promise<Page<AccountedDisclosure>> => {
  const page = await transaction.insight.gone(asked, request);
  const ids = page.rows.map(({ disclosure }) => disclosure);
  const records = await transaction.disclosures.byIds(ids);
  const decisions = await transaction.insight.decisionsBehind(ids);
  const transmissions = await transaction.transmissions.ofDisclosures(ids);
  const insurers = await transaction.practice.insurers();
  const rows = page.rows.flatMap(({ disclosure, sentAt }): readonly AccountedDisclosure[] => {
    const record = records.get(disclosure);
    if (record === undefined) return [];
    const decision = decisions.get(disclosure);
    const digest = transmissions.get(disclosure)?.digest;
    return [
      {
        ...{ disclosure, sentAt, purpose: record.purpose, format: record.format },
        insurer: { id: record.insurer, name: insurers.get(record.insurer)?.profile.name ?? '' },
        fields: decision === undefined ? [] : fieldsOf(decision),
        releases: decision === undefined ? [] : [...decision.decision.releases],
        ...(digest === undefined ? {} : { digest }),
      },
    ];
  });
  return { ...page, rows };
};
