import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { chromiumMissing } from './chromium.js';
import { ConsoleHouse } from './console-house.js';
import { openEmptyPractice } from './empty-practice.js';
import { looksWell, survivesFailure } from './screen-checks.js';

describe.skipIf(chromiumMissing !== undefined)(`the dashboard ${chromiumMissing ?? ''}`, () => {
  let house: ConsoleHouse;

  beforeAll(async () => {
    house = await ConsoleHouse.open();
  });
  afterAll(async () => {
    const misdeeds = house.misdeeds();
    await house.close();
    expect(misdeeds).toEqual([]);
  });

  const shown = {
    person: 'bills',
    path: '/dashboard',
    ready: (page: Page) => page.getByRole('img', { name: /Held or blocked, by who can cure it, as a chart/ }).waitFor(),
  } as const;

  it('teaches in an empty practice', async () => {
    const page = await openEmptyPractice(house, '/dashboard');
    await page.getByText('Nothing came in in this period').waitFor();
    await page.getByRole('listitem').filter({ hasText: 'Releases expiring' }).getByText('0', { exact: true }).waitFor();
  });

  it('counts what was sent, held and answered, draws it, and gives the same numbers as tables', async () => {
    const party = await house.stage.client('harbor-mutual');
    await house.stage.release(party.client, 'harbor-mutual');
    const { disclosure } = await house.stage.submit(house.stage.invoice(party));
    await house.stage.dispatch(disclosure);
    await house.stage.collect();
    const narrow = await house.stage.client('harbor-mutual');
    await house.stage.release(narrow.client, 'harbor-mutual', { preset: 'receipt-only' });
    await house.stage.submit(house.stage.invoice(narrow));
    const page = await house.as('bills', { path: '/dashboard' });
    await shown.ready(page);
    const figures = page.getByRole('list', { name: 'Figures of the period' });
    const figure = (name: string) => figures.getByRole('listitem').filter({ hasText: name });
    await figure('Came in').getByText('2', { exact: true }).waitFor();
    await figure('Sent').getByText('1', { exact: true }).waitFor();
    await figure('Held').getByText('1', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Show as a table: Held or blocked, by who can cure it' }).click();
    const held = page.getByRole('table', { name: 'Held or blocked, by who can cure it' });
    expect(await held.getByRole('row', { name: /Client/ }).textContent()).toBe('Client1');
    await page.getByRole('button', { name: 'Show as a table: Share of fields withheld, by insurer' }).click();
    await page
      .getByRole('table', { name: 'Share of fields withheld, by insurer' })
      .getByRole('row', { name: /Harbor Mutual Health \d+ %/ })
      .waitFor();
    await page.getByRole('button', { name: /Show as a chart: Held/ }).click();
    await shown.ready(page);
    await page.getByText('Last 90 days').click();
    await page.waitForURL(/period=quarter/);
    await page.getByText('Week by week').waitFor();
  });

  it('draws with a hatching beside each colour', async () => {
    const page = await house.as('bills', { path: '/dashboard' });
    await shown.ready(page);
    const bar = page.locator('.recharts-bar-rectangle path').first();
    await bar.waitFor();
    expect(await bar.getAttribute('fill')).toMatch(/^url\(#/);
  });

  it('looks well', () => looksWell(house, shown));

  it('survives an error of the server', () => survivesFailure(house, { ...shown, read: '/v1/dashboard' }));
});
