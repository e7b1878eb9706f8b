import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { z } from 'zod';
import { failed, issue, type Issue, ok, type Result } from '#libs/kernel';
import { issuesOf } from './issues-of.js';

/** One file of data, with its name without `.json`. */
export interface DataFile<Content> {
  readonly name: string;
  readonly content: Content;
}

const readJsonFile = async <Content>(file: string, schema: z.ZodType<Content>): Promise<Result<DataFile<Content>>> => {
  const label = basename(file);
  let raw: unknown;
  try {
    raw = JSON.parse(await readFile(file, 'utf8'));
  } catch {
    return failed(issue('config.not-json', label));
  }
  const parsed = schema.safeParse(raw);
  if (parsed.success) return ok({ name: label.slice(0, -'.json'.length), content: parsed.data });
  return failed(...issuesOf(parsed.error, { prefix: 'config', file: label }));
};

/**
 * Reads every `*.json` of a directory (not of those below it), in order of name. All files are checked before anything
 * is said: `config.directory-missing`, `config.unexpected-file` (a name that nothing would ever read),
 * `config.not-json`, or `config.<kind>` with the path `<file>#<JSON pointer>`.
 */
export const readJsonDirectory = async <Content>(
  directory: string,
  schema: z.ZodType<Content>,
): Promise<Result<readonly DataFile<Content>[]>> => {
  const entries = await readdir(directory, { withFileTypes: true }).catch(() => undefined);
  if (entries === undefined) return failed(issue('config.directory-missing', basename(directory)));
  const files: DataFile<Content>[] = [];
  const issues: Issue[] = [];
  for (const entry of entries.sort((one, other) => (one.name < other.name ? -1 : 1))) {
    if (entry.isDirectory() || entry.name.endsWith('.md')) continue;
    if (!entry.isFile() || !entry.name.endsWith('.json')) {
      issues.push(issue('config.unexpected-file', entry.name, '*.json'));
      continue;
    }
    const read = await readJsonFile(join(directory, entry.name), schema);
    if (read.ok) files.push(read.value);
    else issues.push(...read.issues);
  }
  return issues.length === 0 ? ok(files) : failed(...issues);
};
