import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { build } from 'vite';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the console lies, built from the sources as they are now. */
    consoleDirectory: string;
  }
}

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The console as it ships, so that no browser looks at a stale one. */
const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const directory = `${root}.sluice/console-${process.pid}`;
  await build({
    configFile: `${root}config/tools/vite.config.ts`,
    mode: 'production',
    logLevel: 'error',
    build: { outDir: directory, emptyOutDir: true },
  });
  project.provide('consoleDirectory', directory);
  return () => rm(directory, { recursive: true, force: true });
};

export default setup;
