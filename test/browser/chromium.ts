import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const program = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
  existsSync(path),
);

/** Why what needs a browser is skipped, and counted as not run; undefined where there is one. */
export const chromiumMissing = program === undefined ? 'NOT RUN: there is no Chromium on this machine' : undefined;

/** The machine's own Chromium, which asks nobody for anything. */
export const launchChromium = (): Promise<Browser> =>
  chromium.launch({
    ...(program === undefined ? {} : { executablePath: program }),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
