import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const isProject = (directory: string): boolean => {
  const file = join(directory, 'package.json');
  if (!existsSync(file)) return false;
  const described: unknown = JSON.parse(readFileSync(file, 'utf8'));
  return typeof described === 'object' && described !== null && 'name' in described && described.name === 'sluice';
};

/** The project's directory, the same from source and from dist/. */
export const projectRoot = (): string => {
  for (let directory = import.meta.dirname; ; directory = dirname(directory)) {
    if (isProject(directory)) return directory;
    if (dirname(directory) === directory) throw new Error('the program stands outside its project');
  }
};
