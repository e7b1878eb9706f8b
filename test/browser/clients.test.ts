import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ago } from '../support/stage.js';
import { chromiumMissing } from './chromium.js';
import { ConsoleHouse } from './console-house.js';
import { expectSound } from './fits.js';

describe.skipIf(chromiumMissing !== undefined)(`clients ${chromiumMissing ?? ''}`, () => {
  let house: ConsoleHouse;

  beforeAll(async () => {
    house = await ConsoleHouse.open();
  });
  afterAll(async () => {
    const misdeeds = house.misdeeds();
    await house.close();
    expect(misdeeds).toEqual([]);
  });

  it('records a client after saying at each field what is wrong, and a coverage', async () => {
    const page = await house.as('bills', { path: '/clients' });
    await page.getByText('No clients yet').waitFor();
    await page.getByRole('button', { name: 'Record a client' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(/^Code/).fill('C-77');
    await dialog.getByRole('button', { name: 'Record the client' }).click();
    for (const name of ['First name', 'Last name', 'Date of birth', 'Street', 'City'])
      await expect.poll(() => dialog.getByLabel(name).getAttribute('aria-invalid')).toBe('true');
    expect(await dialog.getByLabel(/^Code/).getAttribute('aria-invalid')).not.toBe('true');
    await dialog.getByLabel('First name').fill('<img src=x onerror=alert(1)>');
    await dialog.getByLabel('Last name').fill('Invented');
    await dialog.getByLabel('Date of birth').fill('1990-02-03');
    await dialog.getByLabel('Street').fill('3 Nowhere Lane');
    await dialog.getByLabel('City').fill('Nowhere');
    await dialog.getByLabel('State or province').fill('OR');
    await dialog.getByLabel('Postal code').fill('000000001');
    await dialog.getByRole('button', { name: 'Record the client' }).click();
    await page.waitForURL(/\/clients\/[0-9a-f-]{36}$/);
    // Markup in a name is text, and no address or title holds it.
    await page.getByText('C-77 · <img src=x onerror=alert(1)> Invented').waitFor();
    expect(await page.title()).toBe('Client · Sluice');
    await page.getByRole('tab', { name: 'Coverage' }).click();
    await page.getByRole('button', { name: 'Record a coverage' }).click();
    await dialog.getByRole('button', { name: 'Record the coverage' }).click();
    await expect.poll(() => dialog.getByLabel('Member number').getAttribute('aria-invalid')).toBe('true');
    await dialog.getByLabel(/^Insurer/).selectOption(house.stage.insurer('harbor-mutual').id);
    await dialog.getByLabel('Member number').fill('ZZ000777');
    await dialog.getByRole('button', { name: 'Record the coverage' }).click();
    await page.getByText('Member number ZZ000777').waitFor();
    await expectSound(page);
  });

  it('lists clients by code, finds one by the whole code, and keeps it out of the address', async () => {
    const { client } = await house.stage.client('harbor-mutual', { lastName: 'Sought' });
    const page = await house.as('bills', { path: '/clients' });
    const row = page.getByRole('row', { name: /Sought/ });
    await row.waitFor();
    const code = await row.getByRole('link').innerText();
    await page.getByLabel('Find by code').fill(code);
    await expect.poll(() => page.getByRole('row').count()).toBe(2);
    expect(page.url()).not.toContain(code);
    await expectSound(page);
    await page.getByLabel('Find by code').fill('C-NOBODY');
    await page.getByText('No client of this code').waitFor();
    await page.getByLabel('Find by code').fill(code);
    await page.getByRole('link', { name: `Open ${code}` }).click();
    await page.waitForURL(new RegExp(`/clients/${client}$`));
  });

  it('records who a client is from now on, and not over what somebody else recorded meanwhile', async () => {
    const { client } = await house.stage.client('harbor-mutual', { lastName: 'Before' });
    const [first, second] = [
      await house.as('bills', { path: `/clients/${client}` }),
      await house.as('bills', { path: `/clients/${client}` }),
    ];
    const change = (page: Page) => page.getByRole('button', { name: 'Change', exact: true });
    const save = (page: Page) => page.getByRole('button', { name: 'Record the change' });
    await change(first).click();
    await change(second).click();
    expect(await first.getByRole('dialog').getByLabel('First name').inputValue()).toBe('Ottilie');
    await first.getByRole('dialog').getByLabel('Last name').fill('');
    await save(first).click();
    await expect.poll(() => first.getByLabel('Last name').getAttribute('aria-invalid')).toBe('true');
    await expectSound(first);
    await first.getByRole('dialog').getByLabel('Last name').fill('After');
    await save(first).click();
    await first.getByText('Ottilie After').waitFor();
    await second.getByRole('dialog').getByLabel('Street').fill('9 New Lane');
    await save(second).click();
    await second.getByRole('button', { name: /Show/ }).click();
    await second.getByText('Recorded meanwhile:').waitFor();
    await second.getByRole('dialog').getByText('Ottilie After').waitFor();
    expect(await second.getByRole('dialog').getByLabel('Street').inputValue()).toBe('9 New Lane');
    await second.getByRole('dialog').getByLabel('Last name').fill('After');
    await save(second).click();
    await second.getByRole('dialog').waitFor({ state: 'detached' });
    await second.getByText(/9 New Lane, Nowhere/).waitFor();
  });

  it('says who treats, and restricts what may be told', async () => {
    const { client } = await house.stage.client('harbor-mutual');
    const page = await house.as('keeps', { path: `/clients/${client}` });
    const dialog = page.getByRole('dialog');
    await page.getByRole('tab', { name: 'Clinicians' }).click();
    await page.getByRole('button', { name: 'Say who treats' }).click();
    await dialog.getByLabel('Clinician').selectOption(house.stage.clinicians.oregon);
    await dialog.getByRole('button', { name: 'Record' }).click();
    await page.getByText('treats now').waitFor();
    await page.getByRole('tab', { name: 'Restrictions' }).click();
    await page.getByRole('button', { name: 'Record a restriction' }).click();
    await dialog.getByLabel(/Days of service/).fill('not a day');
    await dialog.getByRole('button', { name: 'Record the restriction' }).click();
    await expect.poll(() => dialog.getByLabel(/Days of service/).getAttribute('aria-invalid')).toBe('true');
    await dialog.getByLabel(/Days of service/).fill(ago(3));
    await dialog.getByRole('button', { name: 'Record the restriction' }).click();
    await page.getByRole('tabpanel').getByText('Paid in full, and asked that the insurer is not told').waitFor();
    await expectSound(page);
  });
});
