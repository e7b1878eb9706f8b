import { describe, expect, it } from 'vitest';
import type { Row } from './outcome.js';
import { tableOf } from './table.js';

const row = (more: Partial<Row> = {}): Row => ({
  what: 'claim of an invented client',
  insurer: 'Harbor',
  format: 'x12-837p',
  outcome: 'held',
  why: 'The release does not grant it.',
  asExpected: true,
  ...more,
});

describe('the table', () => {
  it('has a heading, a rule and a line for each row, with the columns under one another', () => {
    const lines = tableOf([row(), row({ what: 'statement', asExpected: false })]);
    expect(lines).toHaveLength(4);
    expect(lines[0]).toMatch(/^What +Insurer +Format +Outcome +Why +As expected$/);
    const at = lines[0]?.indexOf('Insurer') ?? -1;
    expect(lines[2]?.slice(at)).toMatch(/^Harbor /);
    expect(lines[3]?.slice(at)).toMatch(/^Harbor /);
  });

  it('marks what is as expected and what is not', () => {
    const lines = tableOf([row(), row({ asExpected: false })]);
    expect(lines[2]?.endsWith('✓')).toBe(true);
    expect(lines[3]?.endsWith('✗')).toBe(true);
  });

  it('breaks long reasons at blanks so that no line is longer than the screen', () => {
    const why = 'The law does not let it go and somebody has to look at this for a good while. '.repeat(3).trim();
    const lines = tableOf([row({ why })], 120);
    expect(lines.length).toBeGreaterThan(3);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(120);
    const at = lines[0]?.indexOf('Why') ?? -1;
    const told = lines
      .slice(2)
      .map((line) => line.slice(at).replace('✓', '').trim())
      .join(' ');
    expect(told).toBe(why);
  });

  it('keeps columns wide enough to read on a narrow screen', () => {
    const lines = tableOf([row()], 20);
    expect(lines.join('\n')).toContain('x12-837p');
  });
});
