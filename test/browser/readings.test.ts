import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { chromiumMissing } from './chromium.js';
import { ConsoleHouse } from './console-house.js';
import { openEmptyPractice } from './empty-practice.js';
import { looksWell, survivesFailure } from './screen-checks.js';
import { signReading } from './sign-reading.js';

describe.skipIf(chromiumMissing !== undefined)(`readings of the law ${chromiumMissing ?? ''}`, () => {
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
    person: 'keeps',
    path: '/readings',
    ready: (page: Page) => page.getByRole('heading', { name: 'N.J.S.A. 45:14B-32' }).waitFor(),
  } as const;

  it('are shown element by element, marked as interpretation, and unverified caps say that they limit nothing', async () => {
    const page = await house.as('bills', { path: '/readings' });
    const jersey = page.getByRole('region', { name: 'N.J.S.A. 45:14B-32' });
    await jersey.getByText('Concerns this practice').waitFor();
    await jersey.getByText('This is an argument, not the text of the law.').waitFor();
    const element = jersey.getByRole('row', { name: /Procedure code/i });
    expect((await element.textContent())?.length).toBeGreaterThan(40);
    const social = page.getByRole('region', { name: 'N.J.A.C. 13:44G-12.4' });
    await social.getByText('Disabled: not verified').waitFor();
    await page.getByText('Only a privacy officer chooses and signs a reading.').waitFor();
    expect(await page.getByRole('button', { name: /^Choose/ }).count()).toBe(0);
    await jersey.getByRole('button', { name: 'Show the fields' }).click();
    await jersey.getByText('client.name.first').waitFor();
  });

  it('say that they could not be read, where nobody would see who signed them', async () => {
    const page = await house.as('keeps');
    await page.route('**/v1/readings', (route) => route.fulfill({ status: 500, body: '' }));
    await page.goto(`${house.url}/readings`);
    await page.getByRole('heading', { name: 'N.J.S.A. 45:14B-32' }).waitFor();
    await page.getByRole('alert').waitFor();
    await page.unroute('**/v1/readings');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('alert').waitFor({ state: 'detached' });
  });

  it('are signed after it was said what will change, and revoked likewise', async () => {
    const party = await house.stage.client('harbor-mutual');
    await house.stage.release(party.client, 'harbor-mutual');
    const { disclosure } = await house.stage.submit(
      house.stage.invoice(party, { clinician: house.stage.clinicians.jersey }),
    );
    expect((await house.stage.record(disclosure)).state).toBe('held');
    const page = await house.as('keeps', { path: '/readings' });
    await signReading(page, {
      reading: 'nj-transaction-is-administrative',
      effect: '1 claim or report that is held now would go to Harbor Mutual Health.',
    });
    expect((await house.stage.record(disclosure)).state).toBe('ready');
    await page.getByText(/^Signed .* by you$/).waitFor();

    await page.getByRole('button', { name: 'Revoke: N.J.S.A. 45:14B-32' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('1 claim or report that would go now to Harbor Mutual Health would be held.').waitFor();
    await dialog.getByLabel('Sign in my name as privacy officer').check();
    await dialog.getByRole('button', { name: 'Revoke this reading' }).click();
    await page.getByText('The reading is revoked.').waitFor();
    await page.getByText('Earlier choices').waitFor();
  });

  it('look well', () => looksWell(house, shown));

  it('survive an error of the server', () => survivesFailure(house, { ...shown, read: '/v1/practice/ceilings' }));

  it('stand in an empty practice, too, and concern nobody', async () => {
    const page = await openEmptyPractice(house, '/readings');
    await shown.ready(page);
    await page.getByText('No clinician here is licensed under it').first().waitFor();
  });
});
