import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DisclosureId } from '#libs/kernel';
import { seriousOn } from './axe.js';
import { chromiumMissing } from './chromium.js';
import { ConsoleHouse } from './console-house.js';
import { overflowOf } from './overflow.js';

describe.skipIf(chromiumMissing !== undefined)(`the worklist ${chromiumMissing ?? ''}`, () => {
  let house: ConsoleHouse;
  const held: DisclosureId[] = [];

  const queue = (page: Page, name: string) =>
    page.getByRole('navigation', { name: 'Queues' }).getByRole('link', { name });

  /** Does one thing to the first row by its menu. */
  const act = async (page: Page, action: string): Promise<void> => {
    await page
      .getByRole('button', { name: /^Actions for/ })
      .first()
      .click();
    await page.getByRole('menuitem', { name: action }).click();
  };

  beforeAll(async () => {
    house = await ConsoleHouse.open();
    const { stage } = house;
    for (const member of ['ZZ000401', 'ZZ000402', 'ZZ000403']) {
      const party = await stage.client('harbor-mutual', { memberId: member, lastName: '<i>Kursiv</i>' });
      held.push((await stage.submit(stage.invoice(party))).disclosure);
    }
  });
  afterAll(async () => {
    const misdeeds = house.misdeeds();
    await house.close();
    expect(misdeeds).toEqual([]);
  });

  it('is home: queues with their counts, each row with its next step and who is on it', async () => {
    const page = await house.as('bills');
    await page.getByRole('heading', { name: 'Worklist' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/worklist');
    await queue(page, 'Needs release 3').waitFor();
    await queue(page, 'Parked 0').waitFor();
    const row = page.getByRole('row').nth(1);
    await row.getByText(/There is no release; ask the client for one/).waitFor();
    await row.getByText('Nobody').waitFor();
    await queue(page, 'Parked 0').click();
    await page.getByRole('heading', { name: 'Nothing waits here' }).waitFor();
  });

  it('cuts no heading off, and shows the next step without scrolling', async () => {
    const page = await house.as('bills', { path: '/worklist?queue=needs-release' });
    await page.getByRole('row').nth(3).waitFor();
    const cut = await page.evaluate<string[]>(`[...document.querySelectorAll('[role=columnheader] p')]
      .filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.textContent)`);
    expect(cut).toEqual([]);
    const next = await page.getByRole('columnheader', { name: 'Next step' }).boundingBox();
    expect((next?.x ?? 0) + (next?.width ?? 0)).toBeLessThan(1_280);
  });

  it('is taken, written about and put off; mine shows what is mine', async () => {
    const page = await house.as('bills');
    await queue(page, 'Needs release 3').waitFor();
    await act(page, 'Take it');
    await page.getByRole('row').filter({ hasText: 'Invented Biller' }).waitFor();
    await page.getByText('Mine', { exact: true }).click();
    await queue(page, 'Needs release 1').waitFor();
    await expect.poll(() => page.getByRole('row').count()).toBe(2);

    await act(page, 'Notes…');
    const notes = page.getByRole('dialog', { name: 'Notes' });
    await notes.getByRole('button', { name: 'Write the note' }).click();
    await notes.getByText('Needed.').waitFor();
    await notes.getByLabel('New note').fill('<script>alert(1)</script> asked the client');
    await notes.getByRole('button', { name: 'Write the note' }).click();
    await notes.getByRole('listitem').getByText('<script>alert(1)</script> asked the client').waitFor();
    await page.keyboard.press('Escape');

    await act(page, 'Put off…');
    const snooze = page.getByRole('dialog', { name: 'Put off' });
    await snooze.getByLabel('Until').fill('2020-01-01');
    await snooze.getByRole('button', { name: 'Put off' }).click();
    await snooze.getByText('Choose a day to come.').waitFor();
    await snooze.getByLabel('Until').fill('2300-01-01');
    await snooze.getByRole('button', { name: 'Put off' }).click();
    await snooze.getByText('There is no such day in this range.').waitFor();
    await snooze.getByLabel('Until').fill('2099-01-01');
    await snooze.getByRole('button', { name: 'Put off' }).click();
    await queue(page, 'Needs release 0').waitFor();
    await page.getByRole('switch', { name: 'Put off (1)' }).click();
    await act(page, 'Take it up again');
    await queue(page, 'Needs release 1').waitFor();
  });

  it('tells whoever was slower that somebody else has changed it', async () => {
    const page = await house.as('bills', { path: '/worklist?queue=needs-release' });
    await queue(page, 'Needs release 3').waitFor();
    await act(page, 'Assign…');
    const dialog = page.getByRole('dialog', { name: 'Assign' });
    await page.route('**/assignment', (route) =>
      route.continue({ headers: { ...route.request().headers(), 'if-match': '"v77"' } }),
    );
    await dialog.getByRole('button', { name: 'Assign' }).click();
    await dialog.getByText('Somebody else has changed this since you opened it.').waitFor();
    await page.unroute('**/assignment');
    await dialog.getByRole('button', { name: 'Show what is there now' }).click();
    await dialog.getByRole('button', { name: 'Assign' }).click();
    await dialog.waitFor({ state: 'detached' });
  });

  it('says at its field why an item was not assigned', async () => {
    const page = await house.as('bills', { path: '/worklist?queue=needs-release' });
    await queue(page, 'Needs release 3').waitFor();
    await act(page, 'Assign…');
    const dialog = page.getByRole('dialog', { name: 'Assign' });
    const gone = { staff: '01999999-0000-7000-8000-000000000404' };
    await page.route('**/assignment', (route) => route.continue({ postData: gone }));
    await dialog.getByRole('button', { name: 'Assign' }).click();
    await dialog.getByText('Assign it to somebody who works here.').waitFor();
    expect(await dialog.getByRole('combobox', { name: 'To whom' }).getAttribute('aria-invalid')).toBe('true');
    await page.unroute('**/assignment');
    await dialog.getByRole('combobox', { name: 'To whom' }).click();
    await page.getByRole('option', { name: 'Invented Keeper' }).click();
    await dialog.getByText('Assign it to somebody who works here.').waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
  });

  it('assigns over nobody unseen, though the list was read again meanwhile', async () => {
    const path = '/worklist?queue=needs-release';
    const [page, other] = [await house.as('bills', { path }), await house.as('bills', { path })];
    await queue(page, 'Needs release 3').waitFor();
    await act(page, 'Assign…');
    const dialog = page.getByRole('dialog', { name: 'Assign' });
    await dialog.getByRole('combobox', { name: 'To whom' }).click();
    await page.getByRole('option', { name: 'Invented Keeper' }).click();
    await act(other, 'Take it');
    await other.getByText('Assigned.').waitFor();
    const read = page.waitForResponse((one) => one.url().includes('/v1/worklist/needs-release'));
    await page.clock.setSystemTime((await page.evaluate(() => Date.now())) + 60_000);
    await page.evaluate('document.dispatchEvent(new Event("visibilitychange", { bubbles: true }))');
    await read;
    await dialog.getByRole('button', { name: 'Assign' }).click();
    await dialog.getByText('Somebody else has changed this since you opened it.').waitFor();
    await dialog.getByRole('button', { name: 'Show what is there now' }).click();
    await dialog.getByText('Who is on it now: Invented Biller').waitFor();
    await dialog.getByRole('button', { name: 'Assign' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('row').filter({ hasText: 'Invented Keeper' }).waitFor();
  });

  it('is walked by keys, and no single key does anything', async () => {
    const page = await house.as('bills', { path: '/worklist?queue=needs-release' });
    await page.getByRole('row').nth(3).waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.locator('[data-index="1"]:focus').waitFor();
    await page.keyboard.press('k');
    await page.locator('[data-index="0"]:focus').waitFor();
    await page.keyboard.press('e');
    await page.getByRole('dialog', { name: 'Notes' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('/');
    const search = page.locator('[role=dialog] input:focus');
    await search.waitFor();
    // In a box a key is a letter.
    await page.keyboard.type('jkx?e/');
    expect(await search.inputValue()).toBe('jkx?e/');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.locator('[data-index="0"]').focus();
    await page.keyboard.press('?');
    await page.getByRole('dialog').getByText('Next row').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Submission' }).waitFor();
    for (const id of held) expect((await house.stage.record(id)).state).toBe('held');
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { name: 'Worklist' }).waitFor();
  });

  it('says what is wrong when the gateway fails, and goes on when it does not', async () => {
    const page = await house.as('bills');
    await queue(page, 'Needs release 3').waitFor();
    await page.route('**/v1/worklist/**', (route) => route.abort());
    await queue(page, 'Rejected 0').click();
    await page.getByText(/The gateway cannot be reached/).waitFor();
    await page.unroute('**/v1/worklist/**');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { name: 'Nothing waits here' }).waitFor();
  });

  it.each(['light', 'dark'] as const)('axe finds nothing serious in it, %s', async (scheme) => {
    const page = await house.as('bills', { scheme, path: '/worklist?queue=needs-release' });
    await page.getByRole('row').nth(3).waitFor();
    expect(await seriousOn(page)).toEqual([]);
    await act(page, 'Notes…');
    await page.getByRole('dialog', { name: 'Notes' }).waitFor();
    expect(await seriousOn(page)).toEqual([]);
  });

  it.each([390, 640, 1920])('fits into %i pixels', async (width) => {
    const page = await house.as('bills', { width, path: '/worklist?queue=needs-release' });
    await page.getByRole('row').nth(3).waitFor();
    expect(await overflowOf(page)).toBe(0);
  });
});
