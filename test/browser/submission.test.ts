import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { correctionIn, explainDisclosure } from '#libs/application';
import { type DisclosureId, plainDate } from '#libs/kernel';
import { seriousOn } from './axe.js';
import { chromiumMissing } from './chromium.js';
import { ConsoleHouse } from './console-house.js';
import { overflowOf } from './overflow.js';
import { ago, valueOf } from '../support/stage.js';

const tab = (page: Page, name: string) => page.getByRole('tab', { name }).click();

describe.skipIf(chromiumMissing !== undefined)(`a submission ${chromiumMissing ?? ''}`, () => {
  let house: ConsoleHouse;
  let paid: DisclosureId;
  let held: DisclosureId;
  let report: DisclosureId;

  const shownAs = async (id: DisclosureId, wanted: string): Promise<void> => {
    const { stage } = house;
    await stage.collect();
    const { status } = valueOf(await explainDisclosure(stage.services, stage.context, id)).summary;
    if (status !== wanted) throw new Error(`it is ${status}`);
  };

  /** A void by a number under which the insurer finds no claim. */
  const refusedVoid = async (): Promise<DisclosureId> => {
    const { stage } = house;
    const party = await stage.client('harbor-mutual', { memberId: 'ZZ000555' });
    await stage.release(party.client, 'harbor-mutual');
    const { disclosure } = await stage.submit(stage.invoice(party));
    await stage.dispatch(disclosure);
    await vi.waitFor(() => shownAs(disclosure, 'paid'), { timeout: 8_000 });
    const content = await stage.services.store.inPractice(stage.context, async (transaction) => {
      const sent = (await transaction.transmissions.ofDisclosures([disclosure])).get(disclosure);
      if (sent === undefined) throw new Error('nothing was sent');
      const answer = {
        kind: 'claim-accepted' as const,
        receivedAt: Date.now(),
        detail: { payerClaimNumber: 'ASTRAY1' },
      };
      const of = { id: stage.services.ids.uuid(), disclosure, transmission: sent.transmission };
      await transaction.answers.add([{ ...of, ...answer }]);
      return correctionIn(transaction, { kind: 'void', of: disclosure });
    });
    const { accepted } = valueOf(await stage.intakes.submit({ context: stage.context, ...valueOf(content) }));
    await stage.dispatch(accepted.disclosure);
    await vi.waitFor(() => shownAs(accepted.disclosure, 'rejected'), { timeout: 8_000 });
    return accepted.disclosure;
  };

  beforeAll(async () => {
    house = await ConsoleHouse.open();
    const { stage } = house;
    const party = await stage.client('harbor-mutual', { firstName: '<b>Ada</b>', lastName: '<img src=x>' });
    await stage.release(party.client, 'harbor-mutual', { validUntil: plainDate('2099-01-10') });
    paid = (await stage.submit(stage.invoice(party))).disclosure;
    await stage.dispatch(paid);
    await vi.waitFor(() => shownAs(paid, 'paid'), { timeout: 8_000 });
    const waiting = await stage.client('harbor-mutual', { memberId: 'ZZ000222' });
    held = (await stage.submit(stage.invoice(waiting))).disclosure;
    const reported = await stage.client('cobalt-valley-hmo', { memberId: 'ZZ000333' });
    await stage.release(reported.client, 'cobalt-valley-hmo', { preset: 'treatment-report-min' });
    report = (await stage.submit(stage.report(reported))).disclosure;
  });
  afterAll(async () => {
    const misdeeds = house.misdeeds();
    await house.close();
    expect(misdeeds).toEqual([]);
  });

  it('says what went and why, with the number to quote; a name with markup in it is a name', async () => {
    const page = await house.as('bills', { path: `/claims/${paid}` });
    await page.getByText(/\d+ sent, \d+ changed, \d+ withheld, 0 gaps/).waitFor();
    await page.getByText('<b>Ada</b> <img src=x>').waitFor();
    expect(await page.locator('main img, main b').count()).toBe(0);
    const numbers = page.getByRole('region', { name: 'Numbers to quote' });
    expect(await numbers.getByText('Quote this one').count()).toBe(1);
    expect(await numbers.innerText()).toMatch(/Insurer’s claim number\s+\S+\s+Quote this one/);
    await page.getByRole('rowheader', { name: /Last name.*Sent/ }).waitFor();
    await page.getByRole('link', { name: 'release v1' }).first().waitFor();
    expect(await page.title()).toBe('Submission · Sluice');
  });

  it('shows only differences, and a text for the phone that holds no value', async () => {
    const page = await house.as('bills', { path: `/claims/${paid}` });
    await page.getByRole('rowheader', { name: /Last name/ }).waitFor();
    await page.getByRole('switch', { name: 'Only differences' }).click();
    await page.getByRole('rowheader', { name: /Last name/ }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Text for the phone' }).click();
    const text = await page.getByRole('textbox', { name: 'To read out on the phone' }).inputValue();
    expect(text).toContain('We have sent you: ');
    for (const value of ['Ada', 'F331', '90834', 'ZZ000111']) expect(text).not.toContain(value);
  });

  it('says what the edits found in it', async () => {
    const { stage } = house;
    const party = await stage.client('harbor-mutual', { memberId: 'ZZ000444' });
    const content = stage.invoice(party);
    if (content.kind !== 'invoice') throw new Error('it is no invoice');
    const lines = content.invoice.lines.map((line) => ({ ...line, date: ago(85) }));
    const { disclosure } = await stage.submit(stage.invoice(party, { lines }));
    const page = await house.as('bills', { path: `/claims/${disclosure}` });
    const edits = page.getByRole('alert', { name: 'Worth a look' });
    await edits.getByText('Line 1: Send it now: the insurer will refuse it after the deadline.').waitFor();
    expect(await seriousOn(page)).toEqual([]);
    await page.goto(`${house.url}/claims/${held}`);
    await page
      .getByText(/gaps?$/)
      .first()
      .waitFor();
    expect(await edits.count()).toBe(0);
  });

  it('has its timeline and its answers, each by a tab that stands in the address', async () => {
    const page = await house.as('bills', { path: `/claims/${paid}` });
    await tab(page, 'Timeline');
    await page.getByText('Permitted to leave').waitFor();
    expect(new URL(page.url()).search).toBe('?tab=timeline');
    await tab(page, 'Answers');
    await page.getByRole('cell', { name: /^Taken in for a decision/ }).waitFor();
    await page.getByRole('cell', { name: 'Insurer' }).first().waitFor();
  });

  it('tells of a gap who cures it, and keeps what was chosen when somebody else was faster', async () => {
    const page = await house.as('bills', { path: `/claims/${held}` });
    const gaps = page.getByRole('region', { name: /gap/ });
    await gaps.getByText('Can be cured by: Client').first().waitFor();
    await gaps.getByRole('button', { name: 'Draft an amendment for the client' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(/Nothing goes until it is signed/).waitFor();
    await page.route('**/choices', (route) => {
      const headers = { ...route.request().headers(), 'if-match': '"v99"' };
      return route.continue({ headers });
    });
    await dialog.getByRole('button', { name: 'Draft the amendment' }).click();
    await dialog.getByText('Somebody else has changed this since you opened it.').waitFor();
    expect((await house.stage.record(held)).state).toBe('held');
    await page.unroute('**/choices');
    await dialog.getByRole('button', { name: 'Draft the amendment' }).click();
    await page.getByText('An amendment is drafted. The client must sign it.').waitFor();
    await page.waitForURL(/\/releases\//);
  });

  it('is completed by `e`: what was typed stays when it is refused, and when the session ends meanwhile', async () => {
    const page = await house.as('bills', { path: `/claims/${held}` });
    await page.getByRole('button', { name: 'Correct or cancel' }).waitFor();
    await page.keyboard.press('e');
    const dialog = page.getByRole('dialog', { name: 'Complete the invoice' });
    await dialog.getByLabel('Invoice number').fill('');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('Needed.').waitFor();
    await dialog.getByLabel('Invoice number').fill('INV-1-B');
    await dialog.getByLabel('Charge in dollars').fill('150.10');
    await dialog.getByText('Total $150.10').waitFor();
    await page.context().clearCookies();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'Locked' }).waitFor();
    expect(await dialog.isVisible()).toBe(false);
    await house.signIn(page, 'bills');
    expect(await dialog.getByLabel('Charge in dollars').inputValue()).toContain('150.10');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved. It is decided anew.').waitFor();
    await page.locator('dd', { hasText: '$150.10' }).waitFor();
  });

  it('saves over nothing that somebody else wrote meanwhile, though it was read again', async () => {
    const { stage } = house;
    const party = await stage.client('harbor-mutual', { memberId: 'ZZ000777' });
    const { disclosure, document } = await stage.submit(stage.invoice(party));
    const path = `/claims/${disclosure}`;
    const [page, other] = [await house.as('bills', { path }), await house.as('bills', { path })];
    const edit = async (one: Page, number: string) => {
      await one.getByRole('button', { name: 'Correct or cancel' }).waitFor();
      await one.keyboard.press('e');
      const opened = one.getByRole('dialog', { name: 'Complete the invoice' });
      await opened.getByLabel('Invoice number').fill(number);
      return opened;
    };
    const mine = await edit(page, 'INV-MINE');
    const theirs = await edit(other, 'INV-THEIRS');
    await theirs.getByRole('button', { name: 'Save' }).click();
    await other.getByText('Saved. It is decided anew.').waitFor();
    // Whoever comes back to the window later has everything read again.
    const read = page.waitForResponse((one) => one.url().endsWith(`/v1/documents/${document}`));
    await page.clock.setSystemTime((await page.evaluate(() => Date.now())) + 60_000);
    await page.evaluate('document.dispatchEvent(new Event("visibilitychange", { bubbles: true }))');
    await read;
    await mine.getByRole('button', { name: 'Save' }).click();
    await mine.getByText('Somebody else has changed this since you opened it.').waitFor();
    await mine.getByRole('button', { name: 'Show what is there now' }).click();
    await mine.getByRole('cell', { name: 'INV-THEIRS' }).waitFor();
    expect(await mine.getByLabel('Invoice number').inputValue()).toBe('INV-MINE');
    await mine.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved. It is decided anew.').waitFor();
  });

  it('tells of a trial only as long as it is of what is typed, and no click beside it takes that away', async () => {
    const page = await house.as('bills', { path: `/claims/${paid}` });
    await page.getByRole('button', { name: 'Correct or cancel' }).click();
    await page.getByRole('menuitem', { name: 'Replace the claim' }).click();
    const dialog = page.getByRole('dialog', { name: 'Replace the claim' });
    await dialog.getByLabel('Charge in dollars').fill('155');
    await dialog.getByRole('button', { name: 'See what would come of it' }).click();
    await dialog.getByText(/^It would go to /).waitFor();
    await dialog.getByLabel('Charge in dollars').fill('165');
    expect(await dialog.getByText(/^It would go to /).count()).toBe(0);
    await page.mouse.click(4, 400);
    await page.getByRole('heading', { name: 'Submission', includeHidden: true }).waitFor();
    expect(await dialog.getByLabel('Charge in dollars').inputValue()).toContain('165');
  });

  it('is replaced by its number, and the chain is shown', async () => {
    const page = await house.as('bills', { path: `/claims/${paid}` });
    await page.getByRole('button', { name: 'Correct or cancel' }).click();
    await page.getByRole('menuitem', { name: 'Replace the claim' }).click();
    const dialog = page.getByRole('dialog', { name: 'Replace the claim' });
    await dialog.getByText(/under release v1, expires Jan 10, 2099/).waitFor();
    await dialog.getByLabel('Invoice number').fill('INV-1-A');
    await dialog.getByLabel('Charge in dollars').fill('');
    await dialog.getByRole('button', { name: 'See what would come of it' }).click();
    await dialog.getByText('Needed.').waitFor();
    await dialog.getByLabel('Charge in dollars').fill('155');
    const stored = () => house.stage.database.asSuperuser('SELECT id, version FROM disclosure ORDER BY id');
    const before = await stored();
    await dialog.getByRole('button', { name: 'See what would come of it' }).click();
    await dialog.getByText(/^It would go to /).waitFor();
    await dialog.getByText('Nothing is submitted yet.').waitFor();
    expect(await stored()).toEqual(before);
    await dialog.getByRole('button', { name: 'Submit the correction' }).click();
    await page.getByText('The replacement is taken in.').waitFor();
    const chain = page.getByRole('region', { name: 'Corrections' });
    await chain.getByText('Replacement (this one)').waitFor();
    await chain.getByRole('link', { name: 'First claim' }).waitFor();
    await page.getByText('$155.00').first().waitFor();
    await tab(page, 'Comparison');
    await page.getByText('Compared with the claim that it corrects').waitFor();
    await page.getByRole('row', { name: /Fee.*Changed.*\$140\.00.*\$155\.00/ }).waitFor();
    await page.getByRole('button', { name: 'Correct or cancel' }).click();
    await page.getByRole('menuitem', { name: 'Cancel it' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel it' }).click();
    await page.getByText('Cancelled. Nothing of it leaves.').waitFor();
    await page.getByText('cancelled', { exact: true }).first().waitFor();
  });

  it('is, where the insurer refused a void, only to be sent again as it was', async () => {
    const refused = await refusedVoid();
    const page = await house.as('bills', { path: `/claims/${refused}` });
    await page.getByRole('button', { name: 'Correct or cancel' }).click();
    await page.getByRole('menuitem').first().waitFor();
    expect(await page.getByRole('menuitem').allInnerTexts()).toEqual(['Send the void again']);
    await page.getByRole('menuitem', { name: 'Send the void again' }).click();
    const dialog = page.getByRole('dialog', { name: 'Send the void again' });
    await dialog.getByText(/It goes again as it was/).waitFor();
    expect(await seriousOn(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Send the void again' }).click();
    await page.getByText('The void is taken in to be sent again.').waitFor();
    const chain = page.getByRole('region', { name: 'Corrections' });
    await chain.getByText('Sent again (this one)').waitFor();
    const again = new URL(page.url()).pathname.split('/').at(-1) as DisclosureId;
    const [first, second] = [await house.stage.record(refused), await house.stage.record(again)];
    expect(second).toMatchObject({ document: first.document, correction: { of: refused, frequency: '8' } });
  });

  it('reveals clinical values to a privacy officer, and the ledger says so', async () => {
    const page = await house.as('keeps', { path: `/claims/${report}` });
    await page.getByText('Hidden', { exact: true }).first().waitFor();
    expect(await page.getByText('CANARYNARRATIVE').count()).toBe(0);
    await page.getByRole('button', { name: 'Reveal values (the ledger records that you looked)' }).click();
    await page.getByText('CANARYNARRATIVE').first().waitFor();
    await page.getByRole('button', { name: 'Hide values again' }).click();
    await page.getByText('CANARYNARRATIVE').waitFor({ state: 'detached' });
    await page.reload();
    await tab(page, 'Timeline');
    await page.getByText('Values revealed').waitFor();
  });

  it('forgets what was revealed when the console is locked', async () => {
    const page = await house.as('keeps', { path: `/claims/${report}` });
    await page.getByRole('button', { name: 'Reveal values (the ledger records that you looked)' }).click();
    await page.getByText('CANARYNARRATIVE').first().waitFor();
    await page.getByRole('button', { name: /^Invented/ }).click();
    await page.getByRole('menuitem', { name: 'Lock now' }).click();
    await page.getByRole('heading', { name: 'Locked' }).waitFor();
    expect(await page.content()).not.toContain('CANARYNARRATIVE');
    await house.signIn(page, 'keeps');
    await page.getByText('Hidden', { exact: true }).first().waitFor();
    expect(await page.getByText('CANARYNARRATIVE').count()).toBe(0);
  });

  it('gives out the bytes with a digest computed in the browser, segment by segment, and the ledger says so', async () => {
    const page = await house.as('bills', { path: `/claims/${paid}?tab=sent` });
    await page.getByRole('button', { name: /Show the bytes/ }).click();
    await page.getByText('The digests agree: these are the bytes that were sealed.').waitFor();
    await page.getByRole('row', { name: /CLM/ }).waitFor();
    await tab(page, 'Timeline');
    // At once, and not when the page is next read anew.
    await page.getByText('Sent bytes shown').first().waitFor({ timeout: 8_000 });
    await page.route('**/sent', async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ response: answer, body: Buffer.from(`${await answer.text()} `) });
    });
    await tab(page, 'Sent bytes');
    await page.getByRole('button', { name: /Show the bytes/ }).click();
    await page.getByText('The digests do not agree.').waitFor();
  });

  it('says what is wrong when the gateway fails, and goes on when it does not', async () => {
    const page = await house.as('bills');
    await page.route('**/v1/disclosures/*/explanation', (route) =>
      route.fulfill({ status: 500, contentType: 'text/plain', body: 'no' }),
    );
    await page.goto(`${house.url}/claims/${held}`);
    await page.getByText('The gateway answered something that the console cannot read.').waitFor();
    await page.unroute('**/v1/disclosures/*/explanation');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('region', { name: /gap/ }).waitFor();
    await page.goto(`${house.url}/claims/10000000-0000-4000-8000-00000000dead`);
    await page.getByRole('alert').waitFor();
  });

  it.each(['light', 'dark'] as const)('axe finds nothing serious in it, %s', async (scheme) => {
    const page = await house.as('bills', { scheme, path: `/claims/${paid}` });
    await page.getByRole('table').first().waitFor();
    expect(await seriousOn(page)).toEqual([]);
    for (const name of ['Timeline', 'Answers', 'Sent bytes', 'Comparison']) {
      await tab(page, name);
      await page.getByRole('tabpanel', { name }).waitFor();
      expect(await seriousOn(page)).toEqual([]);
    }
    await page.goto(`${house.url}/claims/${held}`);
    await page.getByRole('region', { name: /gap/ }).waitFor();
    expect(await seriousOn(page)).toEqual([]);
  });

  it.each([390, 640, 1920])('fits into %i pixels', async (width) => {
    const page = await house.as('keeps', { width, path: `/claims/${report}` });
    await page.getByRole('table').first().waitFor();
    expect(await overflowOf(page)).toBe(0);
    await tab(page, 'Answers');
    await page.getByRole('tabpanel', { name: 'Answers' }).waitFor();
    expect(await overflowOf(page)).toBe(0);
  });
});
