// npm run screenshots: starts the demonstration, goes through the console as its people do, and draws what they see into docs/screens.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { SHOTS } from './shots.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const into = join(root, 'docs', 'screens');
const program = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);

/** Of config/demo/practice.json. */
const PASSWORDS = {
  billing: 'lantern-invoices',
  ostrander: 'lantern-oregon',
  privacy: 'lantern-privacy',
  admin: 'lantern-keyring',
};

const build = spawnSync(process.execPath, [join(root, 'config/setup.mjs'), 'build'], { stdio: 'inherit' });
if (build.status !== 0) process.exit(build.status ?? 1);

const state = mkdtempSync(join(tmpdir(), 'sluice-screens-'));
/** Its own database and its own queue, whatever this shell has. */
const rest = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => name !== 'DATABASE_URL' && name !== 'REDIS_URL'),
);
const demo = spawn(process.execPath, [join(root, 'dist/apps/cli/main.js'), 'up'], {
  cwd: root,
  env: { ...rest, SLUICE_STATE_DIRECTORY: state },
});

/** The address, once everything has been pushed through. */
const address = new Promise((resolve, reject) => {
  let said = '';
  const listen = (chunk) => {
    said += chunk;
    const found = /https?:\/\/[^\s/]+:\d+/.exec(said);
    if (found !== null && said.includes('as expected')) resolve(found[0]);
  };
  demo.stdout.on('data', listen);
  demo.stderr.on('data', listen);
  demo.once('close', () => reject(new Error(`the demonstration ended:\n${said}`)));
});

const signIn = async (page, name) => {
  await page.getByLabel('Sign-in name').fill(name);
  await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORDS[name]);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('navigation', { name: 'Sections' }).waitFor({ state: 'attached' });
};

const draw = async (browser, url, shot) => {
  const context = await browser.newContext({
    ...{ viewport: { width: shot.width ?? 1280, height: shot.height ?? 800 }, colorScheme: shot.scheme ?? 'light' },
    ...{ reducedMotion: 'reduce', locale: 'en-US', timezoneId: 'America/New_York' },
  });
  const page = await context.newPage();
  await page.goto(`${url}${shot.path}`);
  if (shot.as !== undefined) await signIn(page, shot.as);
  await shot.ready(page);
  await page.waitForLoadState('networkidle');
  // A pointer over a chart would open its legend.
  await page.mouse.move(0, 0);
  await page.waitForTimeout(500);
  await page.screenshot({ path: join(into, `${shot.name}.png`) });
  await context.close();
  console.log(`docs/screens/${shot.name}.png`);
};

try {
  mkdirSync(into, { recursive: true });
  const url = await address;
  const browser = await chromium.launch({
    executablePath: program,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
  for (const shot of SHOTS) await draw(browser, url, shot);
  await browser.close();
} finally {
  demo.kill('SIGTERM');
  if (demo.exitCode === null) await new Promise((resolve) => demo.once('close', resolve));
  rmSync(state, { recursive: true, force: true });
}
