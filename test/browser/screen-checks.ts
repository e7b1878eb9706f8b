import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { seriousOn } from './axe.js';
import type { Person } from '../support/stage-gateway.js';
import type { ConsoleHouse } from './console-house.js';
import { overflowOf } from './overflow.js';

/** Phone, 200 % zoom of a small screen, and a wide one. */
const WIDTHS = [390, 640, 1920] as const;

interface Shown {
  readonly person: Person;
  readonly path: string;
  /** What is there once the screen has its data. */
  readonly ready: (page: Page) => Promise<unknown>;
}

/** The screen with its data: nothing serious for axe in light and dark, and no page wider than its window. */
export const looksWell = async (house: ConsoleHouse, { person, path, ready }: Shown): Promise<void> => {
  for (const scheme of ['light', 'dark'] as const) {
    const page = await house.as(person, { path, scheme });
    await ready(page);
    expect([path, scheme, await seriousOn(page)]).toEqual([path, scheme, []]);
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 800 });
      await ready(page);
      // The shell moves its menu, and charts take their new width, a moment later.
      await expect.poll(() => overflowOf(page), { message: `${path} ${scheme} at ${width} pixels` }).toBe(0);
    }
    await page.context().close();
  }
};

const FAILURE = {
  type: '/problems/internal',
  title: 'Something went wrong here. Nothing was sent to anybody.',
  status: 500,
  code: 'internal',
  correlation: '10000000-0000-4000-8000-00000000000f',
  issues: [],
};

/** The main read of a screen fails in the server: the screen says so, offers to try again, and then is there. */
export const survivesFailure = async (house: ConsoleHouse, shown: Shown & { readonly read: string }): Promise<void> => {
  const page = await house.as(shown.person);
  const isRead = (url: URL): boolean => url.pathname === shown.read;
  await page.route(isRead, (route) =>
    route.fulfill({ status: 500, contentType: 'application/problem+json', body: JSON.stringify(FAILURE) }),
  );
  await page.goto(`${house.url}${shown.path}`);
  const alert = page.getByRole('alert').filter({ hasText: FAILURE.title });
  await alert.waitFor();
  await alert.getByText(FAILURE.correlation).waitFor();
  await page.unroute(isRead);
  await alert.getByRole('button', { name: 'Try again' }).click();
  await shown.ready(page);
  await page.context().close();
};
