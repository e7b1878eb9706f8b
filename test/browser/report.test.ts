import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumMissing } from './chromium.js';
import { ConsoleHouse } from './console-house.js';
import { attestation, fillReport, sendDocument } from './document-forms.js';
import { expectSound } from './fits.js';
import { treatedClient } from './treated-client.js';

describe.skipIf(chromiumMissing !== undefined)(`a new treatment report ${chromiumMissing ?? ''}`, () => {
  let house: ConsoleHouse;

  beforeAll(async () => {
    house = await ConsoleHouse.open();
  });
  afterAll(async () => {
    const misdeeds = house.misdeeds();
    await house.close();
    expect(misdeeds).toEqual([]);
  });

  const decision = (page: Page) => page.getByRole('region', { name: 'What would leave, if you sent it now' });

  it('sends the level and keeps the words, once its clinician attests', async () => {
    const client = await treatedClient(house.stage);
    const page = await house.as('treats', { path: `/reports/new?client=${client}` });
    await page.getByText('The decision appears here').waitFor();
    await fillReport(page);
    await decision(page).getByRole('table').waitFor();
    const narrative = decision(page).getByRole('row', { name: /Reason for continuing/ });
    await narrative.waitFor();
    expect(await narrative.getAttribute('data-state')).not.toBe('goes');
    await expectSound(page);
    const send = page.getByRole('button', { name: 'Send…' });
    expect(await send.isDisabled()).toBe(true);
    const attest = attestation(page);
    await attest.check();
    await expect.poll(() => send.isEnabled()).toBe(true);
    // Another text is not what was attested to.
    await page.getByLabel('Sessions requested').fill('10');
    expect(await attest.isChecked()).toBe(false);
    await attest.check();
    await expect.poll(() => send.isEnabled()).toBe(true);
    await sendDocument(page);
  });

  it('says at its field what is wrong', async () => {
    const client = await treatedClient(house.stage);
    const page = await house.as('treats', { path: `/reports/new?client=${client}` });
    await fillReport(page);
    await page.getByLabel('Sessions requested').fill('0');
    await expect.poll(() => page.getByLabel('Sessions requested').getAttribute('aria-invalid')).toBe('true');
    expect(await page.getByLabel('Weeks still needed, at least').getAttribute('aria-invalid')).not.toBe('true');
  });

  it('says at its field what is wrong with a diagnosis below one that was left empty', async () => {
    const client = await treatedClient(house.stage);
    const page = await house.as('treats', { path: `/reports/new?client=${client}` });
    await fillReport(page);
    for (let row = 0; row < 2; row += 1) await page.getByRole('button', { name: 'Add a diagnosis' }).click();
    // B stays empty and is not sent; C says the same as A.
    const code = (letter: string) => page.getByRole('textbox', { name: `Diagnosis ${letter}` });
    await code('C').fill('F331');
    await expect.poll(() => code('C').getAttribute('aria-invalid')).toBe('true');
    expect(await code('B').getAttribute('aria-invalid')).not.toBe('true');
  });

  it('is not for billing', async () => {
    const page = await house.as('bills', { path: '/reports/new' });
    await page.getByText('Only the clinician who treats the client writes and attests to a report.').waitFor();
    expect(await page.getByRole('link', { name: 'New treatment report' }).count()).toBe(0);
  });
});
