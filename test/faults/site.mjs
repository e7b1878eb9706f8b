/** A place of the suite's own with a copy of the build in it: nobody rebuilds it under a running process, and it may be changed. */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const projectRoot = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Builds what is not built, unless the caller names a build. */
export const builtFrom = (given) => {
  if (given !== undefined) return given;
  const { status } = spawnSync(process.execPath, [join(projectRoot, 'config', 'setup.mjs'), 'build'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const dist = join(projectRoot, 'dist');
  if (status !== 0 || !existsSync(dist)) throw new Error('the build failed, so there is nothing to kill');
  return dist;
};

const standing = new Set();

process.on('exit', () => {
  for (const site of standing) site.remove();
});

export class Site {
  constructor(dist) {
    this.root = mkdtempSync(join(tmpdir(), 'sluice-faults-'));
    standing.add(this);
    chmodSync(this.root, 0o755);
    cpSync(dist, join(this.root, 'dist'), { recursive: true });
    for (const name of ['package.json', 'config'])
      cpSync(join(projectRoot, name), join(this.root, name), { recursive: true });
    mkdirSync(join(this.root, 'test'));
    cpSync(join(projectRoot, 'test', 'faults'), join(this.root, 'test', 'faults'), { recursive: true });
    symlinkSync(join(projectRoot, 'node_modules'), join(this.root, 'node_modules'), 'dir');
  }

  at(...path) {
    return join(this.root, ...path);
  }

  /** A lib as this site's build has it. */
  lib(name) {
    return import(pathToFileURL(this.at('dist', 'libs', name, 'index.js')).href);
  }

  /** Changes one file of the build. Each place must be there exactly once, or the change would prove nothing. */
  patch(file, changes) {
    const path = this.at('dist', file);
    const changed = changes.reduce(
      (text, [from, to]) => {
        if (text.split(from).length !== 2)
          throw new Error(`cannot plant: the place in ${file} is not there, or not alone`);
        return text.replace(from, () => to);
      },
      readFileSync(path, 'utf8'),
    );
    writeFileSync(path, changed);
  }

  remove() {
    standing.delete(this);
    rmSync(this.root, { recursive: true, force: true });
  }
}
