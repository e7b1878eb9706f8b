import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DisclosureSummary } from '#libs/contracts';
import type { DisclosureId } from '#libs/kernel';
import { seriousOn } from './axe.js';
import { chromiumMissing } from './chromium.js';
import { ConsoleHouse } from './console-house.js';
import { overflowOf } from './overflow.js';

const ROWS = 10_000;
const PAGE = 100;

/** One of ten thousand invented rows. */
const invented = (index: number): DisclosureSummary => ({
  id: `10000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
  document: '10000000-0000-4000-8000-000000000001',
  client: { id: '10000000-0000-4000-8000-000000000002', code: `M-${index}`, name: 'Ada Invented' },
  insurer: { id: '10000000-0000-4000-8000-000000000003', name: 'Harbor Mutual Health' },
  ...{ format: 'x12-837p', purpose: 'HPAYMT', state: 'sent', status: 'sent', nextStep: 'Nothing to do.' },
  ...{ total: 14_000, createdAt: '2026-03-02T10:00:00.000Z', updatedAt: '2026-03-02T10:00:00.000Z', version: 1 },
});

/** Answers the list as a gateway with ten thousand rows would. */
const mockManyRows = (page: Page) =>
  page.route('**/v1/disclosures?*', (route) => {
    const query = new URL(route.request().url()).searchParams;
    const from = Number(query.get('after') ?? '0');
    const limit = Number(query.get('limit') ?? PAGE);
    const rows = Array.from({ length: Math.min(limit, ROWS - from) }, (_, index) => invented(from + index));
    const next = from + limit < ROWS ? { next: String(from + limit) } : {};
    const count = query.get('count') === 'true' ? { count: { counted: ROWS, more: false } } : {};
    return route.fulfill({ json: { rows, ...next, ...count } });
  });

describe.skipIf(chromiumMissing !== undefined)(`the list of claims ${chromiumMissing ?? ''}`, () => {
  let house: ConsoleHouse;
  const held: DisclosureId[] = [];

  const rowsOf = (page: Page) => page.locator('[role=row][data-index]');
  const open = async (path = '/claims', options: Parameters<ConsoleHouse['as']>[1] = {}): Promise<Page> => {
    const page = await house.as('bills', { ...options, path });
    await page.getByRole('heading', { name: 'Claims and reports' }).waitFor();
    return page;
  };

  beforeAll(async () => {
    house = await ConsoleHouse.open();
    const { stage } = house;
    for (const member of ['ZZ000501', 'ZZ000502', 'ZZ000503', 'ZZ000504']) {
      const party = await stage.client('harbor-mutual', { memberId: member });
      held.push((await stage.submit(stage.invoice(party))).disclosure);
    }
    const ready = await stage.client('juniper-life', { memberId: 'ZZ000505', firstName: '<b>Ada</b>' });
    await stage.release(ready.client, 'juniper-life');
    await stage.submit(stage.invoice(ready));
  });
  afterAll(async () => {
    const misdeeds = house.misdeeds();
    await house.close();
    expect(misdeeds).toEqual([]);
  });

  it('is narrowed and sorted by what stands in the address; a client’s code never does', async () => {
    const page = await open();
    await page.getByText('5 submissions').waitFor();
    await page.getByRole('combobox', { name: 'Waits for' }).click();
    await page.getByRole('option', { name: 'Client' }).click();
    await page.getByText('4 submissions').waitFor();
    expect(new URL(page.url()).searchParams.get('curer')).toBe('client');
    await page.getByRole('button', { name: 'Total' }).click();
    await page.getByRole('button', { name: 'Submitted' }).click({ modifiers: ['Shift'] });
    await page.waitForURL((url) => url.searchParams.get('sort') === 'total,createdAt');
    expect(await page.getByRole('columnheader', { name: /Submitted/ }).getAttribute('aria-sort')).toBe('ascending');
    const code = await rowsOf(page).first().getByRole('link').innerText();
    await page.getByLabel('Client code begins with').fill(code);
    await page.getByText('1 submission', { exact: true }).waitFor();
    expect(page.url()).not.toContain(code);
    expect(await page.title()).toBe('Claims and reports · Sluice');
    await page.getByLabel('Client code begins with').fill('nobody-has-this');
    await page.getByRole('heading', { name: 'Nothing matches these filters' }).waitFor();
    await page.getByRole('button', { name: 'Clear all filters' }).first().click();
    await page.getByText('5 submissions').waitFor();
  });

  it('shows the columns that were chosen, and keeps them as a view', async () => {
    const page = await open('/claims?status=held');
    await page.getByText('4 submissions').waitFor();
    await page.getByRole('button', { name: 'Columns' }).click();
    await page.getByRole('checkbox', { name: 'Purpose' }).check();
    await page.getByRole('columnheader', { name: 'Purpose' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Views' }).click();
    await page.getByLabel('Name of the view').fill('Held ones');
    await page.getByRole('button', { name: 'Save this view' }).click();
    await page.getByText('The view is saved.').waitFor();
    await page.goto(`${house.url}/claims`);
    await page.getByText('5 submissions').waitFor();
    await page.getByRole('button', { name: 'Views' }).click();
    await page.getByRole('button', { name: 'Held ones', exact: true }).click();
    await page.getByText('4 submissions').waitFor();
    await page.getByRole('columnheader', { name: 'Purpose' }).waitFor();
  });

  it('refuses an amount that is none, and takes one that is', async () => {
    const page = await open();
    await page.getByRole('button', { name: 'Dates and amounts' }).click();
    await page.getByLabel('At least, in dollars').fill('much');
    await page.getByText('An amount such as 140 or 140.50.').waitFor();
    await page.getByLabel('At least, in dollars').fill('140.01');
    await page.getByRole('heading', { name: 'Nothing matches these filters' }).waitFor();
    expect(new URL(page.url()).searchParams.get('totalFrom')).toContain('14001');
  });

  it('is downloaded as it is filtered, without names', async () => {
    const page = await open('/claims?status=held');
    await page.getByText('4 submissions').waitFor();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'CSV' }).click(),
    ]);
    const lines = (await readFile(await file.path(), 'utf8')).trim().split('\r\n');
    expect(lines).toHaveLength(5);
    expect(lines.join()).not.toContain('Vantongeren');
  });

  it('previews a row by p, opens it by Enter', async () => {
    const page = await open();
    await rowsOf(page).first().waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('p');
    const drawer = page.getByRole('dialog', { name: /Preview/ });
    await drawer.getByRole('table').waitFor();
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'detached' });
    await page.locator('[data-index="0"]').focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Submission' }).waitFor();
    await page.keyboard.press('Escape');
    await rowsOf(page).first().waitFor();
    await page.keyboard.press('j');
    await page.locator('[data-index="0"]:focus').waitFor();
    await page.keyboard.press('e');
    await page.waitForURL(/\/claims\/[0-9a-f-]{36}\?edit=true$/);
  });

  it('says beforehand what would come of it, and does it once though the answer is lost on the way', async () => {
    const page = await open('/claims?status=held');
    await rowsOf(page).nth(3).waitFor();
    await page.getByRole('checkbox', { name: 'Select', exact: true }).first().check();
    await page.locator('[data-index="1"]').focus();
    await page.keyboard.press('x');
    await page.getByText('2 selected').waitFor();
    await page.getByRole('button', { name: 'Do something to them' }).click();
    const dialog = page.getByRole('dialog', { name: '2 selected' });
    await dialog.getByRole('combobox', { name: 'What to do' }).click();
    await page.getByRole('option', { name: 'Keep holding' }).click();
    await dialog.getByRole('button', { name: 'See what would come of it' }).click();
    await dialog.getByText('2 gaps', { exact: true }).waitFor();
    await dialog.getByRole('button', { name: 'Change what to do' }).click();
    await dialog.getByRole('combobox', { name: 'What to do' }).click();
    await page.getByRole('option', { name: 'Cancel them' }).click();
    await dialog.getByRole('button', { name: 'See what would come of it' }).click();
    await dialog.getByText('2 closed', { exact: true }).waitFor();
    const before = await Promise.all(held.map(async (id) => (await house.stage.record(id)).state));
    expect(before).toEqual(['held', 'held', 'held', 'held']);

    const keys: (string | undefined)[] = [];
    await page.route('**/v1/disclosures/bulk', async (route) => {
      keys.push(route.request().headers()['idempotency-key']);
      if (keys.length > 1) return route.continue();
      await route.fetch();
      return route.abort('connectionreset');
    });
    await dialog.getByRole('button', { name: 'Do it to 2' }).click();
    await dialog.getByText(/trying again does it once/).waitFor();
    await dialog.getByRole('button', { name: 'Try again: each is done once' }).click();
    await dialog.getByText('Done: 2 submissions.').waitFor();
    expect(await dialog.getByText(/cancelled · done before/).count()).toBe(2);
    expect(keys).toEqual([keys[0], keys[0]]);
    expect(keys[0]).toBeDefined();
    const states = await Promise.all(held.map(async (id) => (await house.stage.record(id)).state));
    expect([...states].sort()).toEqual(['cancelled', 'cancelled', 'held', 'held']);
  });

  it('lets nobody look away while it is being done', async () => {
    const page = await open('/claims?status=held');
    await page.getByRole('checkbox', { name: 'Select all that are shown' }).check();
    await page.getByRole('button', { name: 'Do something to them' }).click();
    const dialog = page.getByRole('dialog', { name: '2 selected' });
    await dialog.getByRole('combobox', { name: 'What to do' }).click();
    await page.getByRole('option', { name: 'Keep holding' }).click();
    await dialog.getByRole('button', { name: 'See what would come of it' }).click();
    await dialog.getByText('Nothing is done yet.').waitFor();
    let answer: () => void = () => undefined;
    const answered = new Promise<void>((resolve) => (answer = resolve));
    await page.route('**/v1/disclosures/bulk', async (route) => {
      await answered;
      await route.continue();
    });
    await dialog.getByRole('button', { name: 'Do it to 2' }).click();
    await expect.poll(() => dialog.getByRole('button', { name: 'Change what to do' }).isDisabled()).toBe(true);
    await page.keyboard.press('Escape');
    expect(await dialog.getByRole('button', { name: 'Close' }).isDisabled()).toBe(true);
    answer();
    await dialog.getByText('Done: 2 submissions.').waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });

  it('says nothing of what was lost any more once something else is to be done', async () => {
    const page = await open('/claims?status=held');
    await page.getByRole('checkbox', { name: 'Select all that are shown' }).check();
    await page.getByRole('button', { name: 'Do something to them' }).click();
    const dialog = page.getByRole('dialog', { name: '2 selected' });
    const tryOut = async (action: string): Promise<void> => {
      await dialog.getByRole('combobox', { name: 'What to do' }).click();
      await page.getByRole('option', { name: action }).click();
      await dialog.getByRole('button', { name: 'See what would come of it' }).click();
      await dialog.getByText('Nothing is done yet.').waitFor();
    };
    await tryOut('Cancel them');
    await page.route('**/v1/disclosures/bulk', (route) => route.abort('connectionreset'));
    await dialog.getByRole('button', { name: 'Do it to 2' }).click();
    await dialog.getByText(/trying again does it once/).waitFor();
    await page.unroute('**/v1/disclosures/bulk');
    await dialog.getByRole('button', { name: 'Change what to do' }).click();
    await tryOut('Keep holding');
    expect(await dialog.getByRole('alert').count()).toBe(0);
    await dialog.getByRole('button', { name: 'Do it to 2' }).waitFor();
  });

  it('keeps what was selected and begun when the session ends in the middle of it', async () => {
    const page = await open('/claims?status=held');
    await page.getByRole('checkbox', { name: 'Select all that are shown' }).check();
    await page.getByRole('button', { name: 'Do something to them' }).click();
    const dialog = page.getByRole('dialog', { name: '2 selected' });
    await dialog.getByRole('combobox', { name: 'What to do' }).click();
    await page.getByRole('option', { name: 'Keep holding' }).click();
    await page.context().clearCookies();
    await dialog.getByRole('button', { name: 'See what would come of it' }).click();
    await page.getByRole('heading', { name: 'Locked' }).waitFor();
    expect(await dialog.isVisible()).toBe(false);
    await house.signIn(page, 'bills');
    await dialog.getByRole('button', { name: 'See what would come of it' }).click();
    await dialog.getByText('2 gaps', { exact: true }).waitFor();
  });

  it('says what is wrong when the gateway fails', async () => {
    const page = await house.as('bills');
    await page.route('**/v1/disclosures?*', (route) =>
      route.fulfill({ status: 503, contentType: 'text/html', body: 'no' }),
    );
    await page.goto(`${house.url}/claims`);
    await page.getByRole('alert').waitFor();
    await page.unroute('**/v1/disclosures?*');
    await page.getByRole('button', { name: 'Try again' }).click();
    await rowsOf(page).first().waitFor();
  });

  it.each([
    ['/claims', '/v1/disclosures', 'Claims and reports'],
    ['/clients', '/v1/clients', 'Clients and releases'],
  ])('asks once for a next page that is refused, and again when somebody says so: %s', async (path, read, label) => {
    const page = await house.as('bills');
    let asked = 0;
    let refused = true;
    await page.route(
      (url) => url.pathname === read && url.searchParams.get('limit') === '100',
      async (route) => {
        if (!new URL(route.request().url()).searchParams.has('after')) {
          const answer = await route.fetch();
          return route.fulfill({ json: { ...(await answer.json()), next: 'more' } });
        }
        asked += 1;
        const problem = { type: '/problems/too_many_requests', title: 'Too many requests.', status: 429, issues: [] };
        return refused
          ? route.fulfill({ status: 429, json: { ...problem, code: 'too_many_requests' } })
          : route.fulfill({ json: { rows: [] } });
      },
    );
    await page.goto(`${house.url}${path}`);
    const table = page.getByRole('table', { name: label });
    const alert = page.getByRole('alert').filter({ hasText: 'Too many requests.' });
    await alert.waitFor();
    await page.waitForTimeout(1_000);
    expect(asked).toBe(1);
    refused = false;
    await alert.getByRole('button', { name: 'Try again' }).click();
    await expect.poll(() => table.getAttribute('aria-rowcount'), { timeout: 10_000 }).not.toBe('-1');
    await alert.waitFor({ state: 'detached' });
  });

  it('pages and scrolls through ten thousand rows, drawing those that are seen', async () => {
    const page = await house.as('bills');
    await mockManyRows(page);
    await page.goto(`${house.url}/claims`);
    await page.getByText('10,000 submissions').waitFor();
    const table = page.getByRole('table', { name: 'Claims and reports' });
    expect(await table.getAttribute('aria-rowcount')).toBe('-1');
    const toTheEnd = () =>
      page.evaluate(`(() => {
        const list = document.querySelector('[role=group][aria-label="Claims and reports"]');
        list.scrollTo(0, list.scrollHeight);
      })()`);
    await expect
      .poll(
        async () => {
          await toTheEnd();
          return table.getAttribute('aria-rowcount');
        },
        { timeout: 90_000, interval: 20 },
      )
      .toBe(String(ROWS + 1));
    await toTheEnd();
    await page.getByRole('link', { name: 'M-9999' }).waitFor();
    expect(await rowsOf(page).count()).toBeLessThan(80);
    // A jump across all of it is drawn within a few frames.
    const frames = await page.evaluate<number>(`new Promise((resolve) => {
      const scroller = document.querySelector('[role=group][aria-label="Claims and reports"]');
      let frames = 0;
      scroller.scrollTo(0, scroller.scrollHeight / 2);
      const look = () => {
        frames += 1;
        if (document.querySelector('[data-index="5000"]') !== null || frames > 100) resolve(frames);
        else requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    })`);
    expect(frames).toBeLessThan(20);
    await page.getByRole('checkbox', { name: 'Select', exact: true }).first().check();
    await page.getByRole('button', { name: 'Select the first 500 that match' }).click();
    await page.getByText('500 selected').waitFor();
  });

  it.each(['light', 'dark'] as const)('axe finds nothing serious in it, %s', async (scheme) => {
    const page = await open('/claims', { scheme });
    await rowsOf(page).first().waitFor();
    expect(await seriousOn(page)).toEqual([]);
    await page.getByRole('checkbox', { name: 'Select all that are shown' }).check();
    await page.getByRole('button', { name: 'Do something to them' }).click();
    await page.getByRole('dialog').waitFor();
    expect(await seriousOn(page)).toEqual([]);
  });

  it.each([390, 640, 1920])('fits into %i pixels', async (width) => {
    const page = await open('/claims', { width });
    await rowsOf(page).first().waitFor();
    expect(await overflowOf(page)).toBe(0);
  });

  it('does what a key says to the row on which somebody stands, though another has come before it', async () => {
    const { stage } = house;
    const page = await open('/claims?status=held&sort=-createdAt');
    await rowsOf(page).first().waitFor();
    const before = await rowsOf(page).count();
    await page.keyboard.press('j');
    const standing = page.locator('[role=row][data-index]:focus');
    await standing.waitFor();
    const code = await standing.getByRole('link').innerText();
    const party = await stage.client('harbor-mutual', { memberId: 'ZZ000599' });
    await stage.submit(stage.invoice(party));
    await page.clock.setSystemTime((await page.evaluate(() => Date.now())) + 60_000);
    await page.evaluate('document.dispatchEvent(new Event("visibilitychange", { bubbles: true }))');
    await expect.poll(() => rowsOf(page).count(), { timeout: 10_000 }).toBe(before + 1);
    expect(await standing.getByRole('link').innerText()).toBe(code);
    await page.keyboard.press('x');
    const selected = page.locator('[role=row][data-selected=true]');
    await selected.waitFor();
    expect(await selected.getByRole('link').innerText()).toBe(code);
    await page.keyboard.press('k');
    await expect.poll(() => standing.getByRole('link').innerText()).not.toBe(code);
  });
});
