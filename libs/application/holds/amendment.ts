import { type FieldId, GRANT_FOR_REVEAL, isPart2, REVEALS } from '#libs/catalogue';
import { type DisclosureRequest, effectiveFormat, type Gap, type SignedRelease } from '#libs/release';
import type { DisclosureRecord, ReleaseDraft, StoredDecision } from '../ports/records.js';
import type { Transaction } from '../ports/store.js';

const REQUIRED = ['revocation', 'conditioning', 'redisclosure'] as const;

/** What the client would have to grant for one gap: the field itself, and what its code gives away. */
const grantsFor = (gap: Gap): readonly FieldId[] => {
  if (gap.curer !== 'client') return [];
  const special = REVEALS.filter((one) => gap.reasons.some(({ code }) => code === `special_category:${one}`)).map(
    (one) => GRANT_FOR_REVEAL[one],
  );
  return [...(gap.locus ? [gap.locus.field] : []), ...special];
};

/** Where no release stands at all, what the format cannot be made without: the least that would do. */
const requiredBy = (request: DisclosureRequest): readonly FieldId[] => {
  const { fields, oneOf } = effectiveFormat(request.format, request.form);
  const required = fields.filter(
    ({ usage, when }) => usage === 'required' && (when === undefined || request.circumstances.includes(when)),
  );
  return [...required.map(({ field }) => field), ...oneOf.flatMap((group) => group.slice(0, 1))];
};

const wanted = ({ decision, request }: StoredDecision): readonly FieldId[] =>
  decision.releases.length > 0 ? decision.gaps.flatMap(grantsFor) : requiredBy(request);

const lastOf = (decisions: readonly StoredDecision[]): StoredDecision | undefined =>
  [...decisions].sort((one, other) => one.takenAt - other.takenAt).at(-1);

/** What the paper must tell the client. What 42 CFR part 2 protects goes only under a paper with its statement (2.31). */
const statementsOf = (
  { request }: StoredDecision,
  base: SignedRelease | undefined,
  grants: readonly FieldId[],
): ReleaseDraft['statements'] => {
  const usual = base?.statements ?? REQUIRED;
  return request.part2Program && grants.some(isPart2) ? [...new Set([...usual, 'part2' as const])] : usual;
};

/** A release for what one decision lacked by the client's leave; undefined where the client could grant nothing. */
export const amendmentOf = (stored: StoredDecision): ReleaseDraft | undefined => {
  const { decision, request, authority } = stored;
  if (!decision.gaps.some((gap) => gap.curer === 'client')) return undefined;
  const base = authority.releases.find((one) => decision.releases.includes(one.id));
  const grants = [...new Set(wanted(stored))].sort();
  return {
    recipient: { kind: 'party', id: request.recipient.id, class: request.recipient.class },
    purposes: [request.purpose],
    grants,
    statements: statementsOf(stored, base, grants),
    blanket: false,
    parentConsentedToTreatment: base?.signerFacts.parentConsentedToTreatment ?? 'unknown',
    ...(base?.jurisdiction === undefined ? {} : { jurisdiction: base.jurisdiction }),
    ...(base?.validUntil === undefined ? {} : { validUntil: base.validUntil }),
    ...(base?.serviceFrom === undefined ? {} : { serviceFrom: base.serviceFrom }),
    ...(base?.serviceTo === undefined ? {} : { serviceTo: base.serviceTo }),
  };
};

/**
 * A release for what a held disclosure lacks by the client's leave: this insurer, this purpose, the missing fields.
 * Undefined when there is nothing that the client could grant. It grants nothing until the client signs it.
 */
export const amendmentFor = async (
  transaction: Transaction,
  record: DisclosureRecord,
): Promise<ReleaseDraft | undefined> => {
  const stored = lastOf(await transaction.disclosures.decisions(record.id));
  return stored === undefined ? undefined : amendmentOf(stored);
};
