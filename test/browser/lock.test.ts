import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PASSWORD } from '../support/stage-gateway.js';
import { chromiumMissing } from './chromium.js';
import { ConsoleHouse } from './console-house.js';

const MINUTE = 60_000;

describe.skipIf(chromiumMissing !== undefined)(`the lock of the console ${chromiumMissing ?? ''}`, () => {
  let house: ConsoleHouse;

  beforeAll(async () => {
    house = await ConsoleHouse.open();
  });
  afterAll(async () => {
    const misdeeds = house.misdeeds();
    await house.close();
    expect(misdeeds).toEqual([]);
  });

  /** An invoice that is being written, come to from another page. */
  const writing = async (): Promise<Page> => {
    const page = await house.as('bills', { path: '/claims' });
    await page.getByRole('heading', { name: 'Claims and reports' }).waitFor();
    await page.getByRole('link', { name: 'New invoice' }).click();
    await page.getByLabel('Invoice number').fill('INV-77');
    return page;
  };

  const lock = async (page: Page): Promise<void> => {
    await page.getByRole('button', { name: 'Invented Biller' }).click();
    await page.getByRole('menuitem', { name: 'Lock now' }).click();
    await page.getByRole('heading', { name: 'Locked' }).waitFor();
  };

  const idle = async (page: Page): Promise<void> => {
    await page.clock.setSystemTime((await page.evaluate(() => Date.now())) + 11 * MINUTE);
  };

  const number = (page: Page): Promise<string> => page.getByLabel('Invoice number').inputValue();

  it('lets no key through to what is behind it', async () => {
    const page = await writing();
    await lock(page);
    await page.getByLabel('Sign-in name').press('Escape');
    await page.getByRole('button', { name: 'Sign in' }).focus();
    for (const key of ['/', '?', 'Escape', 'j', 'e']) await page.keyboard.press(key);
    await house.signIn(page, 'bills');
    expect(new URL(page.url()).pathname).toBe('/invoices/new');
    expect(await number(page)).toBe('INV-77');
    expect(await page.getByRole('dialog').count()).toBe(0);
  });

  it('leaves a dialog open that was open', async () => {
    const page = await house.as('bills', { path: '/clients' });
    await page.getByRole('button', { name: 'Record a client' }).first().click();
    const dialog = page.getByRole('dialog', { name: 'Record a client' });
    await dialog.getByLabel('First name').fill('Ottilie');
    await page.context().clearCookies();
    await dialog.getByRole('button', { name: 'Record the client' }).click();
    await page.getByRole('heading', { name: 'Locked' }).waitFor();
    await page.getByLabel('Sign-in name').press('Escape');
    await house.signIn(page, 'bills');
    expect(await dialog.getByLabel('First name').inputValue()).toBe('Ottilie');
  });

  it('takes the focus to itself, and gives it back where it was', async () => {
    const page = await writing();
    await page.getByLabel('Invoice number').focus();
    await idle(page);
    await page.getByRole('heading', { name: 'Locked' }).waitFor();
    await page.getByLabel('Sign-in name').and(page.locator(':focus')).waitFor();
    await house.signIn(page, 'bills');
    await page.getByLabel('Invoice number').and(page.locator(':focus')).waitFor();
  });

  it('stands before the machine that slept, however soon it is touched', async () => {
    const page = await house.as('bills', { path: '/claims' });
    await page.getByRole('heading', { name: 'Claims and reports' }).waitFor();
    await idle(page);
    await page.mouse.move(200, 200);
    await page.getByRole('heading', { name: 'Locked' }).waitFor();
  });

  it('Escape in a field does not leave what is being written', async () => {
    const page = await writing();
    await page.getByLabel('Invoice number').press('Escape');
    await page.getByLabel('Issued on').press('Escape');
    expect(new URL(page.url()).pathname).toBe('/invoices/new');
    expect(await number(page)).toBe('INV-77');
  });

  it('says so when the session could not be ended, and ends it when it can', async () => {
    const page = await house.as('bills', { path: '/claims' });
    await page.getByRole('heading', { name: 'Claims and reports' }).waitFor();
    await page.route('**/v1/session', (route) =>
      route.request().method() === 'DELETE' ? route.abort('internetdisconnected') : route.continue(),
    );
    await page.getByRole('button', { name: 'Invented Biller' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByLabel('Sign-in name').waitFor();
    await page.getByText('The gateway was not told that you are gone.').waitFor();
    await page.unroute('**/v1/session');
    await page.getByRole('button', { name: 'End the session' }).click();
    await page.getByText('The gateway was not told that you are gone.').waitFor({ state: 'detached' });
    await page.reload();
    await page.getByLabel('Sign-in name').waitFor();
  });

  it('lets nobody in, by whatever tab, before the session of before has ended', async () => {
    const page = await house.as('bills', { path: '/claims' });
    const beside = await page.context().newPage();
    await beside.goto(`${house.url}/claims`);
    for (const one of [page, beside]) await one.getByRole('heading', { name: 'Claims and reports' }).waitFor();
    let goOn = (): void => undefined;
    const held = new Promise<void>((resolve) => (goOn = resolve));
    await page.context().route('**/v1/session', async (route) => {
      if (route.request().method() === 'DELETE') await held;
      await route.continue();
    });
    await lock(page);
    await lock(beside);
    await beside.getByLabel('Sign-in name').fill('bills');
    await beside.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
    await beside.getByRole('button', { name: 'Sign in' }).click();
    await beside.waitForTimeout(1_000);
    goOn();
    await beside.getByRole('heading', { name: 'Claims and reports' }).waitFor();
    await beside.waitForTimeout(1_000);
    await beside.reload();
    await beside.getByRole('heading', { name: 'Claims and reports' }).waitFor({ timeout: 5_000 });
  });

  it('does not come back for what was asked before somebody signed in again', async () => {
    const page = await house.as('bills', { path: '/clients' });
    await page.getByRole('button', { name: 'Record a client' }).first().click();
    const dialog = page.getByRole('dialog', { name: 'Record a client' });
    await dialog.getByLabel('First name').fill('Ottilie');
    let answer = (): void => undefined;
    const held = new Promise<void>((resolve) => (answer = resolve));
    await page.route(
      (url) => url.pathname === '/v1/clients',
      async (route) => {
        if (route.request().method() !== 'POST') return route.continue();
        await held;
        const problem = { type: '/problems/not_signed_in', title: '-', status: 401, code: 'not_signed_in', issues: [] };
        return route.fulfill({ status: 401, contentType: 'application/problem+json', body: JSON.stringify(problem) });
      },
    );
    await dialog.getByRole('button', { name: 'Record the client' }).click();
    await idle(page);
    await page.getByRole('heading', { name: 'Locked' }).waitFor();
    await house.signIn(page, 'bills');
    await dialog.waitFor();
    answer();
    await dialog.getByRole('alert').waitFor();
    await page.waitForTimeout(500);
    expect(await page.getByRole('heading', { name: 'Locked' }).count()).toBe(0);
    expect(await dialog.getByLabel('First name').inputValue()).toBe('Ottilie');
  });

  it('does not come over a tab that is used because another one is not', async () => {
    const used = await house.as('bills', { path: '/claims' });
    const other = await used.context().newPage();
    await other.goto(`${house.url}/claims`);
    for (const page of [used, other]) await page.getByRole('heading', { name: 'Claims and reports' }).waitFor();
    const minutesLater = async (minutes: number): Promise<void> => {
      const now = await used.evaluate(() => Date.now());
      await used.context().clock.setSystemTime(now + minutes * MINUTE);
    };
    await minutesLater(8);
    await used.mouse.move(100, 100);
    await used.mouse.move(120, 120);
    await minutesLater(4);
    const locked = (page: Page): Promise<boolean> =>
      page
        .getByRole('heading', { name: 'Locked' })
        .waitFor({ timeout: 7_000 })
        .then(
          () => true,
          () => false,
        );
    expect(await locked(other)).toBe(false);
    await used.mouse.move(140, 140);
    expect(await used.getByRole('heading', { name: 'Locked' }).count()).toBe(0);
  });

  it('comes over what is somebody’s when another person signs in beside it', async () => {
    const page = await house.as('bills', { path: '/claims' });
    await page.getByRole('heading', { name: 'Claims and reports' }).waitFor();
    const beside = await page.context().newPage();
    await beside.goto(`${house.url}/`);
    await beside.getByRole('button', { name: 'Invented Biller' }).click();
    await beside.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Locked' }).waitFor();
    await house.signIn(page, 'bills');
    await beside.getByLabel('Sign-in name').waitFor();
    await house.signIn(beside, 'watches');
    await page.getByRole('heading', { name: 'Locked' }).waitFor();
    expect(await page.getByRole('heading', { name: 'Claims and reports' }).isVisible()).toBe(false);
  });
});
