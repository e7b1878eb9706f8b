import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { seriousOn } from './axe.js';
import { overflowOf } from './overflow.js';

/** A telephone, a page at 200 % zoom, and a wide screen. */
const WIDTHS = [390, 640, 1920] as const;

/** Nothing of a page stands out of it sideways, however wide the window is. */
const expectToFit = async (page: Page): Promise<void> => {
  const before = page.viewportSize();
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 });
    // The shell moves its menu away first.
    await expect.poll(() => overflowOf(page), { message: `at ${width} pixels` }).toBe(0);
  }
  if (before !== null) await page.setViewportSize(before);
};

/** A screen with data on it: axe finds nothing serious in light and in dark, and it fits. */
export const expectSound = async (page: Page): Promise<void> => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    // The page hears of it a moment later; one that changes while it is read has neither's colours.
    await page.locator(`html[data-mantine-color-scheme="${colorScheme}"]`).waitFor({ state: 'attached' });
    expect(await seriousOn(page)).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await expectToFit(page);
};
