import type { Browser, Page } from 'playwright-core';
import { type ConsolePractice } from './console-practice.js';
import { arrive, longest, newVisitor, timed } from './console-visit.js';

export interface PanelVisit {
  /** From the last key of each burst until the decision on what it wrote is to be seen. */
  readonly bursts: readonly number[];
  readonly task: number;
}

/** Milliseconds between two keys of somebody who types fast. */
const KEY_EVERY = 40;
const PANEL = `document.querySelector('section[aria-label^="What would leave"]')`;

const fill = async (page: Page): Promise<void> => {
  await page.getByRole('combobox', { name: 'Clinician' }).click();
  await page.getByRole('option', { name: /US-OR/ }).click();
  await page.getByLabel('Invoice number').fill('INV-BENCH');
  await page.getByLabel('Diagnosis A').fill('F33.1');
  await page.getByLabel('Date, line 1').fill(new Date(Date.now() - 10 * 86_400_000).toISOString().slice(0, 10));
  // A service that none of the claims has: a second one on a day would be held as a duplicate.
  await page.getByLabel('Procedure, line 1').fill('90847');
  await page.getByLabel('Charge, line 1').fill('99');
};

const shows = (dollars: number): string =>
  `${PANEL}?.getAttribute('aria-busy') === 'false' && ${PANEL}.textContent.includes('$${dollars}.00')`;

/** The form of a new invoice: its charge is written anew, again and again, a few keys at a time. */
export const visitPanel = async (browser: Browser, practice: ConsolePractice, count: number): Promise<PanelVisit> => {
  const context = await newVisitor(browser);
  const page = await arrive(context, practice);
  await page.goto(`${practice.url}/invoices/new?client=${practice.client}`);
  await fill(page);
  await page
    .getByRole('region', { name: /^What would leave/ })
    .getByText('$99.00')
    .first()
    .waitFor();
  const bursts: number[] = [];
  let task = 0;
  const charge = page.getByLabel('Charge, line 1');
  for (let burst = 0; burst < count; burst += 1) {
    const dollars = 100 + burst * 7;
    await charge.selectText();
    bursts.push(
      await timed(page, shows(dollars), () => charge.pressSequentially(String(dollars), { delay: KEY_EVERY })),
    );
    task = Math.max(task, (await longest(page)).task);
  }
  await context.close();
  return { bursts, task };
};
