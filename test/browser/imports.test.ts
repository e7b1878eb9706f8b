import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { chromiumMissing } from './chromium.js';
import { ConsoleHouse } from './console-house.js';
import { openEmptyPractice } from './empty-practice.js';
import { looksWell } from './screen-checks.js';

describe.skipIf(chromiumMissing !== undefined)(`import ${chromiumMissing ?? ''}`, () => {
  let house: ConsoleHouse;

  beforeAll(async () => {
    house = await ConsoleHouse.open();
  });
  afterAll(async () => {
    const misdeeds = house.misdeeds();
    await house.close();
    expect(misdeeds).toEqual([]);
  });

  const HEADER = 'code,first_name,last_name,birth_date,sex,address_line,city,region,postal,phone,email';
  const row = (code: string, last = 'Invented'): string =>
    `${code},Ada,${last},1988-04-01,F,1 Nowhere Lane,Trenton,NJ,08608,,`;
  const csv = (...rows: readonly string[]) => ({
    name: 'clients.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from([HEADER, ...rows].join('\r\n')),
  });
  const choose = (page: Page, file: ReturnType<typeof csv>) => page.locator('input[type=file]').setInputFiles(file);
  const rehearsed = (page: Page) => page.getByRole('heading', { name: 'Rehearsal: nothing is kept yet' }).waitFor();
  const clients = async (): Promise<number> =>
    Number((await house.stage.database.asSuperuser('SELECT count(*)::int AS n FROM client'))[0]?.['n']);

  it('rehearses a file, shows what is wrong row by row, and runs what is right', async () => {
    const page = await house.as('bills', { path: '/imports' });
    const before = await clients();
    await choose(page, csv(row('IM-1'), row('IM-2', '=CMD()'), row('IM-3')));
    await page.getByRole('button', { name: 'Rehearse' }).click();
    await rehearsed(page);
    expect(await clients()).toBe(before);
    const table = page.getByRole('table', { name: 'Row by row' });
    await table.getByText(/last_name begins like a formula/).waitFor();
    expect(await table.getByRole('row').count()).toBe(2);
    await page.getByText('All rows').click();
    await table.getByText('made').first().waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download the report' }).click();
    expect((await download).suggestedFilename()).toBe('sluice-import-clients.csv');

    await page.getByRole('button', { name: 'Import 2 clients now' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('2 rows will be made, 0 are here already and stay as they are, 1 are refused').waitFor();
    await dialog.getByRole('button', { name: 'Import 2 clients now' }).click();
    await page.getByRole('heading', { name: 'Imported' }).waitFor();
    expect(await clients()).toBe(before + 2);
  });

  it('says of a file in another encoding how to save it, and of one that is none what it is', async () => {
    const page = await house.as('bills', { path: '/imports' });
    const wrong = Buffer.concat([Buffer.from(`${HEADER}\r\n${row('IM-9')}\r\nIM-10,Ren`), Buffer.from([0xe9])]);
    await choose(page, { ...csv(), buffer: Buffer.concat([wrong, Buffer.from(',X,1988-04-01,F,1 N,T,NJ,08608,,')]) });
    await page.getByRole('button', { name: 'Rehearse' }).click();
    await page.getByText('Reading stopped at row 3').waitFor();
    await page.getByText(/first_name The file is not in UTF-8\. In Excel: Save as/).waitFor();
    await choose(page, { ...csv(), name: 'clients.xlsx' });
    await page.getByText(/This is not a comma-separated file/).waitFor();
    expect(await page.getByRole('button', { name: 'Rehearse' }).isDisabled()).toBe(true);
    await choose(page, { ...csv(), buffer: Buffer.alloc(0) });
    await page.getByText('The file is empty.').waitFor();
  });

  it('gives templates that the gateway takes', async () => {
    for (const kind of ['clients', 'coverages', 'releases']) {
      const page = await house.as('bills', { path: `/imports?kind=${kind}` });
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Download the template' }).click();
      await page.locator('input[type=file]').setInputFiles(
        await (await download).path().then(async (path) => {
          const { readFile } = await import('node:fs/promises');
          return { name: 'template.csv', mimeType: 'text/csv', buffer: await readFile(path) };
        }),
      );
      await page.getByRole('button', { name: 'Rehearse' }).click();
      await rehearsed(page);
      expect([kind, await page.getByText('Reading stopped').count()]).toEqual([kind, 0]);
      await page.context().close();
    }
  });

  it('takes a hundred thousand rows, tells how far it is, and draws only what is seen', async () => {
    const page = await house.as('bills', { path: '/imports' });
    const many = Array.from({ length: 100_000 }, (_, at) => (at % 20 === 0 ? row(`BIG-${at}`, '@') : row('BIG-1')));
    await choose(page, csv(...many));
    await page.getByRole('button', { name: 'Rehearse' }).click();
    // A bar of nothing has no width, and is not “visible” to the browser.
    await page.getByRole('progressbar').waitFor({ state: 'attached' });
    await rehearsed(page);
    await page.getByText('100,000').first().waitFor();
    const table = page.getByRole('table', { name: 'Row by row' });
    await table.getByText('refused').first().waitFor();
    expect(Number(await table.getAttribute('aria-rowcount'))).toBe(5_001);
    expect(await table.getByRole('row').count()).toBeLessThan(60);
  });

  it('looks well', () =>
    looksWell(house, {
      person: 'bills',
      path: '/imports',
      ready: async (page) => {
        if ((await page.getByRole('heading', { name: /Rehearsal/ }).count()) > 0) return;
        await choose(page, csv(row('LW-1'), row('LW-2', '=A')));
        await page.getByRole('button', { name: 'Rehearse' }).click();
        await rehearsed(page);
      },
    }));

  it('survives an error of the server, and does it once', async () => {
    const page = await house.as('bills', { path: '/imports' });
    const path = (url: URL): boolean => url.pathname === '/v1/imports/clients';
    await page.route(path, (route) => route.abort());
    await choose(page, csv(row('ERR-1')));
    await page.getByRole('button', { name: 'Rehearse' }).click();
    await page
      .getByRole('alert')
      .getByText(/The gateway cannot be reached/)
      .waitFor();
    await page.unroute(path);
    await page.getByRole('button', { name: 'Try again' }).click();
    await rehearsed(page);
  });

  it('shows who may import nothing no way there', async () => {
    const page = await house.as('keeps', { path: '/imports' });
    await page.getByText('Your roles allow no import.').waitFor();
    expect(await page.getByRole('link', { name: 'Import' }).count()).toBe(0);
  });

  const month = (parties: readonly Awaited<ReturnType<ConsoleHouse['stage']['client']>>[]) =>
    parties.map((party, at) => {
      const content = house.stage.invoice(party, { number: `SH-${at}` });
      if (content.kind !== 'invoice') throw new Error('it is an invoice');
      return content.invoice;
    });

  it('a shadow run says what would go and be held, and sends and stores nothing', async () => {
    const signed = await house.stage.client('harbor-mutual');
    await house.stage.release(signed.client, 'harbor-mutual');
    const unsigned = await house.stage.client('maple-extended');
    const page = await house.as('bills', { path: '/shadow' });
    await page.getByText('Nothing is sent. Nothing is stored.').waitFor();
    await page.getByRole('tab', { name: 'Pasted' }).click();
    await page.getByLabel('Invoices as JSON').fill('number;date');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByText(/This is not JSON/).waitFor();
    await page.getByLabel('Invoices as JSON').fill(JSON.stringify({ invoices: month([signed, unsigned]) }));
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    const result = page.getByRole('list', { name: 'What would become of them' });
    await result.getByRole('listitem').filter({ hasText: 'Would go' }).getByText('1', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Show as a table: By insurer' }).click();
    await page.getByRole('table', { name: 'By insurer' }).getByText('Harbor Mutual Health').waitFor();
    const each = page.getByRole('table', { name: 'Invoice by invoice' });
    await each.getByText('would be held').waitFor();
    await each.getByText('Claim (837P)').first().waitFor({ timeout: 5_000 });
    expect(await house.stage.received('harbor-mutual')).toEqual([]);
    expect(await house.stage.database.asSuperuser('SELECT 1 FROM disclosure')).toEqual([]);
  });

  it('a shadow run takes what was submitted here, too', async () => {
    const party = await house.stage.client('harbor-mutual');
    await house.stage.release(party.client, 'harbor-mutual');
    await house.stage.submit(house.stage.invoice(party, { number: 'HERE-1' }));
    const page = await house.as('bills', { path: '/shadow' });
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByRole('heading', { name: 'Invoice by invoice' }).waitFor();
  });

  it('a shadow run looks well', () =>
    looksWell(house, {
      person: 'bills',
      path: '/shadow',
      ready: async (page) => {
        if ((await page.getByRole('heading', { name: 'Invoice by invoice' }).count()) > 0) return;
        await page.getByRole('button', { name: 'Run', exact: true }).click();
        await page.getByRole('heading', { name: 'Invoice by invoice' }).waitFor();
      },
    }));

  it('a shadow run survives an error of the server', () => survivesFailureOf('/v1/disclosures'));

  const survivesFailureOf = async (read: string): Promise<void> => {
    const page = await house.as('bills', { path: '/shadow' });
    await page.route(
      (url) => url.pathname === read,
      (route) => route.fulfill({ status: 500, body: 'no' }),
    );
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByRole('alert').waitFor();
  };

  it('in an empty practice a shadow run says where invoices come from', async () => {
    const page = await openEmptyPractice(house, '/shadow');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByText('No invoice with services in these days is here').waitFor();
  });
});
