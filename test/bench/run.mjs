// npm run bench, npm run bench:console: builds, compiles the benches beside the build, runs one of them on it.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const go = (args) => {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
};
go(['config/setup.mjs', 'build']);
go(['node_modules/typescript7/bin/tsc', '-p', 'test/bench/tsconfig.json']);
const [first, ...rest] = process.argv.slice(2);
const [main, args] = first === 'console' ? ['console-main.js', rest] : ['main.js', process.argv.slice(2)];
go([`.sluice/bench/test/bench/${main}`, ...args]);
