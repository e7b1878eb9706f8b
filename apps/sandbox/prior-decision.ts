import type { Loop } from './x12-loops.js';
import { elementOf, type Segment } from './x12-reading.js';
import { readAmount } from './x12-values.js';

/** Another payer of a claim (2320 with 2330), amounts in cents. */
export interface OtherPayer {
  /** SBR01: `P` comes first. */
  readonly rank: string;
  readonly id: string;
  /** AMT*D; absent if it has not decided. */
  readonly paid?: number;
  /** CAS of the claim as a whole. */
  readonly adjusted: number;
}

/** What another payer decided on one line (2430), amounts in cents. */
export interface LineDecision {
  readonly payer: string;
  readonly paid: number;
  readonly adjusted: number;
  /** Of the adjustments, what is left to the client (group PR). */
  readonly left: number;
}

const amount = (segment: Segment, element: number): number => readAmount(elementOf(segment, element)) ?? 0;

/** CAS03, CAS06, … of every segment, or of those of one group. */
const adjustedIn = (loop: Loop, group?: string): number => {
  let sum = 0;
  for (const segment of loop.segments) {
    if (segment.id !== 'CAS' || (group !== undefined && elementOf(segment, 1) !== group)) continue;
    for (let element = 3; element < segment.elements.length; element += 3) sum += amount(segment, element);
  }
  return sum;
};

const headOf = (loop: Loop, id: string, qualifier?: string): Segment | undefined =>
  loop.segments.find((one) => one.id === id && (qualifier === undefined || elementOf(one, 1) === qualifier));

/** The other payers among the loops of one claim: each 2320, and its id from the 2330 that follow it. */
export const readOtherPayers = (loops: readonly Loop[]): readonly OtherPayer[] =>
  loops.flatMap((loop, index): readonly OtherPayer[] => {
    const coverage = loop.name === '2320' ? headOf(loop, 'SBR') : undefined;
    if (coverage === undefined) return [];
    const later = loops.slice(index + 1);
    const end = later.findIndex(({ name }) => name !== '2330');
    const own = end < 0 ? later : later.slice(0, end);
    const [name] = own.flatMap((party) => headOf(party, 'NM1', 'PR') ?? []);
    const paid = headOf(loop, 'AMT', 'D');
    return [
      {
        rank: elementOf(coverage, 1),
        id: name === undefined ? '' : elementOf(name, 9),
        adjusted: adjustedIn(loop),
        ...(paid === undefined ? {} : { paid: amount(paid, 2) }),
      },
    ];
  });

export const readLineDecision = (loop: Loop): LineDecision => {
  const head = headOf(loop, 'SVD');
  return {
    payer: head === undefined ? '' : elementOf(head, 1),
    paid: head === undefined ? 0 : amount(head, 2),
    adjusted: adjustedIn(loop),
    left: adjustedIn(loop, 'PR'),
  };
};
