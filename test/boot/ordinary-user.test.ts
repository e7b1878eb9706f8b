import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

/** `npm start` as somebody without any rights types it, in a fresh copy of the project that has nothing built yet. */
const root = join(import.meta.dirname, '..', '..');
const own = mkdtempSync(join(tmpdir(), 'sluice-ordinary-'));
const project = join(own, 'project');
const home = join(own, 'home');
const temporary = join(own, 'tmp');

interface User {
  readonly uid: number;
  readonly gid: number;
}

/** Root becomes somebody who has a name, since the database asks for it, and nothing else; anybody else stays who they are. */
const someone = (): User => {
  const [uid, gid] = [process.getuid?.() ?? 0, process.getgid?.() ?? 0];
  if (uid !== 0) return { uid, gid };
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const found = ['games', 'nobody'].flatMap((name) => users.filter((fields) => fields[0] === name))[0];
  if (found === undefined) throw new Error('this machine has no user to become');
  return { uid: Number(found[2]), gid: Number(found[3]) };
};
const user = someone();
const isOther = user.uid !== process.getuid?.();
const asUser = isOther ? { uid: user.uid, gid: user.gid } : {};

/** Nothing that was built, installed or begun. */
const LEFT_OUT = new Set(['node_modules', 'dist', '.git', '.sluice', 'coverage']);

const giveAway = (path: string): void => {
  if (isOther) chownSync(path, user.uid, user.gid);
};

const giveAwayTree = (directory: string): void => {
  giveAway(directory);
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) giveAwayTree(path);
    else giveAway(path);
  }
};

/** What is installed is lent, not given: linked where the user can read and not change it, copied otherwise. */
const lendModules = (): void => {
  const installed = realpathSync(join(root, 'node_modules'));
  const probe = spawnSync(process.execPath, ['-e', 'require("fs").readdirSync(process.argv[1])', installed], asUser);
  const link = join(project, 'node_modules');
  if (isOther && probe.status === 0) symlinkSync(installed, link);
  else cpSync(installed, link, { recursive: true, verbatimSymlinks: true });
};

/** Places where anybody may write, and the user's real home. */
const elsewhere = [...new Set([tmpdir(), '/tmp', '/var/tmp', '/dev/shm', ...(isOther ? [] : [homedir()])])].filter(
  (place) => existsSync(place),
);

/** What belongs to the user there, and when it was last changed. */
const belongings = (): ReadonlyMap<string, number> =>
  new Map(
    elsewhere.flatMap((place) =>
      readdirSync(place).flatMap((name): readonly (readonly [string, number])[] => {
        const path = join(place, name);
        const found = lstatSync(path, { throwIfNoEntry: false });
        return found?.uid === user.uid && path !== own ? [[path, found.mtimeMs]] : [];
      }),
    ),
  );

/** Other programs of the same person go on meanwhile; only ours would leave such names. */
const OURS = /sluice|postgres|npm/i;

beforeAll(() => {
  const installed = spawnSync(process.execPath, [join(root, 'config', 'setup.mjs'), 'build'], { encoding: 'utf8' });
  if (installed.status !== 0) throw new Error(`the build failed: ${installed.stdout}${installed.stderr}`);
  for (const directory of [home, temporary]) mkdirSync(directory);
  cpSync(root, project, { recursive: true, filter: (source) => !LEFT_OUT.has(basename(source)) });
  giveAwayTree(own);
  lendModules();
  chmodSync(own, 0o755);
});

afterAll(() => {
  rmSync(own, { recursive: true, force: true });
});

const start = (): Promise<{ readonly code: number | null; readonly output: string }> =>
  new Promise((resolve, reject) => {
    const child = spawn('npm', ['start', '--', '--once'], {
      cwd: project,
      env: {
        PATH: process.env['PATH'],
        LANG: 'C.UTF-8',
        HOME: home,
        TMPDIR: temporary,
        npm_config_cache: join(home, '.npm'),
        npm_config_update_notifier: 'false',
        // Others on this machine may be starting one at the same moment.
        SLUICE_API_PORT: '0',
        SLUICE_WORKER_HEALTH_PORT: '0',
        SLUICE_SANDBOX_PORT: '0',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...asUser,
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });

it('npm start works for somebody without any rights, and writes nothing outside', async () => {
  const before = belongings();
  const { code, output } = await start();
  expect(output).toMatch(/All \d+ as expected\./);
  expect(output).toContain('the chain holds');
  expect({ code, output: code === 0 ? '' : output }).toEqual({ code: 0, output: '' });
  const left = [...belongings()].filter(([path, at]) => before.get(path) !== at).map(([path]) => path);
  expect(isOther ? left : left.filter((path) => OURS.test(path))).toEqual([]);
  // The database, its keys and the built program are the user's own, inside the project.
  for (const name of ['.sluice/postgres', '.sluice/keys.json', 'dist/apps/cli/main.js'])
    expect([name, statSync(join(project, name)).uid]).toEqual([name, user.uid]);
  expect(statSync(join(project, '.sluice/keys.json')).mode & 0o777).toBe(0o600);
});
