import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { beat, deliverWebhooks } from '#libs/application';
import { createWebhookSender } from '#libs/delivery';
import type { Page } from 'playwright-core';
import { chromiumMissing } from './chromium.js';
import { ConsoleHouse } from './console-house.js';
import { openEmptyPractice } from './empty-practice.js';
import { looksWell, survivesFailure } from './screen-checks.js';

describe.skipIf(chromiumMissing !== undefined)(`the system ${chromiumMissing ?? ''}`, () => {
  let house: ConsoleHouse;

  /** A system of the practice that is told what happens. */
  let server: Server;
  let address: string;
  const told: unknown[] = [];
  const webhooks = createWebhookSender({ allowLoopback: true, timeouts: { connect: 2_000, answer: 2_000 } });
  const deliver = () => deliverWebhooks({ ...house.stage.services, webhooks }, house.stage.practice);

  beforeAll(async () => {
    house = await ConsoleHouse.open();
    server = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      request.on('end', () => {
        told.push((JSON.parse(body) as { readonly type: unknown }).type);
        response.writeHead(204).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`;
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    const misdeeds = house.misdeeds();
    await house.close();
    expect(misdeeds).toEqual([]);
  });

  const people = (page: Page) => page.getByRole('cell', { name: 'Invented Biller', exact: true }).waitFor();

  const signInAs = async (name: string, password: string): Promise<Page> => {
    const page = await house.page();
    await page.goto(house.url);
    await page.getByLabel('Sign-in name').fill(name);
    await page.getByRole('textbox', { name: 'Password' }).fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    return page;
  };

  it('lets somebody in with a one-time password, which they change before anything else', async () => {
    const page = await house.as('runs', { path: '/system/people' });
    await people(page);
    await page.getByRole('button', { name: 'Add somebody' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Make the account' }).click();
    await dialog.getByText('Choose at least one role.').waitFor();
    await dialog.getByLabel('Name', { exact: false }).first().fill('Invented Operator');
    await dialog.getByLabel('Sign-in name').fill('operates');
    await dialog.getByRole('checkbox', { name: /Operator/ }).check();
    await dialog.getByRole('button', { name: 'Make the account' }).click();
    const once = page.getByRole('status').filter({ hasText: 'One-time password of Invented Operator' });
    const password = (await once.locator('[data-secret]').textContent()) ?? '';
    await once.getByRole('button', { name: 'Handed over' }).click();
    expect(await page.content()).not.toContain(password);
    await page.getByText('has a one-time password').waitFor();

    const own = await signInAs('operates', password);
    await own.getByRole('heading', { name: 'Choose your own password' }).waitFor();
    await own.getByLabel('Password so far').fill(password);
    await own.getByRole('textbox', { name: 'New password', exact: true }).fill('short');
    await own.getByRole('button', { name: 'Change the password' }).click();
    await own.getByText('At least twelve characters.', { exact: true }).waitFor();
    await own.getByRole('textbox', { name: 'New password', exact: true }).fill('several invented words');
    await own.getByLabel('New password once more').fill('several invented words');
    await own.getByRole('button', { name: 'Change the password' }).click();
    await own.getByText('Your password is changed.').waitFor();
    // An operator sees queues and health, and no client: their first screen, to which they are led.
    await own.getByRole('heading', { name: 'Queues' }).waitFor();
    expect(await own.getByRole('link', { name: 'Claims and reports' }).count()).toBe(0);
    expect(await own.getByRole('tab', { name: 'People' }).count()).toBe(0);
  });

  it('opens where somebody may go, though the way there is asked for again while it opens', async () => {
    const page = await house.as('runs', { path: '/system/keys' });
    let go: () => void = () => undefined;
    const free = new Promise<void>((resolve) => (go = resolve));
    const opening = new Promise<void>((resolve) => {
      void page.route(/people-screen.*\.js/, async (route) => {
        resolve();
        await free;
        await route.continue();
      });
    });
    const link = page.getByRole('link', { name: 'System' });
    await link.click();
    await opening;
    await link.click();
    go();
    await page.getByRole('heading', { name: 'People' }).waitFor({ timeout: 10_000 });
    await page.unrouteAll({ behavior: 'ignoreErrors' });
  });

  it('tells the second of two administrators that the account has changed, and keeps what was entered', async () => {
    const [first, second] = [
      await house.as('runs', { path: '/system/people' }),
      await house.as('runs', { path: '/system/people' }),
    ];
    const open = async (page: Page) => {
      await page.getByRole('button', { name: 'Manage: Invented Biller' }).click();
      await page
        .getByRole('dialog')
        .getByRole('checkbox', { name: /Billing/ })
        .waitFor();
      return page.getByRole('dialog');
    };
    const [one, other] = [await open(first), await open(second)];
    await one.getByRole('checkbox', { name: /Auditor/ }).check();
    await one.getByRole('button', { name: 'Save the roles' }).click();
    await first.getByText('Saved. It counts from the next request on.').waitFor();
    await other.getByRole('checkbox', { name: /Operator/ }).check();
    await other.getByRole('button', { name: 'Save the roles' }).click();
    await other.getByText('Somebody else has changed this since you opened it.').waitFor();
    expect(await other.getByRole('checkbox', { name: /Operator/ }).isChecked()).toBe(true);
    await other.getByRole('button', { name: 'Show what is there now' }).click();
    await other.getByText('There now: Billing, Auditor').waitFor();
    await other.getByRole('button', { name: 'Save the roles' }).click();
    await second.getByText('Saved. It counts from the next request on.').waitFor();
    await second.getByRole('cell', { name: 'Billing, Operator' }).waitFor();
  });

  it('disables an account and enables it again, but not the last administrator', async () => {
    const page = await house.as('runs', { path: '/system/people' });
    const row = page.getByRole('row').filter({ hasText: 'Invented Keeper' });
    await row.getByRole('button', { name: /Manage/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Disable' }).click();
    await row.getByText('disabled').waitFor();
    await row.getByRole('button', { name: /Manage/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Enable again' }).click();
    await row.getByText('active').waitFor();
    await page.getByRole('row').filter({ hasText: 'Invented Administrator' }).getByRole('button').click();
    await page.getByRole('dialog').getByRole('button', { name: 'Disable' }).click();
    await page
      .getByRole('dialog')
      .getByRole('alert')
      .getByText(/last|administrator/i)
      .first()
      .waitFor();
  });

  it('shows a key once and revokes it', async () => {
    const page = await house.as('runs', { path: '/system/keys' });
    await page.getByText('No program has a key').waitFor();
    await page.getByRole('button', { name: 'Make a key' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Make a key' }).click();
    await dialog.getByText('Say what the key is for.').waitFor();
    await dialog.getByLabel('What it is for').fill('Practice system');
    await dialog.getByRole('button', { name: 'Make a key' }).click();
    const once = page.getByRole('status').filter({ hasText: 'The key “Practice system”' });
    const secret = (await once.locator('[data-secret]').textContent()) ?? '';
    const allowed = () => fetch(`${house.url}/v1/disclosures`, { headers: { authorization: `Bearer ${secret}` } });
    expect((await allowed()).status).toBe(200);
    await once.getByRole('button', { name: 'Stored' }).click();
    await page.getByRole('button', { name: 'Revoke: Practice system' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
    await page.getByText('No program has a key').waitFor();
    expect((await allowed()).status).toBe(401);
  });

  it('makes a key that watches, and may do nothing else', async () => {
    const page = await house.as('runs', { path: '/system/keys' });
    await page.getByRole('button', { name: 'Make a key' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('What it is for').fill('Monitoring');
    await dialog.getByLabel('May').selectOption({ label: 'Watch: metrics, queues, health' });
    await dialog.getByRole('button', { name: 'Make a key' }).click();
    const once = page.getByRole('status').filter({ hasText: 'The key “Monitoring”' });
    const authorization = `Bearer ${(await once.locator('[data-secret]').textContent()) ?? ''}`;
    const ask = async (path: string) => (await fetch(`${house.url}${path}`, { headers: { authorization } })).status;
    expect([await ask('/metrics'), await ask('/v1/disclosures')]).toEqual([200, 403]);
    await page.getByRole('cell', { name: 'Watch: metrics, queues, health' }).waitFor();
    await page.getByRole('button', { name: 'Revoke: Monitoring' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
    await page.getByText('No program has a key').waitFor();
  });

  it('registers an endpoint, tests it, makes a new secret and sends a message again', async () => {
    const page = await house.as('runs', { path: '/system/webhooks' });
    await page.getByText('Nobody is told anything yet').waitFor();
    await page.getByRole('button', { name: 'Add an endpoint' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Address').fill('ftp://nowhere');
    await dialog.getByRole('button', { name: 'Add an endpoint' }).click();
    await dialog.getByText('Enter an address that begins with https://').waitFor();
    await dialog.getByLabel('Address').fill('https://10.1.2.3/hooks');
    await dialog.getByRole('button', { name: 'Add an endpoint' }).click();
    await dialog
      .getByRole('alert')
      .getByText(/egress_denied/)
      .first()
      .waitFor();
    await dialog.getByLabel('Address').fill(address);
    await dialog.getByRole('button', { name: 'Add an endpoint' }).click();
    const once = page.getByRole('status').filter({ hasText: 'Signing secret of the endpoint' });
    const secret = await once.locator('[data-secret]').textContent();
    expect(secret).toMatch(/^whsec_/);
    await once.getByRole('button', { name: 'Stored' }).click();

    const card = page.getByRole('region', { name: address });
    await card.getByRole('button', { name: 'Send a test' }).click();
    const deliveries = page.getByRole('table', { name: 'Deliveries' });
    await deliveries.getByText('waiting').waitFor();
    await deliver();
    await deliveries.getByText('delivered').waitFor();
    expect(told).toEqual(['endpoint.test']);
    await deliveries.getByRole('button', { name: /^Send again: Test message/ }).click();
    await deliveries.getByText('waiting').waitFor();
    await deliver();
    await deliveries.getByText('delivered').waitFor();
    expect(told).toEqual(['endpoint.test', 'endpoint.test']);

    await card.getByRole('button', { name: 'New secret' }).click();
    await dialog.getByRole('button', { name: 'New secret' }).click();
    await once.locator('[data-secret]').waitFor();
    expect(await once.locator('[data-secret]').textContent()).not.toBe(secret);
    await once.getByRole('button', { name: 'Stored' }).click();
    await card.getByText(/messages are signed under the old secret as well/).waitFor();
    await card.getByRole('button', { name: 'Change' }).click();
    await dialog.getByLabel('Tell it what happens').uncheck();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await card.getByText('paused').waitFor();
    await page.getByLabel('State').selectOption('failed');
    await page.getByText('No message fits this filter.').waitFor();
    await page.waitForURL(/state=failed/);
    await looksWell(house, {
      person: 'runs',
      path: '/system/webhooks',
      ready: (shown) => shown.getByRole('table', { name: 'Deliveries' }).getByText('delivered').waitFor(),
    });
    await card.getByRole('button', { name: 'Remove' }).click();
    await dialog.getByRole('button', { name: 'Remove' }).click();
    await page.getByText('Nobody is told anything yet').waitFor();
  });

  it('shows queues and health by ids and counts, and what to do about a silent worker', async () => {
    const page = await house.as('runs', { path: '/system/health' });
    await page.getByText('No worker has ever reported. Start one').waitFor();
    await beat(house.stage.services, house.stage.practice, {
      ...{ worker: '20000000-0000-4000-8000-000000000001', startedAt: Date.now() },
      queues: [{ queue: 'dispatch', waiting: 3, active: 1, delayed: 2, failed: 4 }],
    });
    await page.getByText('1 running').waitFor();
    await page.getByRole('tab', { name: 'Queues' }).click();
    await page.getByRole('table', { name: 'Jobs' }).getByText('dispatch').waitFor();
    await page.getByRole('table', { name: 'Lanes' }).getByText('Harbor Mutual Health').waitFor();
  });

  it.each([
    ['/system/people', people],
    ['/system/keys', (page: Page) => page.getByText('No program has a key').waitFor()],
    ['/system/webhooks', (page: Page) => page.getByText('Nobody is told anything yet').waitFor()],
    ['/system/queues', (page: Page) => page.getByRole('heading', { name: 'Outbox' }).waitFor()],
    ['/system/health', (page: Page) => page.getByRole('heading', { name: 'Database' }).waitFor()],
  ] as const)('%s looks well, and survives an error of the server', async (path, ready) => {
    await looksWell(house, { person: 'runs', path, ready });
    const read = {
      '/system/people': '/v1/staff/accounts',
      '/system/keys': '/v1/api-keys',
      '/system/webhooks': '/v1/webhook-endpoints',
      '/system/queues': '/v1/system/queues',
      '/system/health': '/v1/system/health',
    }[path];
    await survivesFailure(house, { person: 'runs', path, ready, read });
  });

  it('stands in an empty practice', async () => {
    const page = await openEmptyPractice(house, '/system/queues');
    await page.getByText('There are no lanes yet.').waitFor();
    await page.getByText('No worker has reported yet. See Health.').waitFor();
  });
});
