import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumMissing } from './chromium.js';
import { ConsoleHouse } from './console-house.js';
import { choose, fillInvoice } from './document-forms.js';
import { expectSound } from './fits.js';

describe.skipIf(chromiumMissing !== undefined)(`a new invoice ${chromiumMissing ?? ''}`, () => {
  let house: ConsoleHouse;

  beforeAll(async () => {
    house = await ConsoleHouse.open();
  });
  afterAll(async () => {
    const misdeeds = house.misdeeds();
    await house.close();
    expect(misdeeds).toEqual([]);
  });

  const party = async (lastName: string) => {
    const made = await house.stage.client('harbor-mutual', { lastName });
    await house.stage.release(made.client, 'harbor-mutual');
    return made;
  };

  const decision = (page: Page) => page.getByRole('region', { name: 'What would leave, if you sent it now' });

  const open = async (client: string): Promise<Page> => {
    const page = await house.as('bills', { path: `/invoices/new?client=${client}` });
    await page.getByRole('heading', { name: 'New invoice' }).waitFor();
    return page;
  };

  it('is decided while it is written, and sent after its confirmation says what leaves', async () => {
    const { client } = await party('<b>Bold</b>');
    const page = await open(client);
    // A name with markup is text.
    await expect.poll(() => page.getByRole('combobox', { name: 'Client' }).inputValue()).toContain('<b>Bold</b>');
    await page.getByText('The decision appears here').waitFor();
    await fillInvoice(page, { number: 'INV-100' });
    await page.getByLabel('Charge, line 1').fill('14O');
    await page.getByText('An amount such as 140.00.').waitFor();
    await page.getByLabel('Charge, line 1').fill('140');
    await decision(page).getByText('Nothing stands in its way').waitFor();
    await expectSound(page);
    await page.getByRole('button', { name: 'Send…' }).click();
    const dialog = page.getByRole('dialog');
    expect(await dialog.innerText()).toMatch(/Send \d+ fields to .+ under release v1/);
    await dialog.getByRole('button', { name: 'Send it' }).click();
    await page.waitForURL(/\/claims\/[0-9a-f-]{36}$/);
    const found = await house.stage.services.store.inPractice(house.stage.context, ({ disclosures }) =>
      disclosures.page({ client }, { limit: 10 }),
    );
    expect(found.rows).toHaveLength(1);
  });

  it('is decided anew with every change, by what was written last', async () => {
    const { client } = await party('Quick');
    const page = await open(client);
    await fillInvoice(page, { number: 'INV-150' });
    await page.getByLabel('Charge, line 1').fill('140');
    await decision(page).getByText('Nothing stands in its way').waitFor();
    for (const charge of [150, 160, 170]) {
      const asked = page.waitForRequest((one) => one.url().includes('/preview'));
      await page.getByLabel('Charge, line 1').fill(String(charge));
      expect((await asked).postDataJSON()).toMatchObject({ lines: [{ charge: charge * 100 }], total: charge * 100 });
      await decision(page).getByText('Nothing stands in its way').waitFor();
    }
  });

  it('says at its field what is wrong, and asks nothing about what is half written', async () => {
    const { client } = await party('Wrong');
    const page = await open(client);
    let asked = 0;
    page.on('request', (request) => (asked += request.url().includes('/preview') ? 1 : 0));
    await fillInvoice(page, { number: 'INV-200' });
    expect(asked).toBe(0);
    await page.getByLabel('Charge, line 1').fill('140');
    await decision(page).getByText('Nothing stands in its way').waitFor();
    await page.getByLabel('Units, line 1').fill('0');
    await page.getByText('Too short, or too little.').waitFor();
    expect(await page.getByLabel('Units, line 1').getAttribute('aria-invalid')).toBe('true');
    await page.getByText('Nothing can be decided yet').waitFor();
    expect(await page.getByRole('button', { name: 'Send…' }).isDisabled()).toBe(true);
    await page.getByLabel('Units, line 1').fill('1');
    await decision(page).getByText('Nothing stands in its way').waitFor();
    await page.getByLabel('Diagnoses, line 1').fill('AF');
    await expect.poll(() => page.getByLabel('Diagnoses, line 1').getAttribute('aria-invalid')).toBe('true');
  });

  it('takes another place of service, cleared and typed anew', async () => {
    const { client } = await party('Place');
    const page = await open(client);
    const place = page.getByRole('combobox', { name: 'Place of service' });
    expect(await place.inputValue()).toBe('11 · Office');
    await place.click();
    await place.press('End');
    for (let key = 0; key < '11 · Office'.length; key += 1) await page.keyboard.press('Backspace');
    expect(await place.inputValue()).toBe('');
    await page.keyboard.type('02');
    await page.keyboard.press('Tab');
    expect(await place.inputValue()).toBe('02 · Telehealth, client elsewhere');
    // Whoever comes to it by keyboard types over what stands there; one that is not in the list is taken as it is.
    await place.press('Shift+Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.type('57');
    await page.keyboard.press('Tab');
    expect(await place.inputValue()).toBe('57');
    await choose(page, 'Place of service', '11 · Office');
    await page.keyboard.press('Tab');
    expect(await place.inputValue()).toBe('11 · Office');
  });

  it('asks before what was written is left, by whatever way', async () => {
    const page = await house.as('bills', { path: '/claims' });
    await page.getByRole('link', { name: 'New invoice' }).click();
    const number = page.getByLabel('Invoice number');
    await number.waitFor();
    const dialog = page.getByRole('dialog', { name: 'Leave what you have entered?' });
    // Nothing was written: nobody is asked.
    await page.getByRole('link', { name: 'Insurers' }).click();
    await page.getByRole('heading', { level: 1, name: 'Insurers' }).waitFor();
    await page.goBack();
    await number.fill('INV-900');
    await page.getByRole('link', { name: 'Clients and releases' }).click();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    expect(await number.inputValue()).toBe('INV-900');
    await page.goBack();
    await dialog.waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await number.inputValue()).toBe('INV-900');
    await page.getByRole('link', { name: 'Clients and releases' }).click();
    await dialog.getByRole('button', { name: 'Leave it' }).click();
    await page.getByRole('heading', { level: 1, name: 'Clients and releases' }).waitFor();
  });

  it('takes fifty lines and twelve diagnoses', async () => {
    const { client } = await party('Long');
    const page = await open(client);
    await fillInvoice(page, { number: 'INV-300' });
    await page.getByLabel('Charge, line 1').fill('10');
    for (let line = 1; line < 50; line += 1)
      await page.getByRole('button', { name: `Repeat line 1 a week later` }).click();
    await page.getByText('50 of at most 50 lines').waitFor();
    expect(await page.getByRole('button', { name: 'Add a line' }).isDisabled()).toBe(true);
    await page.getByText('Total $500.00').waitFor();
    for (let code = 1; code < 12; code += 1) await page.getByRole('button', { name: 'Add a diagnosis' }).click();
    await page.getByRole('textbox', { name: 'Diagnosis L' }).waitFor();
    expect(await page.getByRole('button', { name: 'Add a diagnosis' }).isDisabled()).toBe(true);
  });

  it('is one claim though the network was lost in the middle of sending it', async () => {
    const { client } = await party('Lost');
    const page = await open(client);
    await fillInvoice(page, { number: 'INV-400' });
    await page.getByLabel('Charge, line 1').fill('140');
    await decision(page).getByText('Nothing stands in its way').waitFor();
    const keys: (string | undefined)[] = [];
    let lost = 0;
    // The gateway takes it; the answer never comes.
    await page.route(/\/v1\/invoices$/, async (route) => {
      keys.push(route.request().headers()['idempotency-key']);
      if (lost === 0) {
        lost += 1;
        await route.fetch();
        await route.abort('connectionreset');
      } else await route.continue();
    });
    await page.getByRole('button', { name: 'Send…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Send it' }).click();
    await page.getByText('trying again does it once').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Send it' }).click();
    await page.waitForURL(/\/claims\/[0-9a-f-]{36}$/);
    expect(keys).toHaveLength(2);
    expect(keys[0]).toBe(keys[1]);
    const found = await house.stage.services.store.inPractice(house.stage.context, ({ disclosures }) =>
      disclosures.page({ client }, { limit: 10 }),
    );
    expect(found.rows).toHaveLength(1);
  });

  it('cures a hold in place, and says when somebody else was faster', async () => {
    const made = await house.stage.client('harbor-mutual', { lastName: 'Held' });
    const { document } = await house.stage.submit(house.stage.invoice(made));
    const path = `/invoices/new?amend=${document}`;
    const [one, other] = [await house.as('bills', { path }), await house.as('bills', { path })];
    for (const page of [one, other])
      await expect.poll(() => page.getByLabel('Invoice number').inputValue()).toBe('INV-1');
    const save = async (page: Page, number: string): Promise<void> => {
      await page.getByLabel('Invoice number').fill(number);
      await page.getByRole('button', { name: 'Save the amendment…' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Save it' }).click();
    };
    await save(one, 'INV-1-A');
    await one.waitForURL(/\/claims\/[0-9a-f-]{36}$/);
    await save(other, 'INV-1-B');
    await other.getByText('Somebody else has changed this since you opened it.').waitFor();
    await other.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    await other.getByRole('button', { name: 'Show what is there now' }).click();
    await other.getByRole('cell', { name: 'INV-1-A' }).waitFor();
    expect(await other.getByLabel('Invoice number').inputValue()).toBe('INV-1-B');
    await expect.poll(() => other.getByRole('button', { name: 'Save the amendment…' }).isEnabled()).toBe(true);
    await save(other, 'INV-1-B');
    await other.waitForURL(/\/claims\/[0-9a-f-]{36}$/);
  });
});
