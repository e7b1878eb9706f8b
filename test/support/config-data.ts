import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CodeClass, codeClasses } from '#libs/catalogue';
import type { Ceiling, ReadingChoice, Ruleset } from '#libs/release';
import { projectRoot } from '#libs/settings';

const directory = (name: string): string => join(projectRoot(), 'config', name);

const readAll = <Data>(name: string): readonly Data[] =>
  readdirSync(directory(name)).map((file) => JSON.parse(readFileSync(join(directory(name), file), 'utf8')) as Data);

export const CEILINGS = readAll<Ceiling>('ceilings');

const reveals = readAll<{ version: string; classes: readonly CodeClass[] }>('codes')[0];

export const CODES = codeClasses(reveals?.version ?? '', reveals?.classes ?? []);

export const NJ = 'us-nj-45-14b-32';
export const DC = 'us-dc-7-1202.07';

/** The practice chose the reading under which New Jersey's list lets a standard claim pass. */
export const NJ_READING: ReadingChoice = {
  ceiling: NJ,
  choice: { reading: 'nj-transaction-is-administrative', version: '1' },
  revision: 'choice-1',
};

export const ruleset = (choices: readonly ReadingChoice[] = [], ceilings: readonly Ceiling[] = CEILINGS): Ruleset => ({
  digest: 'test-ruleset',
  ceilings,
  choices,
  codes: CODES,
});
