import type { Browser, Page } from 'playwright-core';
import { type ConsolePractice, LEAST_CHARGE } from './console-practice.js';
import { arrive, type Longest, longest, longestTask, newVisitor, timed } from './console-visit.js';

export interface ListVisit {
  /** From the click to the rows; the longest task on the way. */
  readonly open: number;
  readonly filter: number;
  readonly sort: number;
  /** Longest task of the three, by the clock and of processor time. */
  readonly task: number;
  readonly taskProcessor: number;
  readonly scroll: Longest & {
    readonly taskProcessor: number;
    readonly dropped: number;
    readonly rows: number;
    readonly seconds: number;
    /** Most rows that were in the page at once. */
    readonly drawn: number;
    /** Longest that somebody at the very end looked at it without more coming. */
    readonly waited: number;
  };
}

const LIST = `document.querySelector('[role=group][aria-label="Claims and reports"]')`;
const ROWS = `[...document.querySelectorAll('[role=row][data-index]')]`;
/** Pixels of one turn of the wheel, and the milliseconds between two: a hand that is in a hurry. */
const WHEEL = { pixels: 1_200, every: 30 } as const;

/** Turns the wheel until the last row is there. */
const scrollThrough = async (page: Page, count: number): Promise<Omit<ListVisit['scroll'], 'taskProcessor'>> => {
  await page.getByRole('table', { name: 'Claims and reports' }).hover();
  await page.evaluate('probe.begin()');
  const began = performance.now();
  let state = { last: -1, drawn: 0, atEnd: false };
  let drawn = 0;
  let waited = 0;
  let stoodSince: number | undefined;
  while (state.last < count - 1) {
    await page.mouse.wheel(0, WHEEL.pixels);
    await page.waitForTimeout(WHEEL.every);
    const now = performance.now();
    state = await page.evaluate(`(() => {
      const list = ${LIST};
      const rows = ${ROWS};
      const atEnd = list.scrollTop + list.clientHeight >= list.scrollHeight - 1;
      return { last: Number(rows.at(-1)?.dataset.index ?? -1), drawn: rows.length, atEnd };
    })()`);
    drawn = Math.max(drawn, state.drawn);
    if (!state.atEnd || state.last >= count - 1) stoodSince = undefined;
    else waited = Math.max(waited, now - (stoodSince ??= now));
  }
  return {
    ...(await longest(page)),
    dropped: await page.evaluate<number>('probe.dropped()'),
    ...{ rows: state.last + 1, seconds: (performance.now() - began) / 1_000, drawn, waited },
  };
};

/** The list of claims as somebody uses it: opened, narrowed, widened again, sorted, and gone through to the end. */
export const visitList = async (
  browser: Browser,
  practice: ConsolePractice,
  plan: { readonly claims: number; readonly rows: number },
): Promise<ListVisit> => {
  const context = await newVisitor(browser);
  const page = await arrive(context, practice);
  const all = `${plan.claims.toLocaleString('en-US')} submissions`;
  const tasks: number[] = [];
  const step = async (look: string, act: () => Promise<unknown>): Promise<number> => {
    const milliseconds = await timed(page, look, act);
    tasks.push((await longest(page)).task);
    return milliseconds;
  };
  let [open, filter, sort] = [0, 0, 0];
  const taskProcessor = await longestTask(page, async () => {
    open = await step(`${LIST} !== null && ${ROWS}.length > 10`, () =>
      page.getByRole('link', { name: 'Claims and reports' }).click(),
    );
    await page.getByText(all).waitFor();
    await page.getByRole('combobox', { name: 'Waits for' }).click();
    filter = await step(`${ROWS}.length > 10 && ${ROWS}.every((row) => row.textContent.includes('held'))`, () =>
      page.getByRole('option', { name: 'Client' }).click(),
    );
    await page.getByRole('button', { name: 'Clear all filters' }).first().click();
    await page.getByText(all).waitFor();
    sort = await step(`${ROWS}[0]?.textContent.includes('$${(LEAST_CHARGE / 100).toFixed(2)}')`, () =>
      page.getByRole('button', { name: 'Total' }).click(),
    );
  });
  let scrolled: Awaited<ReturnType<typeof scrollThrough>> | undefined;
  const scrollProcessor = await longestTask(page, async () => {
    scrolled = await scrollThrough(page, plan.rows);
  });
  await context.close();
  if (scrolled === undefined) throw new Error('not scrolled');
  return {
    ...{ open, filter, sort, task: Math.max(...tasks), taskProcessor },
    scroll: { ...scrolled, taskProcessor: scrollProcessor },
  };
};
