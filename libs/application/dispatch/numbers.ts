import type { SealingNames } from '#libs/disclosure';
import type { TransmissionId } from '#libs/kernel';
import type { Keys } from '../ports/keys.js';
import type { Transaction } from '../ports/store.js';

export type Numbers = NonNullable<SealingNames['interchange']> & {
  /** REF*6R of a line of the claim, counted from 1: unique in the claim, and of no meaning to anybody without the key. */
  lineControlNumber(line: number): string;
};

const nine = (number: number): string => String(number).padStart(9, '0');

/**
 * Control numbers for `count` interchanges between one pair: counters out of Postgres, taken in one block, through a
 * keyed permutation, so that they are unique and tell neither how many claims there are nor in which order.
 */
export const takeNumbers = async (
  transaction: Transaction,
  keys: Keys,
  wanted: { readonly pair: string; readonly practice: string; readonly count: number },
): Promise<readonly Numbers[]> => {
  const { pair, practice, count } = wanted;
  if (count === 0) return [];
  const interchanges = await transaction.transmissions.takeNumbers(`interchange:${pair}`, count);
  const claims = await transaction.transmissions.takeNumbers('patient-control', count);
  return Array.from({ length: count }, (_one, index) => {
    const interchange = keys.controlNumber(`interchange:${pair}`, interchanges + index);
    const patientControlNumber = `P${nine(keys.controlNumber(`patient-control:${practice}`, claims + index))}`;
    return {
      interchangeControlNumber: nine(interchange),
      groupControlNumber: String(interchange),
      setControlNumber: '0001',
      batchReference: `B${nine(interchange)}`,
      patientControlNumber,
      lineControlNumber: (line) => `N${nine(keys.controlNumber(`line:${practice}:${patientControlNumber}`, line))}`,
    };
  });
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
