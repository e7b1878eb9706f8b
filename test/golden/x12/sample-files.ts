import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = new URL('./in/', import.meta.url);

/** Bytes of one of the invented files in `in/`. */
export const sampleFile = (path: string): Uint8Array => readFileSync(new URL(path, root));

export const sampleNames = (folder: string): readonly string[] =>
  readdirSync(fileURLToPath(new URL(folder, root))).sort();
