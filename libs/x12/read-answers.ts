import { failed, issue, ok, type Result } from '#libs/kernel';
import type { ClaimAcknowledgement } from './277ca-005010X214/claim-acknowledgement.js';
import { read277ca } from './277ca-005010X214/read-277ca.js';
import { read835 } from './835-005010X221A1/read-835.js';
import type { Remittance } from './835-005010X221A1/remittance.js';
import type { ImplementationAcknowledgement } from './999-005010X231A1/implementation-acknowledgement.js';
import { read999 } from './999-005010X231A1/read-999.js';
import { sourceOf } from './read/answer-source.js';
import type { FunctionalGroup, Interchange, TransactionSet } from './read/interchange.js';
import { readInterchanges } from './read/read-interchanges.js';
import { type InterchangeAcknowledgement, readTa1 } from './ta1/read-ta1.js';

/** Anything that comes back for claims that were sent. */
export type Answer = InterchangeAcknowledgement | ImplementationAcknowledgement | ClaimAcknowledgement | Remittance;

/**
 * Reads a file of answers: TA1, 999, 277CA and 835 in any number and mixture, in the order of the file. All or nothing:
 * a transaction that is malformed, contradicts itself or is of another kind or version fails the file, so that it can be
 * set aside whole. Issues carry X12 positions such as `2100/CLP04`, never a value.
 */
export const readAnswers = (bytes: Uint8Array): Result<readonly Answer[]> => {
  const interchanges = readInterchanges(bytes);
  if (!interchanges.ok) return interchanges;
  const answers: Answer[] = [];
  for (const interchange of interchanges.value) {
    const read = readInterchange(interchange);
    if (!read.ok) return read;
    answers.push(...read.value);
  }
  return ok(answers);
};

const readInterchange = (interchange: Interchange): Result<readonly Answer[]> => {
  const answers: Answer[] = [];
  for (const segment of interchange.acknowledgements) {
    const answer = readTa1(segment, sourceOf(interchange.header));
    if (!answer.ok) return answer;
    answers.push(answer.value);
  }
  for (const group of interchange.groups) {
    for (const set of group.transactionSets) {
      const read = readSet(interchange, group, set);
      if (!read.ok) return read;
      answers.push(...read.value);
    }
  }
  return ok(answers);
};

const readSet = (interchange: Interchange, group: FunctionalGroup, set: TransactionSet): Result<readonly Answer[]> => {
  const source = sourceOf(interchange.header, group, set);
  if (set.convention !== undefined && set.convention !== group.version) {
    return failed(issue('x12_version_differs', 'ST03'));
  }
  switch (`${group.code} ${set.identifier} ${group.version}`) {
    case 'FA 999 005010X231A1':
      return listOf(read999(set, source));
    case 'HN 277 005010X214':
      return read277ca(set, source);
    case 'HP 835 005010X221A1':
      return listOf(read835(set, source));
    default:
      return failed(issue('x12_transaction_unsupported', 'ST01'));
  }
};

const listOf = (result: Result<Answer>): Result<readonly Answer[]> => (result.ok ? ok([result.value]) : result);
