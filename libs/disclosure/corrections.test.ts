import { describe, expect, it } from 'vitest';
import { claimStands, DELIVERY_STATES, frequencyOf } from './index.js';

describe('a claim that was corrected', () => {
  it('stands once it has gone, until something that takes its place is there', () => {
    for (const state of DELIVERY_STATES) expect(claimStands(state, [])).toBe(state === 'sent' || state === 'received');
    for (const correction of DELIVERY_STATES) {
      const without = correction === 'cancelled' || correction === 'blocked';
      for (const state of ['sent', 'received'] as const) {
        expect(claimStands(state, [correction])).toBe(without);
        expect(claimStands(state, ['cancelled', correction])).toBe(without);
      }
    }
  });

  it('says what it is: what is sent again says what the refused one said', () => {
    expect(frequencyOf('replacement', '1')).toBe('7');
    expect(frequencyOf('void', '1')).toBe('8');
    for (const one of ['1', '7', '8'] as const) expect(frequencyOf('resubmission', one)).toBe(one);
  });
});
