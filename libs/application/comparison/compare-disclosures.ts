import type { FieldId, Locus, Value } from '#libs/catalogue';
import { type ClinicianId, type DisclosureId, failed, issue, ok, type Result } from '#libs/kernel';
import { type DisclosureExplanation, explainDisclosureIn } from '../explain/explain-disclosure.js';
import type { ViewRow } from '../explain/disclosure-view.js';
import type { DisclosureRecord } from '../ports/records.js';
import type { Services } from '../ports/services.js';
import type { Transaction } from '../ports/store.js';

/** What goes at one place, and as which field: a lesser form is seen by whoever may see that form. */
export interface ComparedValue {
  readonly value: Value;
  readonly as: FieldId;
}

export interface ComparedRow {
  readonly locus: Locus;
  readonly label: string;
  readonly category: string;
  readonly before?: ComparedValue;
  readonly after?: ComparedValue;
}

export interface ComparedSide {
  readonly record: DisclosureRecord;
  readonly outcome: DisclosureExplanation['shown']['view']['outcome'];
}

export interface DisclosureComparison {
  readonly now: ComparedSide;
  readonly previous?: ComparedSide & { readonly because: 'corrects' | 'previous-report' };
  /** Values in clear, for authorised staff only. */
  readonly rows: readonly ComparedRow[];
  /** Clinicians whom both documents name, as long as they treat the client. */
  readonly treating: readonly ClinicianId[];
}

const PAGE = 100;
const MOST_PAGES = 20;

const WENT: readonly DisclosureRecord['state'][] = ['sent', 'received', 'superseded'];

/** The last report on the client that this insurer was sent before. */
const reportBefore = async (
  transaction: Transaction,
  { client, insurer, createdAt, id }: DisclosureRecord,
): Promise<DisclosureRecord | undefined> => {
  let after: string | undefined;
  for (let looked = 0; looked < MOST_PAGES; looked += 1) {
    const page = await transaction.disclosures.page(
      { client, insurer, states: WENT },
      { limit: PAGE, ...(after === undefined ? {} : { after }) },
    );
    const found = page.rows.find(
      (one) => one.format === 'treatment-report' && one.id !== id && one.createdAt <= createdAt,
    );
    if (found !== undefined || page.next === undefined) return found;
    after = page.next;
  }
  return undefined;
};

const previousOf = async (
  transaction: Transaction,
  record: DisclosureRecord,
): Promise<{ readonly record: DisclosureRecord; readonly because: 'corrects' | 'previous-report' } | undefined> => {
  const { correction, format } = record;
  if (correction !== undefined) {
    const corrected = (await transaction.disclosures.byIds([correction.of])).get(correction.of);
    return corrected === undefined ? undefined : { record: corrected, because: 'corrects' };
  }
  if (format !== 'treatment-report') return undefined;
  const before = await reportBefore(transaction, record);
  return before === undefined ? undefined : { record: before, because: 'previous-report' };
};

const outgoingOf = ({ shown }: DisclosureExplanation): ReadonlyMap<string, ViewRow & { readonly outgoing: Value }> =>
  new Map(
    shown.view.rows.flatMap((row) => {
      const { outgoing } = row;
      return outgoing === undefined ? [] : [[row.locus, { ...row, outgoing }] as const];
    }),
  );

const comparedRows = (
  before: ReturnType<typeof outgoingOf>,
  after: ReturnType<typeof outgoingOf>,
): readonly ComparedRow[] =>
  [...new Set([...after.keys(), ...before.keys()])].flatMap((key) => {
    const [was, is] = [before.get(key), after.get(key)];
    const row = is ?? was;
    if (row === undefined) return [];
    const { field, occurrence, label, category } = row;
    return [
      {
        locus: { field, ...(occurrence === undefined ? {} : { occurrence }) },
        ...{ label, category },
        ...(was === undefined ? {} : { before: { value: was.outgoing, as: was.form ?? was.field } }),
        ...(is === undefined ? {} : { after: { value: is.outgoing, as: is.form ?? is.field } }),
      },
    ];
  });

/**
 * What goes in a disclosure beside what went in the claim that it corrects, or in the report before it. Of one that is
 * held nothing goes; its outcome says so.
 */
export const compareDisclosureIn = async (
  services: Services,
  transaction: Transaction,
  id: DisclosureId,
): Promise<Result<DisclosureComparison>> => {
  const record = (await transaction.disclosures.byIds([id])).get(id);
  if (record === undefined) return failed(issue('not_found', ''));
  const now = await explainDisclosureIn(services, transaction, id);
  if (!now.ok) return now;
  const side = { record, outcome: now.value.shown.view.outcome };
  const before = await previousOf(transaction, record);
  if (before === undefined) return ok({ now: side, rows: [], treating: now.value.basis.treating });
  const was = await explainDisclosureIn(services, transaction, before.record.id);
  if (!was.ok) return was;
  const treatedBefore = was.value.basis.treating;
  return ok({
    now: side,
    previous: { ...before, outcome: was.value.shown.view.outcome },
    rows: comparedRows(outgoingOf(was.value), outgoingOf(now.value)),
    treating: now.value.basis.treating.filter((one) => treatedBefore.includes(one)),
  });
};
