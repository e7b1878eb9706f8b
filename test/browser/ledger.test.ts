import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { ago } from '../support/stage.js';
import { chromiumMissing } from './chromium.js';
import { ConsoleHouse } from './console-house.js';
import { openEmptyPractice } from './empty-practice.js';
import { looksWell, survivesFailure } from './screen-checks.js';

describe.skipIf(chromiumMissing !== undefined)(`the ledger ${chromiumMissing ?? ''}`, () => {
  let house: ConsoleHouse;

  beforeAll(async () => {
    house = await ConsoleHouse.open();
  });
  afterAll(async () => {
    const misdeeds = house.misdeeds();
    await house.close();
    expect(misdeeds).toEqual([]);
  });

  const entries = '/ledger';

  it('shows entries, what one says, filters that stand in the address, and gives them as a file', async () => {
    const party = await house.stage.client('harbor-mutual');
    await house.stage.release(party.client, 'harbor-mutual');
    const { disclosure } = await house.stage.submit(house.stage.invoice(party));
    await house.stage.dispatch(disclosure);
    const page = await house.as('keeps', { path: entries });
    const table = page.getByRole('table', { name: 'Entries' });
    await table.getByText('release-signed').first().waitFor();
    await page.getByLabel('Kind').selectOption('sent');
    await page.waitForURL(/kind=sent/);
    await table.getByText('sent', { exact: true }).first().waitFor();
    await table.getByText('release-signed').first().waitFor({ state: 'detached' });
    await table.getByRole('row').nth(1).dblclick();
    await page.getByRole('dialog').getByText('Digest of what went').waitFor();
    await page.getByRole('link', { name: 'Entries of this disclosure' }).click();
    await page.waitForURL((url) => url.searchParams.get('disclosure') === disclosure);
    await table.getByText('accepted').first().waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export these entries (CSV)' }).click();
    expect((await download).suggestedFilename()).toBe('sluice-ledger.csv');
    await page.getByLabel('Disclosure id').fill('nonsense');
    await page.getByText('An id has 36 characters.').waitFor();
    await page.getByRole('button', { name: 'Clear the filters' }).click();
    await page.getByLabel('From').fill(ago(-2));
    await page.getByText('No entry fits these filters').waitFor();
    await page.getByLabel('To').fill(ago(5));
    await page.getByText('The first day is after the last one.').waitFor();
  });

  it('accounts for a client by code, and the address has the id alone', async () => {
    const party = await house.stage.client('harbor-mutual');
    await house.stage.release(party.client, 'harbor-mutual');
    const { disclosure } = await house.stage.submit(house.stage.invoice(party));
    await house.stage.dispatch(disclosure);
    const [client] = await house.stage.database.asSuperuser('SELECT code FROM client WHERE id = $1', [party.client]);
    const page = await house.as('keeps', { path: '/ledger?view=accounting' });
    await page.getByLabel('Client code').fill('NOBODY-1');
    await page.getByRole('button', { name: 'Show' }).click();
    await page.getByText('There is no client with this code whom you may see.').waitFor();
    await page.getByLabel('Client code').fill(String(client?.['code']));
    await page.getByRole('button', { name: 'Show' }).click();
    await page.getByRole('table', { name: 'Accounting for a client' }).getByText('Harbor Mutual Health').waitFor();
    expect(page.url()).toContain(party.client);
    expect(page.url()).not.toContain(String(client?.['code']));
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export (CSV)' }).click();
    expect((await download).suggestedFilename()).toBe('accounting.csv');
  });

  it('accounts in words, in the list and in the file', async () => {
    const party = await house.stage.client('harbor-mutual');
    await house.stage.release(party.client, 'harbor-mutual');
    const { disclosure } = await house.stage.submit(house.stage.invoice(party));
    await house.stage.dispatch(disclosure);
    const page = await house.as('keeps', { path: `/ledger?view=accounting&client=${party.client}` });
    const row = page.getByRole('table', { name: 'Accounting for a client' }).getByRole('row').nth(1);
    await row.getByText('Claim (837P)', { exact: true }).waitFor({ timeout: 5_000 });
    await row.getByText('payment of a claim', { exact: true }).waitFor({ timeout: 5_000 });
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export (CSV)' }).click();
    const file = await readFile(await (await download).path(), 'utf8');
    expect(file).toContain('payment of a claim');
    expect(file).not.toMatch(/HPAYMT|x12-837p/);
  });

  it('says why an accounting cannot be exported yet, and reads the rest of it', async () => {
    const party = await house.stage.client('harbor-mutual');
    const page = await house.as('keeps');
    const rows = (from: number) =>
      Array.from({ length: 100 }, (_, at) => ({
        disclosure: `10000000-0000-4000-8000-${String(from + at).padStart(12, '0')}`,
        sentAt: '2026-03-02T10:00:00.000Z',
        recipient: { id: party.client, name: 'Harbor Mutual Health' },
        ...{ purpose: 'HPAYMT', format: 'x12-837p', fields: [], releases: [] },
      }));
    const next: Record<string, string | undefined> = { '': 'a', a: 'b', b: undefined };
    await page.route(
      (url) => url.pathname.endsWith('/accounting'),
      (route) => {
        const after = new URL(route.request().url()).searchParams.get('after') ?? '';
        const from = Object.keys(next).indexOf(after) * 100;
        return route.fulfill({ json: { rows: rows(from), ...(next[after] ? { next: next[after] } : {}) } });
      },
    );
    await page.goto(`${house.url}/ledger?view=accounting&client=${party.client}`);
    const button = page.getByRole('button', { name: 'Export (CSV)' });
    await button.waitFor();
    expect(await button.isDisabled()).toBe(true);
    const reason = page.getByText(
      'The file is to hold all that left, and only the first 100 disclosures have been read.',
    );
    await reason.waitFor({ timeout: 5_000 });
    expect(await button.getAttribute('aria-describedby')).toBe(await reason.getAttribute('id'));
    await page.getByRole('button', { name: 'Read the rest' }).click();
    await expect.poll(() => button.isEnabled()).toBe(true);
    expect(await reason.count()).toBe(0);
    const download = page.waitForEvent('download');
    await button.click();
    const file = await readFile(await (await download).path(), 'utf8');
    expect(file.trimEnd().split(/\r?\n/)).toHaveLength(301);
  });

  it('is verified range by range, can be paused and gone on with, and says where it does not hold', async () => {
    const page = await house.as('keeps', { path: '/ledger?view=proof' });
    // The gateway walks at most five blocks at once here, so that there are several ranges.
    await page.route(
      (url) => url.pathname === '/v1/ledger/verify',
      (route) => {
        const url = new URL(route.request().url());
        url.searchParams.set('most', '5');
        return route.continue({ url: url.toString() });
      },
    );
    await page.getByRole('button', { name: 'Verify', exact: true }).click();
    await page.getByText('The chain holds').waitFor();
    await page.getByText(/blocks with .* entries are as they were written/).waitFor();
    await page
      .getByText(/No checkpoint was signed yet|signed checkpoint/)
      .first()
      .waitFor();
    await page.getByRole('button', { name: 'Verify again' }).click();
    const pause = page.getByRole('button', { name: 'Pause' });
    await pause.click();
    await page.getByRole('button', { name: /Go on|Verify again/ }).click();
    await page.getByText('The chain holds').waitFor();
  });

  it('goes on with nothing that was begun once somebody has left it', async () => {
    const { client } = await house.stage.client('harbor-mutual');
    await house.stage.release(client, 'harbor-mutual');
    const page = await house.as('keeps', { path: '/ledger?view=proof' });
    const ofRange = (url: URL): boolean => url.pathname === '/v1/ledger/verify';
    const ofPage = (url: URL): boolean => url.pathname === '/v1/ledger' && url.searchParams.has('after');
    const range = { blocks: 1, entries: 1, checkpoints: 0, of: 9_999, head: '0'.repeat(64), next: 'more' };
    await page.route(ofRange, (route) => route.fulfill({ json: range }));
    const asksAgain = (is: (url: URL) => boolean): Promise<boolean> =>
      page
        .waitForRequest((one) => is(new URL(one.url())), { timeout: 1_500 })
        .then(
          () => true,
          () => false,
        );
    await page.getByRole('button', { name: 'Verify', exact: true }).click();
    expect(await asksAgain(ofRange)).toBe(true);
    await page.getByRole('tab', { name: 'Entries' }).click();
    await withEntries(page);
    expect(await asksAgain(ofRange)).toBe(false);
    await page.route(
      (url) => url.pathname === '/v1/ledger',
      async (route) => {
        const answer = await route.fetch();
        await route.fulfill({ json: { ...(await answer.json()), next: 'more' } });
      },
    );
    await page.route(ofPage, (route) => route.fulfill({ json: { rows: [], next: 'more' } }));
    await page.getByRole('button', { name: 'Export these entries (CSV)' }).click();
    expect(await asksAgain(ofPage)).toBe(true);
    await page.getByRole('tab', { name: 'Proof' }).click();
    await withProof(page);
    expect(await asksAgain(ofPage)).toBe(false);
  });

  const withEntries = (page: Page) =>
    page.getByRole('table', { name: 'Entries' }).getByText('release-signed').first().waitFor();
  const withProof = (page: Page) => page.getByRole('heading', { name: 'Verify the chain' }).waitFor();

  it('looks well', async () => {
    await looksWell(house, { person: 'keeps', path: entries, ready: withEntries });
    await looksWell(house, { person: 'keeps', path: '/ledger?view=proof', ready: withProof });
  });

  it('survives an error of the server', () =>
    survivesFailure(house, { person: 'keeps', path: entries, read: '/v1/ledger', ready: withEntries }));

  it('teaches in an empty practice', async () => {
    const page = await openEmptyPractice(house, '/ledger?kind=sent');
    await page.getByText('No entry fits these filters').waitFor();
  });

  it('shows an administrator the proof and no entry', async () => {
    const page = await house.as('runs', { path: '/ledger' });
    await page.getByRole('tab', { name: 'Proof' }).waitFor();
    expect(await page.getByRole('tab', { name: 'Entries' }).count()).toBe(0);
    await page.getByText('Last checkpoint').waitFor();
  });
});
