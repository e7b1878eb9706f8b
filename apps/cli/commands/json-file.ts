import { readFile } from 'node:fs/promises';
import { failed, issue, ok, type Result } from '#libs/kernel';

/** What a JSON file holds, of which nothing else is known. `cli.file-unreadable`, `cli.not-json`. */
export const readJsonFile = async (file: string): Promise<Result<unknown>> => {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return failed(issue('cli.file-unreadable', file));
  try {
    return ok(JSON.parse(text));
  } catch {
    return failed(issue('cli.not-json', file));
  }
};

/** A secret in a file, without the line break at its end. `cli.file-unreadable`. A list of processes never shows it. */
export const readSecretFile = async (file: string): Promise<Result<string>> => {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return failed(issue('cli.file-unreadable', file));
  return ok(text.includes('-----BEGIN') ? text : text.trim());
};
