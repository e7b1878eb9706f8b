import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** Chooses a reading as privacy officer, after its effect was said. */
export const signReading = async (
  page: Page,
  { reading, effect }: { readonly reading: string; readonly effect: string },
): Promise<void> => {
  await page.getByRole('button', { name: `Choose: ${reading}` }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(effect).waitFor();
  const sign = dialog.getByRole('button', { name: 'Sign this reading' });
  expect(await sign.isDisabled()).toBe(true);
  await dialog.getByLabel('Sign in my name as privacy officer').check();
  await sign.click();
  await page.getByText('The reading is signed.').waitFor();
};
