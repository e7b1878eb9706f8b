/**
 * The one script that runs before anything is installed: `node config/setup.mjs start | test | build [arguments]`.
 * Node's own modules only. Each step is left out if its result is already there.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stateDirectory = join(root, '.sluice');
const at = (...path) => join(root, ...path);
const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));

/** Something that a person has to put right; the text is all that is shown. */
class Trouble extends Error {}

const say = (line) => console.error(line);

const checkNode = () => {
  const numbers = (text) => (text.match(/\d+/g) ?? []).map(Number);
  const wanted = numbers(readJson(at('package.json')).engines.node);
  const found = numbers(process.versions.node);
  const first = wanted.findIndex((number, index) => number !== found[index]);
  if (first !== -1 && found[first] < wanted[first]) {
    throw new Trouble(`Sluice needs Node ${wanted.join('.')} or newer; this is Node ${process.versions.node}.`);
  }
};

/** Signals reach the child once: a terminal sends Ctrl-C to it directly, anything else sends only to us. */
const forwardedSignals = () => ['SIGTERM', 'SIGHUP', ...(process.stdin.isTTY ? [] : ['SIGINT'])];

const exitCodes = { SIGHUP: 129, SIGINT: 130, SIGKILL: 137, SIGTERM: 143 };

/** Runs a program to its end and gives its exit code and, unless it may speak for itself, what it said. */
const run = (program, args, options = {}) =>
  new Promise((resolve, reject) => {
    const stdio = options.quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit';
    const child = spawn(program, args, { cwd: root, stdio, shell: options.shell ?? false });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text) => (said = (said + text).slice(-20_000)));
    }
    const forward = (signal) => child.kill(signal);
    const ignore = () => undefined;
    const signals = forwardedSignals();
    for (const signal of signals) process.on(signal, forward);
    // Without a listener a Ctrl-C would end us before the child has put its affairs in order.
    process.on('SIGINT', ignore);
    const settle = () => {
      for (const signal of signals) process.off(signal, forward);
      process.off('SIGINT', ignore);
    };
    child.once('error', (error) => {
      settle();
      reject(error.code === 'ENOENT' ? new Trouble(`The program "${program}" is not installed.`) : error);
    });
    child.once('close', (code, signal) => {
      settle();
      resolve({ code: code ?? exitCodes[signal] ?? 1, said });
    });
  });

const isAlive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
};

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

const holderOf = (lock) => {
  try {
    return Number(readFileSync(lock, 'utf8'));
  } catch {
    return 0;
  }
};

/** Two starts at once must not install or build into each other; a lock whose holder died is taken away. */
const alone = async (task) => {
  mkdirSync(stateDirectory, { recursive: true });
  try {
    // The built-in database runs as another user when we are root, and must get through whatever the mask is.
    chmodSync(stateDirectory, 0o755);
  } catch {
    // Somebody else's directory, and theirs to open.
  }
  const lock = join(stateDirectory, 'setup.lock');
  const own = `${lock}.${process.pid}`;
  const take = () => {
    try {
      linkSync(own, lock);
      return true;
    } catch (error) {
      if (error.code === 'EEXIST') return false;
      throw error;
    }
  };
  const takeAway = (dead) => {
    const aside = `${own}.aside`;
    try {
      renameSync(lock, aside);
      // Somebody else was faster, and this is that one's lock.
      if (Number(readFileSync(aside, 'utf8')) !== dead) linkSync(aside, lock);
    } catch (error) {
      if (error.code !== 'ENOENT' && error.code !== 'EEXIST') throw error;
    }
    rmSync(aside, { force: true });
  };
  writeFileSync(own, String(process.pid));
  try {
    for (let told = false; !take(); await pause(100)) {
      const holder = holderOf(lock);
      if (holder > 0 && !isAlive(holder)) {
        takeAway(holder);
      } else if (!told) {
        say(
          `Another start is installing or building; waiting for it (if there is none, delete ${relative(root, lock)}).`,
        );
        told = true;
      }
    }
    const release = () => rmSync(lock, { force: true });
    process.once('exit', release);
    try {
      return await task();
    } finally {
      release();
      process.off('exit', release);
    }
  } finally {
    rmSync(own, { force: true });
  }
};

/** npm writes its own copy of the lock file last, so that copy tells what is completely installed. */
const isInstalled = () => {
  const copy = at('node_modules', '.package-lock.json');
  if (!existsSync(copy)) return false;
  const wanted = Object.entries(readJson(at('package-lock.json')).packages ?? {}).filter(([path]) => path !== '');
  const installed = readJson(copy).packages ?? {};
  const isSame = ([path, entry]) => {
    const found = installed[path];
    // What is optional may be missing: it is for other machines.
    if (found === undefined) return Boolean(entry.optional || entry.devOptional);
    return found.version === entry.version && found.integrity === entry.integrity;
  };
  const names = new Set(wanted.map(([path]) => path));
  return wanted.every(isSame) && Object.keys(installed).every((path) => names.has(path));
};

const install = async () => {
  if (isInstalled()) return;
  say('Installing dependencies with npm ci (once; usually less than a minute) ...');
  const args = ['ci', '--no-audit', '--no-fund', '--include=dev', '--include=optional'];
  const own = process.env.npm_execpath;
  const { code, said } =
    own !== undefined && /npm-cli\.c?js$/.test(own)
      ? await run(process.execPath, [own, ...args], { quiet: true })
      : await run('npm', args, { quiet: true, shell: process.platform === 'win32' });
  if (code !== 0) {
    // npm adds a page about its options to what went wrong.
    const lines = said.trim().split('\n');
    throw new Trouble(`npm ci failed (exit code ${code}):\n${lines.slice(0, 25).join('\n')}`);
  }
};

