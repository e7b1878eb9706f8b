import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dateOfInstant, parseTimeZone, UTC } from '#libs/kernel';
import { chromiumMissing } from './chromium.js';
import { ConsoleHouse } from './console-house.js';
import { expectSound } from './fits.js';

/** Where it is another day now than where the browser is, whatever the hour at which this runs. */
const elsewhere = () => {
  const hour = new Intl.DateTimeFormat('en-US', { timeZone: 'America/New_York', hour: 'numeric', hourCycle: 'h23' });
  return parseTimeZone(Number(hour.format(Date.now())) >= 6 ? 'Pacific/Kiritimati' : 'Etc/GMT+12') ?? UTC;
};

describe.skipIf(chromiumMissing !== undefined)(`what is chosen from ${chromiumMissing ?? ''}`, () => {
  let house: ConsoleHouse;

  beforeAll(async () => {
    house = await ConsoleHouse.open();
  });
  afterAll(async () => {
    const misdeeds = house.misdeeds();
    await house.close();
    expect(misdeeds).toEqual([]);
  });

  it('is waited for: a release is not drafted before its recipient can be proposed', async () => {
    const { client } = await house.stage.client('harbor-mutual');
    const page = await house.as('keeps', { path: `/clients/${client}` });
    let answer: () => void = () => undefined;
    const answered = new Promise<void>((resolve) => (answer = resolve));
    await page.route('**/v1/insurers', async (route) => {
      await answered;
      await route.continue();
    });
    // Read anew, so that nothing is known from the screen behind.
    await page.reload();
    await page.getByRole('button', { name: 'Draft a release' }).click();
    const dialog = page.getByRole('dialog');
    const save = dialog.getByRole('button', { name: 'Draft a release' });
    expect(await save.isDisabled()).toBe(true);
    answer();
    await expect.poll(() => save.isDisabled()).toBe(false);
    const insurer = house.stage.insurer('harbor-mutual').id;
    expect(await dialog.getByLabel('Recipient').inputValue()).toBe(insurer);
    const sent = page.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith('/releases'));
    await save.click();
    expect(((await sent).postDataJSON() as { recipient?: { id: string } }).recipient?.id).toBe(insurer);
  });

  it('is said not to have been read where it was not, and read once somebody asks again', async () => {
    const { client } = await house.stage.client('harbor-mutual');
    const page = await house.as('bills', { path: `/clients/${client}` });
    await page.getByRole('tab', { name: 'Coverage' }).waitFor();
    await page.route('**/v1/insurers', (route) => route.abort('connectionreset'));
    await page.reload();
    await page.getByRole('tab', { name: 'Coverage' }).click();
    await page.getByRole('button', { name: 'Record a coverage' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('alert').waitFor();
    await expectSound(page);
    await page.unroute('**/v1/insurers');
    await dialog.getByRole('button', { name: 'Try again' }).click();
    await dialog.getByRole('alert').waitFor({ state: 'detached' });
    await dialog.getByLabel(/^Insurer/).selectOption(house.stage.insurer('harbor-mutual').id);
  });

  it('is not left out of a draft whose preset could not be read', async () => {
    const { client } = await house.stage.client('harbor-mutual');
    const page = await house.as('keeps', { path: `/clients/${client}` });
    await page.getByRole('button', { name: 'Draft a release' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Preset').selectOption('claim-basic');
    await dialog.getByRole('button', { name: 'Draft a release' }).click();
    await page.waitForURL(/\/releases\/[0-9a-f-]{36}$/);
    await page.getByRole('button', { name: 'Save the draft' }).waitFor();
    await page.route('**/v1/presets', (route) => route.abort('connectionreset'));
    await page.reload();
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('button', { name: 'Save the draft' }).count()).toBe(0);
    await page.unroute('**/v1/presets');
    await page.getByRole('button', { name: 'Try again' }).first().click();
    await page.getByLabel(/^Signed in/).fill('US-OR');
    const sent = page.waitForRequest((request) => request.method() === 'PUT' && request.url().includes('/releases/'));
    await page.getByRole('button', { name: 'Save the draft' }).click();
    expect((await sent).postDataJSON()).toMatchObject({ preset: 'claim-basic', grants: [] });
  });

  it('is there before anybody signs: without the other releases a draft would look like the only one', async () => {
    const { client } = await house.stage.client('harbor-mutual');
    await house.stage.release(client, 'harbor-mutual');
    const page = await house.as('keeps', { path: `/clients/${client}` });
    await page.getByRole('button', { name: 'Draft a release' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Draft a release' }).click();
    await page.waitForURL(/\/releases\/[0-9a-f-]{36}$/);
    await page.getByRole('tab', { name: 'Have it signed' }).waitFor();
    await page.route(`**/v1/clients/${client}/releases`, (route) => route.abort('connectionreset'));
    await page.reload();
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('tab', { name: 'Have it signed' }).count()).toBe(0);
    await page.unroute(`**/v1/clients/${client}/releases`);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('tab', { name: 'Have it signed' }).waitFor();
  });

  it('begins with the practice’s own day, wherever the reader sits', async () => {
    const zone = elsewhere();
    await house.stage.services.store.inPractice(house.stage.context, (transaction) =>
      transaction.practice.setTimeZone(zone),
    );
    const { client } = await house.stage.client('harbor-mutual');
    const page = await house.as('keeps', { path: `/clients/${client}` });
    await page.getByRole('button', { name: 'Draft a release' }).click();
    const sent = page.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith('/releases'));
    await page.getByRole('dialog').getByRole('button', { name: 'Draft a release' }).click();
    expect((await sent).postDataJSON()).toMatchObject({ validFrom: dateOfInstant(Date.now(), zone) });
  });
});
