import 'reflect-metadata';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Issue } from '#libs/kernel';
import { projectRoot, readSettings } from '#libs/settings';
import { runApi } from './run-api.js';
import { createUseCases } from './wiring/create-use-cases.js';

const refuse = (issues: readonly Issue[]): never => {
  for (const { code, path } of issues) process.stderr.write(`${code} ${path}\n`);
  process.exit(1);
};

/** The console as it was built; without it the gateway answers programs only. */
const consoleDirectory = (): { readonly consoleDirectory?: string } => {
  const directory = join(projectRoot(), 'dist', 'apps', 'console');
  return existsSync(join(directory, 'index.html')) ? { consoleDirectory: directory } : {};
};

const settings = readSettings();
if (!settings.ok) refuse(settings.issues);
else {
  const { egress } = settings.value;
  const api = await runApi(settings.value, {
    useCases: (services) => createUseCases(services, egress),
    ...consoleDirectory(),
  });
  if (!api.ok) refuse(api.issues);
  else {
    process.stdout.write(`${JSON.stringify({ listening: api.value.port, pid: process.pid })}\n`);
    let stopping = false;
    const stop = (): void => {
      if (stopping) return;
      stopping = true;
      void api.value.stop().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    };
    process.once('SIGTERM', stop);
    process.once('SIGINT', stop);
    // A gateway whose parent is gone has nobody to stop it.
    if (process.argv.includes('--stdin-guard')) process.stdin.on('end', stop).on('close', stop).resume();
  }
}
