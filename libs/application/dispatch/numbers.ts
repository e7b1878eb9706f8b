import type { SealingNames } from '#libs/disclosure';
import type { PracticeId, TransmissionId } from '#libs/kernel';
import type { Keys } from '../ports/keys.js';
import type { InsurerRecord, PracticeRecord } from '../ports/records.js';
import type { PracticeContext, Store, Transaction } from '../ports/store.js';

export type Numbers = NonNullable<SealingNames['interchange']> & {
  /** REF*6R of a line of the claim, counted from 1: unique in the claim, and of no meaning to anybody without the key. */
  lineControlNumber(line: number): string;
};

export const SERIES = 'transmission';
/** Numbers taken from the store at once; of a thousand million, so that those a process never uses are no loss. */
const BLOCK = 500;

/** More than a practice can have used since any backup, and few enough for a hundred restores. */
const SKIPPED = 10_000_000;

/**
 * The counter of a database that came back from a backup gives out again what has gone since, and an insurer refuses the
 * second of a number, or answers it with what it said of the first. From here on it gives out none of those.
 */
export const skipNumbers = async (transaction: Transaction): Promise<void> => {
  await transaction.transmissions.takeNumbers(SERIES, SKIPPED);
};

/**
 * Numbers taken ahead of need, in a transaction of their own. Taken within the one that permits, the counter's row would
 * let only one batch of a practice be under way at a time.
 */
export class NumberReserve {
  readonly #ahead = new Map<PracticeId, number[]>();

  constructor(private readonly store: Store) {}

  /** As many as wanted, each given out once and never again. Not to be called within a transaction. */
  async take(context: PracticeContext, wanted: number): Promise<readonly number[]> {
    const taken = this.#ahead.get(context.practice)?.splice(0, wanted) ?? [];
    const missing = wanted - taken.length;
    if (missing <= 0) return taken;
    const count = missing + BLOCK;
    const first = await this.store.inPractice(context, ({ transmissions }) => transmissions.takeNumbers(SERIES, count));
    const more = Array.from({ length: count }, (_one, index) => first + index);
    this.giveBack(context.practice, more.splice(missing));
    return [...taken, ...more];
  }

  /** Those that nothing was sealed with. */
  giveBack(practice: PracticeId, unused: readonly number[]): void {
    const ahead = this.#ahead.get(practice);
    if (ahead === undefined) this.#ahead.set(practice, [...unused]);
    else ahead.push(...unused);
  }
}

/** REF*6R of a line of a claim, counted from 1. Answers name it, so it can be worked out again. */
export const lineControlNumber = (
  keys: Keys,
  of: { readonly practice: PracticeId; readonly patientControl: string; readonly line: number },
): string => `N${nine(keys.controlNumber(`line:${of.practice}:${of.patientControl}`, of.line))}`;

const nine = (number: number): string => String(number).padStart(9, '0');

/**
 * The control numbers of one interchange between a pair: a number of the reserve through a keyed permutation, so that
 * they are unique and tell neither how many claims there are nor in which order.
 */
export const numbersOf = (
  keys: Keys,
  of: { readonly practice: PracticeRecord; readonly insurer: InsurerRecord; readonly number: number },
): Numbers => {
  const { practice, insurer, number } = of;
  const pair = `${practice.submitterId}>${insurer.connection.receiverId}`;
  const interchange = keys.controlNumber(`interchange:${pair}`, number);
  const claim = keys.controlNumber(`patient-control:${practice.id}`, number);
  const patientControlNumber = `P${nine(claim)}`;
  return {
    interchangeControlNumber: nine(interchange),
    groupControlNumber: String(interchange),
    setControlNumber: '0001',
    batchReference: `B${nine(interchange)}`,
    patientControlNumber,
    lineControlNumber: (line) =>
      lineControlNumber(keys, { practice: practice.id, patientControl: patientControlNumber, line }),
  };
};

export const sealingNames = (
  transmission: TransmissionId,
  made: { readonly idempotencyKey: string; readonly reference: string; readonly numbers: Numbers | undefined },
): SealingNames => {
  const { idempotencyKey, reference, numbers } = made;
  if (numbers === undefined) return { transmission, idempotencyKey, reference };
  const { lineControlNumber: _inTheBytes, ...interchange } = numbers;
  return { transmission, idempotencyKey, reference, interchange };
};
