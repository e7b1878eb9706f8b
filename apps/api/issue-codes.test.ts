import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fixes } from '#libs/billing';
import { ISSUES, problemsDocument } from '#libs/contracts';
import { projectRoot } from '#libs/settings';

/** Where what an answer of the gateway says is made. The guide's own rules of X12 never leave as issues. */
const PLACES = ['apps/api', 'libs/application', 'libs/release', 'libs/contracts', 'libs/delivery', 'libs/access'];

const sources = PLACES.flatMap((place) =>
  readdirSync(join(projectRoot(), place), { recursive: true, encoding: 'utf8' }).map((name) => join(place, name)),
)
  .filter((file) => file.endsWith('.ts') && !/\.(?:test|test-prop|int-test|fixture)\.ts$/.test(file))
  .map((file) => readFileSync(join(projectRoot(), file), 'utf8'));

/** Every word that stands as the code of an issue, also where one of two is chosen, and every code that a schema gives. */
const codesIn = (source: string): readonly string[] => [
  ...[...source.matchAll(/\b(?:issue|warning)\(((?:[^,()]|\([^()]*\))*),/g)].flatMap(([, first = '']) =>
    [...first.matchAll(/(?<!=== )'([a-z_]+)'/g)].map(([, code = '']) => code),
  ),
  ...[...source.matchAll(/params: \{ code: '([a-z_]+)' \}/g)].map(([, code = '']) => code),
];

const made = new Set(sources.flatMap(codesIn));
const fixed = new Map(fixes());

describe('the codes of issues', () => {
  it('are found in the sources', () => expect(made.size).toBeGreaterThan(80));

  it('have one sentence each, here or with the edit that makes them', () => {
    expect([...made].filter((code) => !Object.hasOwn(ISSUES, code) && !fixed.has(code)).sort()).toEqual([]);
    for (const [code, sentence] of [...Object.entries(ISSUES), ...fixed]) {
      expect([code, sentence]).toEqual([code, expect.stringMatching(/^[\p{Lu}0-9].*[^.]\.$/u)]);
      expect(sentence).not.toContain('|');
    }
  });

  it('are made somewhere, and documented once', () => {
    const written = Object.keys(ISSUES).filter((code) => !code.includes(':'));
    expect(written.filter((code) => !made.has(code))).toEqual([]);
    expect(written.filter((code) => fixed.has(code))).toEqual([]);
    const document = problemsDocument(fixes());
    for (const [code, sentence] of [...Object.entries(ISSUES), ...fixed])
      expect(document.split(`| \`${code}\` | ${sentence} |`)).toHaveLength(2);
  });
});
