import { describe, expect, it } from 'vitest';
import { loadRules, projectRoot } from './index.js';

describe('the rules that ship', () => {
  it('are read and checked whole, and what nobody verified is disabled', async () => {
    const rules = await loadRules(projectRoot());
    if (!rules.ok) throw new Error(rules.issues.map((one) => `${one.code} ${one.path}`).join('\n'));
    const { book, insurers } = rules.value;
    expect(insurers).toHaveLength(7);
    expect(book.ceilings.filter((one) => one.verification === 'unverified' && one.enabled)).toEqual([]);
    expect(book.codes.reveals('diagnosis', 'F1020')).toEqual(['substanceUse']);
    expect(book.presets.every((one) => one.identification.length > 0)).toBe(true);
  });
});
