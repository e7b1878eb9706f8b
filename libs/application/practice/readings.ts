import { failed, issue, ok, type Result, type StaffId } from '#libs/kernel';
import type { Ceiling } from '#libs/release';
import { reconsider } from '../holds/reconsider.js';
import type { ReadingRecord } from '../ports/records.js';
import type { Services } from '../ports/services.js';
import type { PracticeContext, Transaction } from '../ports/store.js';
import type { RuleBook } from '../rules/rule-book.js';

export interface ChosenReading {
  readonly ceiling: string;
  readonly choice: ReadingRecord['choice'];
  readonly signedBy: StaffId;
}

interface ReadingAndResumed {
  readonly id: string;
  /** Held disclosures that the choice let go. */
  readonly resumed: number;
}

/** The ceiling of the book, where it has the reading; `unknown_ceiling`, `unknown_reading`. */
export const findReading = (
  book: RuleBook,
  asked: { readonly ceiling: string; readonly choice?: ReadingRecord['choice'] },
): Result<Ceiling> => {
  const ceiling = book.ceilings.find((one) => one.id === asked.ceiling);
  if (ceiling === undefined) return failed(issue('unknown_ceiling', '/ceiling'));
  const { choice } = asked;
  return choice === undefined ||
    choice === 'literal' ||
    ceiling.readings.some((one) => one.id === choice.reading && one.version === choice.version)
    ? ok(ceiling)
    : failed(issue('unknown_reading', '/choice'));
};

/** A privacy officer chooses how the practice reads a ceiling: by its letter, or by one of its readings. Signed and revocable; a new choice ends the old one. */
export const chooseReadingIn = async (
  services: Services,
  transaction: Transaction,
  request: ChosenReading & { readonly context: PracticeContext },
): Promise<Result<ReadingAndResumed>> => {
  const { choice, context } = request;
  const found = findReading(services.book, request);
  if (!found.ok) return found;
  const ceiling = found.value;
  for (const earlier of await transaction.practice.readings()) {
    if (earlier.ceiling === ceiling.id && earlier.revokedAt === undefined)
      await transaction.practice.revokeReading(earlier.id, transaction.now);
  }
  const id = services.ids.uuid();
  await transaction.practice.addReading({
    id,
    ceiling: ceiling.id,
    choice,
    signedBy: request.signedBy,
    signedAt: transaction.now,
  });
  transaction.ledger.record({
    kind: 'reading-chosen',
    actor: context.actor,
    subject: id,
    codes: [ceiling.id, choice === 'literal' ? 'literal' : choice.reading],
  });
  return ok({ id, resumed: (await reconsider(services, transaction, 'all')).length });
};

export const chooseReading = (
  services: Services,
  context: PracticeContext,
  request: ChosenReading,
): Promise<Result<ReadingAndResumed>> =>
  services.store.inPractice(context, (transaction) => chooseReadingIn(services, transaction, { ...request, context }));

export const revokeReadingIn = async (
  services: Services,
  transaction: Transaction,
  request: { readonly context: PracticeContext; readonly id: string },
): Promise<Result<{ readonly id: string }>> => {
  const { context, id } = request;
  if (!(await transaction.practice.revokeReading(id, transaction.now))) return failed(issue('not_found', ''));
  transaction.ledger.record({ kind: 'reading-revoked', actor: context.actor, subject: id });
  await reconsider(services, transaction, 'all');
  return ok({ id });
};
