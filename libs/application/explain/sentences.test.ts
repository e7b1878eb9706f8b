import { describe, expect, it } from 'vitest';
import { REVEALS } from '#libs/catalogue';
import { sentenceOf } from './sentences.js';

describe('reasons in sentences', () => {
  it('name what a code tells in words', () => {
    expect(sentenceOf('special_category:substanceUse')).toBe(
      'It tells something that needs a permission of its own (substance use).',
    );
    for (const reveal of REVEALS) expect(sentenceOf(`special_category:${reveal}`)).not.toMatch(/[a-z][A-Z]/);
  });
});
