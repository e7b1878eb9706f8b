import { describe, expect, it } from 'vitest';
import { ASKING_CAUSES } from '#libs/contracts';
import { causeOf } from './asking.js';

describe('what stands against a requirement', () => {
  it.each([
    ['field_not_granted', 'release'],
    ['no_release', 'release'],
    ['never_by_release', 'release'],
    ['element_missing:recipient', 'release'],
    ['ceiling:nj-45-14b-32', 'ceiling'],
    ['value_shape:nj-45-14b-32', 'ceiling'],
    ['restricted_522', 'restriction'],
    ['clinician_limit', 'restriction'],
    ['special_category:hiv', 'special-category'],
    ['unclassified_code', 'special-category'],
    ['missing', 'other'],
    ['sibling_missing', 'other'],
  ] as const)('%s: %s', (code, cause) => {
    expect(causeOf(code as Parameters<typeof causeOf>[0])).toBe(cause);
    expect(ASKING_CAUSES).toContain(cause);
  });
});
