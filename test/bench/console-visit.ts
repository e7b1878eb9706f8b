import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { projectRoot } from '#libs/settings';
import { BILLER, type ConsolePractice } from './console-practice.js';

const probe = fileURLToPath(new URL('test/bench/page-probe.mjs', `file://${projectRoot()}/`));

/** What its main thread did since the probe began. */
export interface Longest {
  readonly task: number;
  readonly frame: number;
  readonly frames: number;
}

/** A browser of somebody's own, with the probe in every page; as large as an office screen. */
export const newVisitor = async (browser: Browser): Promise<BrowserContext> => {
  const context = await browser.newContext({
    ...{ viewport: { width: 1440, height: 900 }, locale: 'en-US', timezoneId: 'America/New_York' },
  });
  await context.addInitScript({ path: probe });
  return context;
};

/** By keys alone: a pointer on its way across the page would have more scripts fetched. */
export const signIn = async (page: Page): Promise<void> => {
  await page.getByLabel('Sign-in name').fill(BILLER.signIn);
  await page.getByRole('textbox', { name: 'Password' }).fill(BILLER.password);
  await page.keyboard.press('Enter');
  await page.getByRole('navigation', { name: 'Sections' }).waitFor({ state: 'attached' });
};

/** Somebody who has signed in and looks at the worklist. */
export const arrive = async (context: BrowserContext, practice: ConsolePractice): Promise<Page> => {
  const page = await context.newPage();
  await page.goto(practice.url);
  await signIn(page);
  await page.locator('[role=row][data-index]').first().waitFor();
  return page;
};

/** Does it, and gives the milliseconds from the last touch until `look`, an expression of the page, is true. */
export const timed = async (page: Page, look: string, act: () => Promise<unknown>): Promise<number> => {
  await page.evaluate('probe.begin()');
  const seen = page.evaluate<number>(`probe.seen(() => ${look})`);
  await act();
  return seen;
};

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds of processor time. */
  readonly tdur?: number;
  readonly args: { readonly name?: string };
}

/**
 * Does it, and gives the milliseconds of processor time of the longest task of the page's main thread. By the clock a task
 * is also longer by whatever else the machine does.
 */
export const longestTask = async (page: Page, act: () => Promise<void>): Promise<number> => {
  const browser = page.context().browser();
  if (browser === null) throw new Error('no browser');
  await browser.startTracing(page, { categories: ['toplevel'] });
  await act();
  const trace = JSON.parse((await browser.stopTracing()).toString()) as { readonly traceEvents: readonly TraceEvent[] };
  const threadOf = ({ pid, tid }: TraceEvent): string => `${pid}:${tid}`;
  const main = new Set(
    trace.traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
      .map(threadOf),
  );
  return trace.traceEvents
    .filter((event) => event.ph === 'X' && main.has(threadOf(event)))
    .reduce((most, { tdur = 0 }) => Math.max(most, tdur / 1_000), 0);
};

export const longest = (page: Page): Promise<Longest> => page.evaluate<Longest>('probe.longest()');
