import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { z } from 'zod';

/** A file of the state directory; undefined when it is not there, or is not what it should be. */
export const readStateFile = <Content>(path: string, schema: z.ZodType<Content>): Content | undefined => {
  try {
    const read = schema.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    return read.success ? read.data : undefined;
  } catch {
    return undefined;
  }
};

/** Writes a file for its owner alone, whole or not at all. */
export const writePrivateFile = (path: string, content: unknown): void => {
  mkdirSync(dirname(path), { recursive: true });
  const fresh = `${path}.new`;
  writeFileSync(fresh, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  renameSync(fresh, path);
};
