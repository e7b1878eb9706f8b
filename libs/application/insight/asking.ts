import type { FieldId } from '#libs/catalogue';
import { type InsurerId, ok, type Result } from '#libs/kernel';
import { type Curer, effectiveFormat, type ReasonCode } from '#libs/release';
import { dayIn } from '../practice/days.js';
import type { ClientReach } from '../ports/client-reach.js';
import type { StoredDecision } from '../ports/records.js';
import type { Transaction } from '../ports/store.js';
import { MOST_SAMPLED } from './dashboard.js';
import { type Period, periodOf, scopeOf } from './period.js';

export type AskingCause = 'release' | 'ceiling' | 'restriction' | 'special-category' | 'other';

/** How often an insurer's requirement could not be met, and what stood against it. */
export interface AskingRow {
  readonly insurer: InsurerId;
  readonly field: FieldId;
  readonly asked: number;
  readonly gaps: number;
  readonly causes: readonly { readonly cause: AskingCause; readonly curer: Curer; readonly disclosures: number }[];
}

export interface AskingView extends Period {
  readonly rows: readonly AskingRow[];
  readonly sampled: number;
  readonly of: number;
}

const OF_RELEASES: readonly string[] = [
  'no_release',
  'not_yet_valid',
  'expired',
  'revoked',
  'known_false',
  'not_specific',
  'signer_incomplete',
  'compound_psynotes',
  'recipient_mismatch',
  'purpose_not_granted',
  'ambiguous_releases',
  'never_by_release',
  'service_date_out_of_scope',
  'field_not_granted',
];

const OF_RESTRICTIONS: readonly string[] = ['restricted_522', 'client_restriction', 'clinician_limit', 'eob_exposure'];

export const causeOf = (code: ReasonCode): AskingCause => {
  if (code.startsWith('ceiling:') || code.startsWith('value_shape:')) return 'ceiling';
  if (code.startsWith('special_category:') || code === 'unclassified_code') return 'special-category';
  if (OF_RELEASES.includes(code) || code.startsWith('element_missing:')) return 'release';
  return OF_RESTRICTIONS.includes(code) ? 'restriction' : 'other';
};

interface Counting {
  readonly insurer: InsurerId;
  readonly field: FieldId;
  asked: number;
  gaps: number;
  readonly causes: Map<string, { readonly cause: AskingCause; readonly curer: Curer; disclosures: number }>;
}

const requiredBy = ({ request }: StoredDecision): readonly FieldId[] =>
  effectiveFormat(request.format, request.form)
    .fields.filter(({ usage }) => usage === 'required')
    .map(({ field }) => field);

/** Each field and cause once in a disclosure, on however many lines it is open. */
const count = (counting: (field: FieldId) => Counting, stored: StoredDecision): void => {
  const open = new Map<FieldId, Map<string, { readonly cause: AskingCause; readonly curer: Curer }>>();
  for (const { locus, cause: code, curer } of stored.decision.gaps) {
    if (locus === undefined) continue;
    const cause = causeOf(code);
    const causes = open.get(locus.field) ?? new Map<string, { readonly cause: AskingCause; readonly curer: Curer }>();
    open.set(locus.field, causes.set(`${cause} ${curer}`, { cause, curer }));
  }
  for (const field of new Set([...requiredBy(stored), ...open.keys()])) counting(field).asked += 1;
  for (const [field, causes] of open) {
    const row = counting(field);
    row.gaps += 1;
    for (const [name, cause] of causes) {
      const known = row.causes.get(name) ?? { ...cause, disclosures: 0 };
      known.disclosures += 1;
      row.causes.set(name, known);
    }
  }
};

export const rowsOf = (
  decided: readonly { readonly insurer: InsurerId; readonly decision: StoredDecision }[],
): readonly AskingRow[] => {
  const found = new Map<string, Counting>();
  for (const { insurer, decision } of decided)
    count((field) => {
      const name = `${insurer} ${field}`;
      const known = found.get(name) ?? { insurer, field, asked: 0, gaps: 0, causes: new Map() };
      found.set(name, known);
      return known;
    }, decision);
  return [...found.values()]
    .filter(({ gaps }) => gaps > 0)
    .sort((one, other) => other.gaps - one.gaps)
    .map((row) => ({
      ...row,
      causes: [...row.causes.values()].sort((one, other) => other.disclosures - one.disclosures),
    }));
};

/** Which insurers require more than law or clients let them have, by the last decisions about the newest of a period. Writes nothing. */
export const askingIn = async (
  transaction: Transaction,
  asked: { readonly period: Partial<Period>; readonly reach: ClientReach },
): Promise<Result<AskingView>> => {
  const today = await dayIn(transaction, await transaction.clock());
  const period = periodOf(asked.period, today);
  if (!period.ok) return period;
  const scope = scopeOf(period.value, asked.reach, today);
  if (scope === undefined) return ok({ ...period.value, rows: [], sampled: 0, of: 0 });
  const decided = await transaction.insight.lastDecisions(scope, MOST_SAMPLED);
  const { accepted } = await transaction.insight.totals(scope, { taken: [], refused: [] });
  return ok({ ...period.value, rows: rowsOf(decided), sampled: decided.length, of: accepted });
};
