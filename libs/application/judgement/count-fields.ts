import type { Judgement } from './judge.js';

/** Fields that a document has, by what becomes of them. */
export interface FieldCounts {
  readonly goes: number;
  readonly changed: number;
  readonly withheld: number;
}

export const NO_FIELDS: FieldCounts = { goes: 0, changed: 0, withheld: 0 };

/** Counts the rulings on what is there; what a format asks and a document does not have counts for nothing. */
export const countFields = ({ decision, bag }: Pick<Judgement, 'decision' | 'bag'>): FieldCounts => {
  const counts = { ...NO_FIELDS };
  for (const { effect, locus, over } of decision.rulings) {
    if (bag.get(locus) === undefined && over === undefined) continue;
    counts[effect === 'send' ? 'goes' : effect === 'generalise' ? 'changed' : 'withheld'] += 1;
  }
  return counts;
};