const isTest = (name) => /\.(test|int-test|test-prop|test-d)\.ts$/.test(name);

const filesBelow = (directory) =>
  readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    return entry.isDirectory() ? filesBelow(path) : [path];
  });

/** How the console is built, where there is one. */
const consoleBuild = at('config', 'tools', 'vite.config.ts');
const hasConsole = () => existsSync(at('apps', 'console', 'index.html'));

const stampOfSources = () => {
  const sources = ['apps', 'libs'].filter((name) => existsSync(at(name))).flatMap((name) => filesBelow(at(name)));
  const console = at('apps', 'console') + sep;
  const compiled = sources.filter((path) => path.startsWith(console) || (path.endsWith('.ts') && !isTest(path)));
  const hash = createHash('sha256');
  for (const path of [
    ...compiled.sort(),
    ...(hasConsole() ? [consoleBuild] : []),
    at('tsconfig.json'),
    at('package.json'),
    at('package-lock.json'),
  ]) {
    const content = createHash('sha256').update(readFileSync(path)).digest('hex');
    hash.update(`${relative(root, path)}\n${content}\n`);
  }
  return hash.digest('hex');
};

/** Compiles into a new directory that takes the place of dist/ when it is whole. */
const build = async () => {
  const stampFile = at('dist', '.stamp');
  const stamp = stampOfSources();
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  say('Building ...');
  const next = join(stateDirectory, 'dist-next');
  rmSync(next, { recursive: true, force: true });
  const compiler = at('node_modules', 'typescript7', 'bin', 'tsc');
  const { code } = await run(process.execPath, [compiler, '-p', 'tsconfig.json', '--outDir', next]);
  if (code !== 0) throw new Trouble('The build failed.');
  if (hasConsole()) {
    const site = ['--config', consoleBuild, '--outDir', join(next, 'apps', 'console'), '--logLevel', 'warn'];
    // Nothing is written beside the installed packages, which may be somebody else's.
    site.push('--configLoader', 'runner');
    const built = await run(process.execPath, [at('node_modules', 'vite', 'bin', 'vite.js'), 'build', ...site]);
    if (built.code !== 0) throw new Trouble('The build of the console failed.');
  }
  writeFileSync(join(next, '.stamp'), stamp);
  rmSync(at('dist'), { recursive: true, force: true });
  renameSync(next, at('dist'));
};

const prepare = () =>
  alone(async () => {
    await install();
    await build();
  });

const start = async (args) => {
  const main = at('dist', 'apps', 'cli', 'main.js');
  if (!existsSync(main)) throw new Trouble('The build holds no command-line program.');
  return (await run(process.execPath, [main, 'up', ...args])).code;
};

/** Counts by test; a file that fails before its first test counts as one failure. */
const countResults = (report) => {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const skippedSuites = new Set();
  for (const file of report.testResults) {
    const tests = file.assertionResults;
    for (const test of tests) {
      if (test.status === 'passed' || test.status === 'failed') counts[test.status] += 1;
      else {
        counts.skipped += 1;
        skippedSuites.add(
          `${relative(root, file.name)}: ${test.ancestorTitles.find((title) => title !== '') ?? test.title}`,
        );
      }
    }
    if (file.status === 'failed' && !tests.some((test) => test.status === 'failed')) counts.failed += 1;
  }
  return { counts, skippedSuites: [...skippedSuites].sort() };
};

const projects = ['unit', 'types', 'properties', 'integration', 'e2e', 'browser'];

const test = async (args) => {
  const reportFile = join(stateDirectory, 'vitest.json');
  rmSync(reportFile, { force: true });
  const { code } = await run(process.execPath, [
    at('node_modules', 'vitest', 'vitest.mjs'),
    ...['run', '-c', 'config/tools/vitest.config.ts'],
    ...projects.flatMap((name) => ['--project', name]),
    ...['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`],
    ...args,
  ]);
  if (!existsSync(reportFile)) throw new Trouble('The tests did not come to an end: there is no report.');
  const { counts, skippedSuites } = countResults(readJson(reportFile));
  for (const suite of skippedSuites) console.log(`skipped: ${suite}`);
  const mayNotSkip = process.env.CI === 'true' && counts.skipped > 0;
  if (mayNotSkip) console.log('In CI nothing may be skipped.');
  if (counts.passed + counts.failed === 0) console.log('No test ran.');
  if (code !== 0 && counts.failed === 0) console.log('Something failed outside the tests; see above.');
  console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
  const isGood = counts.failed === 0 && counts.passed > 0 && !mayNotSkip;
  return code !== 0 ? code : isGood ? 0 : 1;
};

const commands = { start, test, build: () => Promise.resolve(0) };

const main = async ([name, ...args]) => {
  const command = Object.hasOwn(commands, name ?? '') ? commands[name] : undefined;
  if (command === undefined) throw new Trouble('Usage: node config/setup.mjs start | test | build [arguments]');
  checkNode();
  await prepare();
  return command(args);
};

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Trouble)) throw error;
  say(error.message);
  process.exitCode = 1;
}
