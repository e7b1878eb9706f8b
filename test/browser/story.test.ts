import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ClientId, type DisclosureId, parseId } from '#libs/kernel';
import { chromiumMissing } from './chromium.js';
import { ConsoleHouse } from './console-house.js';
import { attestation, fillInvoice, fillReport, sendDocument } from './document-forms.js';
import { signReading } from './sign-reading.js';
import { treat, treatedClient } from './treated-client.js';

/**
 * The main job by clicking, with the people who do it: an invoice is entered and held, its release is amended and signed,
 * it goes out and is paid; the release is revoked and the next invoice stays; a report is attested, a reading chosen, and
 * the ledger read. What the worker does is called by hand; everything else is real.
 */
let house: ConsoleHouse;
let client: ClientId;

const story = it.skipIf(chromiumMissing !== undefined);

beforeAll(async () => {
  if (chromiumMissing !== undefined) return;
  house = await ConsoleHouse.open();
  const { stage } = house;
  const party = await stage.client('harbor-mutual');
  client = party.client;
  await treat(stage, client);
  await stage.release(client, 'harbor-mutual', { preset: 'receipt-only', purposes: ['HPAYMT'] });
});
afterAll(async () => {
  if (chromiumMissing !== undefined) return;
  const misdeeds = house.misdeeds();
  await house.close();
  expect(misdeeds).toEqual([]);
});

const enterInvoice = async (number: string, daysAgo: number): Promise<Page> => {
  const page = await house.as('bills', { path: `/invoices/new?client=${client}` });
  await page.getByRole('heading', { name: 'New invoice' }).waitFor();
  await fillInvoice(page, { number, daysAgo });
  await page.getByLabel('Charge, line 1').fill('140');
  await sendDocument(page);
  return page;
};

const disclosureOn = (page: Page): DisclosureId => {
  const id = parseId<DisclosureId>(new URL(page.url()).pathname.split('/').at(-1) ?? '');
  if (id === undefined) throw new Error('no disclosure in the address');
  return id;
};

let claim: DisclosureId;
let amended: string;

story('billing enters an invoice and sees why it waits', async () => {
  const page = await enterInvoice('INV-STORY-1', 20);
  claim = disclosureOn(page);
  expect((await house.stage.record(claim)).state).toBe('held');
  const gaps = page.getByRole('region', { name: /gap/ });
  await gaps.getByText('Can be cured by: Client').first().waitFor();
  await gaps.getByRole('button', { name: 'Draft an amendment for the client' }).first().click();
  await page.getByRole('dialog').getByRole('button', { name: 'Draft the amendment' }).click();
  await page.waitForURL(/\/releases\/[0-9a-f-]{36}$/);
  amended = new URL(page.url()).pathname;
});

story('the clinician has the amended release signed, and the claim goes out and is paid', async () => {
  const page = await house.as('treats', { path: amended });
  await page.getByRole('tab', { name: 'Have it signed' }).click();
  const panel = page.getByRole('tabpanel', { name: 'Have it signed' });
  const relation = panel.getByLabel('What it does to an earlier release');
  const adds = await relation.locator('option', { hasText: 'Adds to' }).first().getAttribute('value');
  await relation.selectOption(adds ?? '');
  await panel.getByRole('button', { name: 'Open for the client' }).click();
  await page.getByLabel('Your full name').fill('Ottilie Vantongeren');
  await page.getByRole('button', { name: 'Sign', exact: true }).click();
  await page.getByText('Thank you. You have signed.').waitFor();
  await page.getByRole('button', { name: 'Done' }).click();
  expect((await house.stage.record(claim)).state).toBe('ready');

  await house.stage.dispatch(claim);
  await expect.poll(() => house.stage.collect().then(({ matched }) => matched), { timeout: 20_000 }).toBeGreaterThan(0);
  const billing = await house.as('bills', { path: `/claims/${claim}` });
  await expect
    .poll(
      async () => {
        await house.stage.collect();
        await billing.reload();
        await billing.getByRole('heading', { level: 1 }).waitFor();
        return billing.getByText('paid', { exact: true }).count();
      },
      { timeout: 30_000, interval: 1_000 },
    )
    .toBeGreaterThan(0);
});

story('the release is revoked, and the next claim stays', async () => {
  const page = await house.as('keeps', { path: amended });
  await page.getByRole('button', { name: 'Revoke…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke it' }).click();
  await page.getByText(/^Revoked, received/).waitFor();
  const next = disclosureOn(await enterInvoice('INV-STORY-2', 10));
  expect(['held', 'blocked']).toContain((await house.stage.record(next)).state);
  await house.stage.dispatch(next);
  expect((await house.stage.received('harbor-mutual')).join('')).not.toContain('INV-STORY-2');
  expect((await house.stage.judgement()).totals).toMatchObject({ received: 1, doubled: 0 });
});

story('the clinician attests a report: the level of functioning goes, the words about it stay', async () => {
  const treated = await treatedClient(house.stage);
  const page = await house.as('treats', { path: `/reports/new?client=${treated}` });
  await page.getByRole('heading', { name: 'New treatment report' }).waitFor();
  await fillReport(page);
  await attestation(page).check();
  await sendDocument(page);
  const report = disclosureOn(page);
  expect((await house.stage.record(report)).state).toBe('ready');
  await house.stage.dispatch(report);
  const received = (await house.stage.received('cobalt-valley-hmo')).join('');
  expect(received).toContain('severe');
  expect(received).not.toContain('CANARY');
});

story('the privacy officer chooses a reading, and a claim that waited for it goes', async () => {
  const { stage } = house;
  const party = await stage.client('harbor-mutual', { memberId: 'ZZ000222' });
  await stage.release(party.client, 'harbor-mutual');
  const invoice = { number: 'INV-STORY-3', clinician: stage.clinicians.jersey };
  const { disclosure } = await stage.submit(stage.invoice(party, invoice));
  expect((await stage.record(disclosure)).state).toBe('held');
  const page = await house.as('keeps', { path: '/readings' });
  await signReading(page, {
    reading: 'nj-transaction-is-administrative',
    effect: '1 claim or report that is held now would go to Harbor Mutual Health.',
  });
  expect((await stage.record(disclosure)).state).toBe('ready');
  await stage.dispatch(disclosure);
  expect((await stage.received('harbor-mutual')).join('')).toContain('ZZ000222');
});

story('the ledger tells it, and holds', async () => {
  const page = await house.as('keeps', { path: '/ledger' });
  await page.getByRole('heading', { level: 1, name: /Ledger/ }).waitFor();
  const told = page.getByRole('table').getByRole('row');
  await told
    .filter({ hasText: /permitted/i })
    .first()
    .waitFor();
  await told
    .filter({ hasText: /revoked/i })
    .first()
    .waitFor();
  await told
    .filter({ hasText: /reading/i })
    .first()
    .waitFor();
});
