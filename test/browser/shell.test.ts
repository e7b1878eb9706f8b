import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seriousOn } from './axe.js';
import { chromiumMissing } from './chromium.js';
import { ConsoleHouse } from './console-house.js';

describe.skipIf(chromiumMissing !== undefined)(`the console ${chromiumMissing ?? ''}`, () => {
  let house: ConsoleHouse;

  beforeAll(async () => {
    house = await ConsoleHouse.open();
  });
  afterAll(async () => {
    const misdeeds = house.misdeeds();
    await house.close();
    expect(misdeeds).toEqual([]);
  });

  it('lets in whoever signs in, and nobody else', async () => {
    const page = await house.page();
    await page.goto(house.url);
    await page.getByLabel('Sign-in name').fill('bills');
    await page.getByRole('textbox', { name: 'Password' }).fill('wrong');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('The name or the password is wrong.').waitFor();
    await house.signIn(page, 'bills');
    await page.getByRole('heading', { name: 'Worklist' }).waitFor();
  });

  it('says that it cannot read what came in place of the session, and tries again', async () => {
    const page = await house.as('bills');
    await page.getByRole('heading', { name: 'Worklist' }).waitFor();
    const isSession = (url: URL): boolean => url.pathname === '/v1/session';
    const answers = [
      { status: 200, contentType: 'text/html', body: '<h1>Guest network</h1>' },
      { status: 502, contentType: 'text/html', body: '<h1>Bad gateway</h1>' },
    ];
    for (const answer of answers) {
      await page.route(isSession, (route) => route.fulfill(answer));
      await page.reload();
      const alert = page.getByRole('alert').filter({ hasText: 'answered something that the console cannot read' });
      await alert.waitFor({ timeout: 10_000 });
      // Nobody types a password for whoever answers in place of the gateway.
      expect(await page.getByLabel('Sign-in name').count()).toBe(0);
      await page.unroute(isSession);
      await alert.getByRole('button', { name: 'Try again' }).click();
      await page.getByRole('heading', { name: 'Worklist' }).waitFor();
    }
  });

  it.each(['light', 'dark'] as const)('axe finds nothing serious in it, %s', async (scheme) => {
    const page = await house.page({ scheme });
    await page.goto(house.url);
    await page.getByLabel('Sign-in name').waitFor();
    expect(await seriousOn(page)).toEqual([]);
    await house.signIn(page, 'bills');
    await page.getByRole('heading', { name: 'Worklist' }).waitFor();
    expect(await seriousOn(page)).toEqual([]);
  });

  it('moves nothing for whoever asks that nothing moves, not even its colours', async () => {
    const page = await house.as('bills');
    await page.getByRole('heading', { name: 'Worklist' }).waitFor();
    const moving = await page.evaluate(
      `document.documentElement.dataset.mantineColorScheme = 'dark'; document.getAnimations().length`,
    );
    expect(moving).toBe(0);
  });

  it.each([
    ['bills', '/worklist', 'Worklist'],
    ['treats', '/worklist', 'Worklist'],
    ['keeps', '/worklist', 'Worklist'],
    ['runs', '/system/people', 'People'],
    ['watches', '/system/queues', 'Queues'],
    ['audits', '/ledger', 'Ledger'],
  ] as const)('begins for %s where there is something to do: %s', async (person, path, heading) => {
    const page = await house.as(person);
    await page.getByRole('heading', { level: 1, name: heading }).waitFor();
    expect(new URL(page.url()).pathname).toBe(path);
  });

  it.each([
    ['bills', 1],
    ['watches', 0],
    ['runs', 0],
  ] as const)('lets %s search only what they may find', async (person, boxes) => {
    const page = await house.as(person);
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await page.getByRole('button', { name: 'Search' }).count()).toBe(boxes);
  });

  it('begins anew for whoever signs in after somebody has signed out', async () => {
    const page = await house.as('bills', { path: '/renewals' });
    await page.getByRole('button', { name: 'Invented Biller' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await house.signIn(page, 'watches');
    await page.getByRole('heading', { level: 1, name: 'Queues' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/system/queues');
  });

  it('locks, and goes on where it was for the same person', async () => {
    const page = await house.as('bills');
    await page.getByRole('button', { name: 'Invented Biller' }).click();
    await page.getByRole('menuitem', { name: 'Lock now' }).click();
    await page.getByRole('heading', { name: 'Locked' }).waitFor();
    expect(await page.getByRole('heading', { name: 'Worklist' }).isVisible()).toBe(false);
    await house.signIn(page, 'bills');
    await page.getByRole('heading', { name: 'Worklist' }).waitFor();
  });
});
