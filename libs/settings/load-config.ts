import { join } from 'node:path';
import type { z } from 'zod';
import { failed, type Issue, ok, type Result } from '#libs/kernel';
import { type DataFile, readJsonDirectory } from './read-json-directory.js';

/** What is expected of each directory of `config/`, by the directory's name. */
export type ConfigSchemas = Readonly<Record<string, z.ZodType>>;

export type Config<Schemas extends ConfigSchemas> = {
  readonly [Name in keyof Schemas]: readonly DataFile<z.output<Schemas[Name]>>[];
};

/**
 * Reads the data in `config/` that the caller has schemas for, e.g. `{ ceilings: ceilingSchema }` for
 * `config/ceilings/*.json`. Issues of all directories come together, with paths from `config/` on.
 */
export const loadConfig = async <Schemas extends ConfigSchemas>(
  root: string,
  schemas: Schemas,
): Promise<Result<Config<Schemas>>> => {
  const issues: Issue[] = [];
  const config: Record<string, readonly DataFile<unknown>[]> = {};
  for (const [name, schema] of Object.entries(schemas)) {
    const read = await readJsonDirectory(join(root, 'config', name), schema);
    if (read.ok) config[name] = read.value;
    else
      issues.push(
        ...read.issues.map((found) => ({
          ...found,
          path: found.code === 'config.directory-missing' ? `config/${name}` : `config/${name}/${found.path}`,
        })),
      );
  }
  // Every name in the schemas was read with its own schema, which the compiler cannot follow through a loop.
  return issues.length === 0 ? ok(config as Config<Schemas>) : failed(...issues);
};
