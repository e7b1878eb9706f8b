import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assignClinician } from '#libs/application';
import { ago, valueOf } from '../support/stage.js';
import { chromiumMissing } from './chromium.js';
import { ConsoleHouse } from './console-house.js';
import { expectSound } from './fits.js';

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

  /** Somebody whom the clinician who signs in treats, with a release for reports. */
  const treated = async () => {
    const { stage } = house;
    const made = await stage.client('cobalt-valley-hmo');
    const assignment = { client: made.client, clinician: stage.clinicians.oregon, from: ago(100) };
    valueOf(await assignClinician(stage.services, stage.context, assignment));
    await stage.release(made.client, 'cobalt-valley-hmo', { preset: 'treatment-report-min' });
    return made;
  };

  const decision = (page: Page) => page.getByRole('region', { name: 'What would leave, if you sent it now' });

  const fill = async (page: Page): Promise<void> => {
    await page.getByLabel('Sessions requested').fill('12');
    await page.getByLabel(/^To/).fill(ago(-180));
    await page.getByLabel('Diagnosis A').fill('F331');
    await page.getByLabel('Level of functioning').selectOption('severe');
    await page.getByLabel('Level of distress').selectOption('moderate');
    await page.getByLabel('Reason for continuing, in words').fill('CANARYNARRATIVE');
    await page.getByLabel('Weeks still needed, at least').fill('26');
  };

  it('sends the level and keeps the words, once its clinician attests', async () => {
    const { client } = await treated();
    const page = await house.as('treats', { path: `/reports/new?client=${client}` });
    await page.getByText('The decision appears here').waitFor();
    await fill(page);
    await decision(page).getByRole('table').waitFor();
    const narrative = decision(page).getByRole('row', { name: /Reason for continuing/ });
    await narrative.waitFor();
    expect(await narrative.getAttribute('data-state')).not.toBe('goes');
    await expectSound(page);
    const send = page.getByRole('button', { name: 'Send…' });
    expect(await send.isDisabled()).toBe(true);
    const attest = page.getByRole('checkbox', { name: /I attest that this report is true/ });
    await attest.check();
    await expect.poll(() => send.isEnabled()).toBe(true);
    // Another text is not what was attested to.
    await page.getByLabel('Sessions requested').fill('10');
    expect(await attest.isChecked()).toBe(false);
    await attest.check();
    await expect.poll(() => send.isEnabled()).toBe(true);
    await send.click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /Send it|Keep and hold it/ })
      .click();
    await page.waitForURL(/\/claims\/[0-9a-f-]{36}$/);
  });

  it('says at its field what is wrong', async () => {
    const { client } = await treated();
    const page = await house.as('treats', { path: `/reports/new?client=${client}` });
    await fill(page);
    await page.getByLabel('Sessions requested').fill('0');
    await expect.poll(() => page.getByLabel('Sessions requested').getAttribute('aria-invalid')).toBe('true');
    expect(await page.getByLabel('Weeks still needed, at least').getAttribute('aria-invalid')).not.toBe('true');
  });

  it('is not for billing', async () => {
    const page = await house.as('bills', { path: '/reports/new' });
    await page.getByText('Only the clinician who treats the client writes and attests to a report.').waitFor();
    expect(await page.getByRole('link', { name: 'New treatment report' }).count()).toBe(0);
  });
});
