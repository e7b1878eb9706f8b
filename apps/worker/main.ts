import 'reflect-metadata';
import { readSettings } from '#libs/settings';
import { runWorker } from './run-worker.js';

const say = (line: object): void => void process.stdout.write(`${JSON.stringify(line)}\n`);

const refuse = (issues: readonly { readonly code: string; readonly path: string }[]): never => {
  for (const { code, path } of issues) process.stderr.write(`${code} ${path}\n`);
  process.exit(1);
};

const settings = readSettings();
if (!settings.ok) refuse(settings.issues);
else {
  const worker = await runWorker(settings.value);
  if (!worker.ok) refuse(worker.issues);
  else {
    say({ listening: worker.value.healthPort, pid: process.pid });
    let stopping = false;
    const stop = (): void => {
      if (stopping) return;
      stopping = true;
      void worker.value.stop().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    };
    process.once('SIGTERM', stop);
    process.once('SIGINT', stop);
    // A worker whose parent is gone has nobody to stop it.
    if (process.argv.includes('--stdin-guard')) process.stdin.on('end', stop).resume();
  }
}
