import type { Page } from 'playwright-core';
import { ago } from '../support/stage.js';

/** Chooses from a list that opens. */
export const choose = async (page: Page, name: string, option: string | RegExp): Promise<void> => {
  await page.getByRole('combobox', { name }).click();
  await page.getByRole('option', { name: option }).click();
};

/** A new invoice of one line, but for its charge. */
export const fillInvoice = async (
  page: Page,
  { number, daysAgo = 10 }: { readonly number: string; readonly daysAgo?: number },
): Promise<void> => {
  await choose(page, 'Clinician', /US-OR/);
  await page.getByLabel('Invoice number').fill(number);
  await page.getByLabel('Diagnosis A').fill('F33.1');
  await page.getByLabel('Date, line 1').fill(ago(daysAgo));
  await page.getByLabel('Procedure, line 1').fill('90834');
};

/** A new treatment report, with words of which none may leave. */
export const fillReport = async (page: Page): Promise<void> => {
  await page.getByLabel('Sessions requested').fill('12');
  await page.getByLabel(/^To/).fill(ago(-180));
  await page.getByLabel('Diagnosis A').fill('F331');
  await page.getByLabel('Level of functioning').selectOption('severe');
  await page.getByLabel('Level of distress').selectOption('moderate');
  await page.getByLabel('Reason for continuing, in words').fill('CANARYNARRATIVE');
  await page.getByLabel('Weeks still needed, at least').fill('26');
};

/** By which a clinician says that the report is true. */
export const attestation = (page: Page) => page.getByRole('checkbox', { name: /I attest that this report is true/ });

/** Sends what is in the form once it may go, confirms what is said about it, and comes to its submission. */
export const sendDocument = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Send…' }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /Send it|Keep and hold it/ })
    .click();
  await page.waitForURL(/\/claims\/[0-9a-f-]{36}$/);
};
