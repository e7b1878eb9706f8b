import type { Page } from 'playwright-core';

/** How far the page itself can be scrolled sideways, in pixels; nothing is what is asked. */
export const overflowOf = (page: Page): Promise<number> =>
  page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
