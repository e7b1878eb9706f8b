import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { chromiumMissing } from './chromium.js';
import { ConsoleHouse } from './console-house.js';
import { openEmptyPractice } from './empty-practice.js';
import { looksWell, survivesFailure } from './screen-checks.js';

describe.skipIf(chromiumMissing !== undefined)(`insurers ${chromiumMissing ?? ''}`, () => {
  let house: ConsoleHouse;

  beforeAll(async () => {
    house = await ConsoleHouse.open();
  });
  afterAll(async () => {
    const misdeeds = house.misdeeds();
    await house.close();
    expect(misdeeds).toEqual([]);
  });

  const listed = (page: Page) =>
    page.getByRole('table', { name: 'Insurers' }).getByText('Harbor Mutual Health').waitFor();
  const pathOf = (): string => `/insurers/${house.stage.insurer('harbor-mutual').id}`;
  const opened = (page: Page) => page.getByRole('heading', { name: 'How it wants to be told' }).waitFor();

  it('are listed with formats, transport and health, and open by keyboard', async () => {
    const page = await house.as('bills', { path: '/insurers' });
    await listed(page);
    const harbor = page.getByRole('row', { name: /Harbor Mutual Health/ });
    await harbor.getByText('Claim (837P)').waitFor({ timeout: 5_000 });
    await page.getByRole('link', { name: 'Cobalt Valley HMO' }).press('Enter');
    await page.getByRole('heading', { name: 'Cobalt Valley HMO' }).waitFor();
    await page.getByRole('table', { name: 'Form of its treatment report' }).getByText('required').first().waitFor();
    await page.getByText('It has a place for “withheld by client authorization”.').waitFor();
    await page.getByText('Treatment report', { exact: false }).first().waitFor();
    expect(await page.getByText(/x12-837p|treatment-report/).count()).toBe(0);
    // Billing looks and changes nothing.
    expect(await page.getByRole('button', { name: 'Change connection' }).count()).toBe(0);
  });

  it('stopped by another host key say what that may mean, and go on when a person has compared it', async () => {
    const { id } = house.stage.insurer('harbor-mutual');
    await house.stage.services.store.inPractice(house.stage.context, async ({ lanes }) => {
      const lane = (await lanes.ofInsurers([id])).get(id);
      if (lane === undefined) throw new Error('no lane');
      await lanes.save({ ...lane, breaker: 'stopped' });
    });
    const page = await house.as('runs', { path: pathOf() });
    const warning = page.getByRole('alert').filter({ hasText: 'this is not the insurer that was registered' });
    await warning.getByText(/somebody stands between you and the insurer/).waitFor();
    await warning.getByRole('button', { name: 'Clear the lane' }).click();
    const dialog = page.getByRole('dialog');
    const clear = dialog.getByRole('button', { name: 'Clear the lane' });
    expect(await clear.isDisabled()).toBe(true);
    await dialog.getByLabel(/I have compared the fingerprint/).check();
    await clear.click();
    await page.getByText('The lane is cleared. What waits is sent again.').waitFor();
    await warning.waitFor({ state: 'detached' });
  });

  it('get a connection that is entered whole; what is wrong is said beside its field, and the secret never comes back', async () => {
    const page = await house.as('runs', { path: pathOf() });
    await page.getByRole('button', { name: 'Change connection' }).click();
    const editor = page.getByRole('dialog');
    await editor.getByLabel('Kind').selectOption('sftp');
    await editor.getByRole('button', { name: 'Save the connection' }).click();
    await editor.getByText('This is needed.').first().waitFor();
    await editor.getByLabel('Host key fingerprint').fill('SHA256:short');
    await editor.getByText('SHA256: and 43 characters').waitFor();
    await editor.getByLabel('Kind').selectOption('https');
    await editor.getByLabel('Address').fill(`${house.stage.sandbox.url}/insurers/harbor-mutual`);
    await editor.getByLabel('Receiver id').fill('HARBORMUTUAL');
    await editor.getByLabel('Bearer token').fill('CANARY-token-of-the-connection');
    // A click beside it takes nothing away that was entered.
    await page.mouse.click(20, 500);
    expect(await editor.getByLabel('Receiver id').inputValue()).toBe('HARBORMUTUAL');
    await editor.getByRole('button', { name: 'Save the connection' }).click();
    await page.getByText('The connection is saved.').waitFor();
    const { id } = house.stage.insurer('harbor-mutual');
    const stored = await house.stage.services.store.inPractice(house.stage.context, ({ practice }) =>
      practice.insurers([id]),
    );
    expect(stored.get(id)?.token).toBe('CANARY-token-of-the-connection');
    await page.getByRole('button', { name: 'Change connection' }).click();
    expect(await page.getByRole('dialog').getByLabel('Bearer token').inputValue()).toBe('');
    expect(await page.content()).not.toContain('CANARY');
  });

  it('are tried without sending anything, step by step', async () => {
    const page = await house.as('runs', { path: pathOf() });
    await page.getByRole('button', { name: 'Check the connection' }).click();
    const works = page.getByRole('status').filter({ hasText: 'The connection works' });
    await works.getByText(/^Somebody answers there: works/).waitFor();
    const insurer = house.stage.insurer('harbor-mutual');
    await house.stage.services.store.inPractice(house.stage.context, ({ practice }) =>
      // Nobody listens on the port of the discard service.
      practice.changeConnection(insurer.id, {
        connection: { kind: 'https', receiverId: 'R', production: false, url: 'http://127.0.0.1:9/claims' },
        token: insurer.token,
      }),
    );
    await page.getByRole('button', { name: 'Check the connection' }).click();
    const told = page.getByRole('status').filter({ hasText: 'The connection does not work' });
    await told.getByText(/^Somebody answers there: failed/).waitFor();
    expect(await house.stage.received('harbor-mutual')).toEqual([]);
  });

  it('are sent a claim about nobody, once it was said what goes', async () => {
    const id = house.stage.insurer('cobalt-valley-hmo').id;
    const page = await house.as('runs', { path: `/insurers/${id}` });
    await page.getByRole('button', { name: 'Send a test claim' }).click();
    const dialog = page.getByRole('dialog', { name: 'Send a claim about nobody' });
    await dialog.getByText(/marked as a test/).waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    expect(await house.stage.received('cobalt-valley-hmo')).toEqual([]);
    await page.getByRole('button', { name: 'Send a test claim' }).click();
    await dialog.getByRole('button', { name: 'Send the test claim' }).click();
    const told = page.getByRole('status').filter({ hasText: 'The test claim was taken' });
    const [, interchange] = /Interchange (\d{9})/.exec((await told.textContent()) ?? '') ?? [];
    const [file, ...others] = await house.stage.received('cobalt-valley-hmo');
    expect(others).toEqual([]);
    expect(file?.split('*')[13]).toBe(interchange);
  });

  it('are reached through a clearinghouse under its agreement', async () => {
    const page = await house.as('runs', { path: `/insurers/${house.stage.insurer('juniper-life').id}` });
    await page.getByText('It is reached directly; no other route was ever recorded.').waitFor();
    await page.getByRole('button', { name: 'Record a route' }).click();
    const drawer = page.getByRole('dialog');
    await drawer.getByRole('button', { name: 'Record the route' }).click();
    await drawer.getByText('This is needed.').first().waitFor();
    await drawer.getByLabel('Name of the clearinghouse').fill('CROSSING CLEARINGHOUSE');
    await drawer.getByLabel('Agreement, as it is filed').fill('BA-17');
    await drawer.getByLabel('Signed on').fill('2026-01-02');
    await drawer.getByLabel('Payer id in its list').fill('CX002');
    await drawer
      .getByLabel('Payer id of whoever it takes it to')
      .fill(house.stage.insurer('juniper-life').profile.payerId);
    await drawer.getByLabel('Address').fill(`${house.stage.sandbox.url}/clearinghouses/crossing`);
    await drawer.getByLabel('Receiver id').fill('CROSSING');
    await drawer.getByLabel('Bearer token').fill('token-of-crossing');
    await drawer.getByRole('button', { name: 'Record the route' }).click();
    await page.getByText('The route is recorded.').waitFor();
    await page.getByText('BA-17, signed Jan 2, 2026, open').waitFor();
  });

  it('that ask for more than clients allow are told with the field and the cause', async () => {
    const party = await house.stage.client('harbor-mutual');
    await house.stage.release(party.client, 'harbor-mutual', { preset: 'receipt-only' });
    await house.stage.submit(house.stage.invoice(party));
    const page = await house.as('bills', { path: '/insurers' });
    await page.getByRole('tab', { name: 'Asking for too much' }).click();
    const table = page.getByRole('table', { name: 'Who asks for more than law or clients allow' });
    await table.getByText('Harbor Mutual Health').first().waitFor();
    await table
      .getByText(/not in the release/)
      .first()
      .waitFor();
  });

  it('look well', async () => {
    await looksWell(house, { person: 'bills', path: '/insurers', ready: listed });
    await looksWell(house, { person: 'runs', path: pathOf(), ready: opened });
  });

  it('survive an error of the server', () =>
    survivesFailure(house, { person: 'bills', path: '/insurers', read: '/v1/insurers', ready: listed }));

  it('teach in an empty practice', async () => {
    const page = await openEmptyPractice(house, '/insurers');
    await page.getByText('No insurers yet').waitFor();
    await page.getByRole('link', { name: 'Import insurers' }).click();
    await page.getByText('Tokens are stored encrypted and never shown again.').waitFor();
    await page.goto(`${house.url}/insurers?view=asking`);
    await page.getByText('No insurer required anything that could not go').waitFor();
    await page.goto(`${house.url}${pathOf()}`);
    await page.getByText('There is no such insurer').waitFor();
  });
});
