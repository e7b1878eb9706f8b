import {
  chooseReadingIn,
  effectOfReadingIn,
  effectOfRevocationIn,
  type ReadingEffect,
  revokeApiKeyIn,
  revokeReadingIn,
  setTimeZoneIn,
  type Transaction,
  verifyRangeIn,
} from '#libs/application';
import { failed, type InsurerId, issue, ok, parseId, type Result, type StaffId } from '#libs/kernel';
import type { ReadingEffectView, ReadingView } from '#libs/contracts';
import type { PracticeUseCases } from '../use-cases/practice.js';
import { createdOnce, type Desk, notFound, toPracticeContext, within } from './desk.js';
import {
  fromReadingChoice,
  toApiKeyView,
  toCeilingView,
  toClinicianView,
  toLedgerRowView,
  toPracticeView,
  toPresetView,
  toReadingView,
  toVerificationView,
} from './practice-mappers.js';

const STAFF = 'staff:';

/** The member of staff who acts; a program is none. */
export const staffOf = (actor: string): StaffId | undefined =>
  actor.startsWith(STAFF) ? parseId<StaffId>(actor.slice(STAFF.length)) : undefined;

const readingShown = async (transaction: Transaction, id: string): Promise<Result<ReadingView>> => {
  const reading = (await transaction.practice.readings()).find((one) => one.id === id);
  return reading === undefined ? notFound() : ok(toReadingView(reading));
};

const effectShown = async (
  transaction: Transaction,
  effect: Result<ReadingEffect>,
): Promise<Result<ReadingEffectView>> => {
  if (!effect.ok) return effect;
  const insurers = await transaction.practice.insurers();
  const named = (counts: ReadonlyMap<InsurerId, number>) =>
    [...counts].map(([id, disclosures]) => ({
      insurer: { id, name: insurers.get(id)?.profile.name ?? '' },
      disclosures,
    }));
  const { wouldGo, wouldHold, ...counts } = effect.value;
  return ok({ ...counts, wouldGo: named(wouldGo), wouldHold: named(wouldHold) });
};

export const practiceUseCases = (desk: Desk): PracticeUseCases => ({
  listReadings: (context) =>
    within(desk, context, async (transaction) => ok((await transaction.practice.readings()).map(toReadingView))),

  chooseReading: (context, reading, idempotency) =>
    createdOnce(
      desk,
      { context, idempotency },
      {
        run: async (transaction) => {
          const signedBy = staffOf(context.actor);
          if (signedBy === undefined) return failed(issue('forbidden', ''));
          const { ceiling } = reading;
          const request = {
            context: toPracticeContext(context),
            ceiling,
            choice: fromReadingChoice(reading),
            signedBy,
          };
          const chosen = await chooseReadingIn(desk.services, transaction, request);
          return chosen.ok ? ok({ reading: chosen.value.id }) : chosen;
        },
        show: (transaction, receipt) => readingShown(transaction, receipt['reading'] ?? ''),
      },
    ),

  weighReading: (context, reading) =>
    within(desk, context, async (transaction) => {
      const asked = { ceiling: reading.ceiling, choice: fromReadingChoice(reading) };
      return effectShown(transaction, await effectOfReadingIn(desk.services, transaction, asked));
    }),

  weighRevocation: (context, id) =>
    within(desk, context, async (transaction) =>
      effectShown(transaction, await effectOfRevocationIn(desk.services, transaction, id)),
    ),

  revokeReading: (context, id) =>
    within(desk, context, async (transaction) => {
      const revoked = await revokeReadingIn(desk.services, transaction, { context: toPracticeContext(context), id });
      return revoked.ok ? readingShown(transaction, id) : revoked;
    }),

  listCeilings: (context) =>
    within(desk, context, async (transaction) => {
      const licences = [...(await transaction.practice.clinicians()).values()];
      const choices = await transaction.practice.choices();
      return ok(desk.services.book.ceilings.map((one) => toCeilingView(one, { licences, choices })));
    }),

  // The ledger tells of every client of the practice, in ids and codes: whoever may read it may read all of it.
  readLedger: (context, filter, paging) =>
    within(desk, context, async (transaction) => {
      const { kind, ...others } = filter;
      const wanted = { ...others, ...(kind === undefined ? {} : { kinds: kind }) };
      const { rows, next } = await transaction.ledger.page(wanted, paging);
      return ok({ rows: rows.map(toLedgerRowView), ...(next === undefined ? {} : { next }) });
    }),

  verifyLedger: (context, range) =>
    within(desk, context, async (transaction) => {
      const { practice } = context;
      const verified = await verifyRangeIn(desk.services.keys, transaction, { practice, ...range });
      return verified.ok ? ok(toVerificationView(verified.value)) : verified;
    }),

  readPractice: (context) =>
    within(desk, context, async (transaction) => ok(toPracticeView(await transaction.practice.get()))),

  setTimeZone: (context, { timeZone }) =>
    within(desk, context, async (transaction) => {
      const set = await setTimeZoneIn(desk.services, transaction, { context: toPracticeContext(context), timeZone });
      return set.ok ? ok(toPracticeView(set.value)) : set;
    }),

  listClinicians: (context) =>
    within(desk, context, async (transaction) =>
      ok([...(await transaction.practice.clinicians()).values()].map(toClinicianView)),
    ),

  listPresets: () => Promise.resolve(ok(desk.services.book.presets.map(toPresetView))),

  listApiKeys: (context) =>
    within(desk, context, async (transaction) => ok((await transaction.practice.apiKeys()).map(toApiKeyView))),

  revokeApiKey: (context, id) =>
    within(desk, context, (transaction) => revokeApiKeyIn(transaction, { context: toPracticeContext(context), id })),
});
