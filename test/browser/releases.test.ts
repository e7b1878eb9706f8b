import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { draftRelease, type ReleaseDraft } from '#libs/application';
import type { ClientId } from '#libs/kernel';
import { ago, valueOf } from '../support/stage.js';
import { chromiumMissing } from './chromium.js';
import { ConsoleHouse } from './console-house.js';
import { expectSound } from './fits.js';

const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=';

describe.skipIf(chromiumMissing !== undefined)(`releases ${chromiumMissing ?? ''}`, () => {
  let house: ConsoleHouse;

  beforeAll(async () => {
    house = await ConsoleHouse.open();
  });
  afterAll(async () => {
    const misdeeds = house.misdeeds();
    await house.close();
    expect(misdeeds).toEqual([]);
  });

  const drafted = async (client: ClientId, change: Partial<ReleaseDraft> = {}): Promise<string> => {
    const { stage } = house;
    const draft: ReleaseDraft = {
      recipient: { kind: 'party', id: stage.insurer('harbor-mutual').id, class: 'insurer' },
      ...{ purposes: [], grants: [], preset: 'claim-basic', validFrom: ago(1), validUntil: ago(-200) },
      ...{ statements: ['revocation', 'conditioning', 'redisclosure'], blanket: false },
      parentConsentedToTreatment: 'unknown',
      ...change,
    };
    return valueOf(await draftRelease(stage.services, stage.context, { client, draft })).id;
  };

  const tab = (page: Page, name: string) => page.getByRole('tab', { name }).click();

  it('drafts one from a preset, tries it out, and has it signed on the screen, drawn, in Spanish', async () => {
    const party = await house.stage.client('harbor-mutual');
    await house.stage.submit(house.stage.invoice(party));
    const page = await house.as('keeps', { path: `/clients/${party.client}` });
    await page.getByText('No release yet').waitFor();
    await page.getByRole('button', { name: 'Draft a release' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Preset').selectOption('claim-basic');
    await dialog.getByText('The insurer learns what every electronic claim must say').waitFor();
    await dialog.getByRole('button', { name: 'Draft a release' }).click();
    await page.waitForURL(/\/releases\/[0-9a-f-]{36}$/);
    await page.getByRole('button', { name: /Who the client is/ }).waitFor();
    await expectSound(page);
    await tab(page, 'Try it out');
    await page.getByRole('button', { name: 'Try it on the last 90 days' }).click();
    await page.getByRole('heading', { name: 'Would go, and does not now' }).waitFor();
    expect(await page.getByRole('row', { name: /Documents that go/ }).innerText()).toMatch(/0\s+1$/);
    await expectSound(page);
    await tab(page, 'Have it signed');
    await expectSound(page);
    await page.getByRole('button', { name: 'Open for the client' }).click();
    await page.getByRole('heading', { name: 'Permission to share information about you' }).waitFor();
    await page.getByRole('radiogroup', { name: 'Language' }).getByText('Español').click();
    await page.getByText('Lo que usted debe saber').waitFor();
    await page.locator('[lang=es]').first().waitFor();
    await page.getByLabel('Dibujar mi firma').check();
    const pad = page.getByRole('img', { name: /Lugar para dibujar/ });
    await pad.scrollIntoViewIfNeeded();
    const box = await pad.boundingBox();
    if (box === null) throw new Error('no place to draw');
    expect(await page.getByRole('button', { name: 'Firmar' }).isDisabled()).toBe(true);
    await page.mouse.move(box.x + 20, box.y + 40);
    await page.mouse.down();
    await page.mouse.move(box.x + 120, box.y + 90, { steps: 5 });
    await page.mouse.up();
    await page.getByRole('button', { name: 'Firmar' }).click();
    await page.getByText('Gracias. Usted ha firmado.').waitFor();
    await page.getByRole('link', { name: 'Guardar la imagen de la firma' }).waitFor();
    await page.getByRole('button', { name: 'Listo' }).click();
    await page.getByText('In force', { exact: true }).waitFor();
    const kept = await page.getByRole('link', { name: 'The signature, as it was drawn' }).getAttribute('href');
    const picture = await page.request.get(new URL(kept ?? '', page.url()).href);
    expect(picture.headers()['content-type']).toBe('image/png');
    expect([...(await picture.body()).subarray(1, 4)]).toEqual([0x50, 0x4e, 0x47]);
    await page.getByRole('link', { name: 'To the client' }).click();
    await page.getByRole('table').waitFor();
    expect(await page.getByRole('row', { name: /^Sessions/ }).innerText()).toMatch(/v1\s+\d fields/);
    await expectSound(page);
  });

  it('shows two people who edit one draft what the other wrote, and keeps what each entered', async () => {
    const { client } = await house.stage.client('harbor-mutual');
    const path = `/releases/${await drafted(client)}`;
    const [one, other] = [await house.as('keeps', { path }), await house.as('keeps', { path })];
    await other.getByLabel('Last day').fill(ago(-300));
    await one.getByLabel('Last day').fill(ago(-100));
    await one.getByRole('button', { name: 'Save the draft' }).click();
    await one.getByText('Saved. Scans and links').waitFor();
    await other.getByRole('button', { name: 'Save the draft' }).click();
    await other.getByText('Somebody else has changed this since you opened it.').waitFor();
    await other.getByRole('button', { name: 'Show what is there now' }).click();
    await other.getByRole('cell', { name: ago(-100) }).waitFor();
    expect(await other.getByLabel('Last day').inputValue()).toBe(ago(-300));
    await other.getByRole('button', { name: 'Save the draft' }).click();
    await other.getByText('Saved. Scans and links').waitFor();
    // Nothing that has just been saved is somebody else’s.
    await other.getByLabel('Last day').fill(ago(-250));
    await other.getByRole('button', { name: 'Save the draft' }).click();
    await expect.poll(() => other.getByRole('alert').count()).toBe(0);
  });

  it('keeps what is written while the draft is on its way to be saved', async () => {
    const { client } = await house.stage.client('harbor-mutual');
    const page = await house.as('keeps', { path: `/releases/${await drafted(client)}` });
    let answer = (): void => undefined;
    const written = new Promise<void>((resolve) => {
      answer = resolve;
    });
    await page.route(/\/v1\/releases\/[0-9a-f-]{36}$/, async (route) => {
      if (route.request().method() === 'PUT') await written;
      await route.continue();
    });
    await page.getByLabel('Last day').fill(ago(-120));
    const saving = page.waitForRequest((one) => one.method() === 'PUT');
    await page.getByRole('button', { name: 'Save the draft' }).click();
    await saving;
    await page.getByLabel('Sessions to').fill(ago(-50));
    const saved = page.waitForResponse((one) => one.request().method() === 'PUT');
    answer();
    await saved;
    await page.getByText('Not saved yet').waitFor();
    await expect.poll(() => page.getByRole('button', { name: 'Save the draft' }).isEnabled()).toBe(true);
    expect(await page.getByLabel('Sessions to').inputValue()).toBe(ago(-50));
    expect(await page.getByLabel('Last day').inputValue()).toBe(ago(-120));
    await page.getByRole('button', { name: 'Save the draft' }).click();
    await page.getByText('Saved. Scans and links').waitFor();
    expect(await page.getByLabel('Sessions to').inputValue()).toBe(ago(-50));
  });

  it('takes no touch for a signature', async () => {
    const { client } = await house.stage.client('harbor-mutual');
    const page = await house.as('keeps', { path: `/releases/${await drafted(client)}` });
    await tab(page, 'Have it signed');
    await page.getByRole('button', { name: 'Open for the client' }).click();
    await page.getByLabel('Draw my signature').check();
    await page.getByRole('img', { name: /Place to draw/ }).click();
    const wiped = page.getByRole('button', { name: 'Start again' });
    await wiped.focus();
    expect(await page.getByRole('button', { name: 'Sign', exact: true }).isDisabled()).toBe(true);
  });

  it('says what was tried out only as long as it is what was asked, and that a link could not be withdrawn', async () => {
    const { client } = await house.stage.client('harbor-mutual');
    await house.stage.release(client, 'harbor-mutual');
    const page = await house.as('keeps', { path: `/releases/${await drafted(client)}` });
    await tab(page, 'Try it out');
    await page.getByRole('button', { name: 'Try it on the last 90 days' }).click();
    const none = page.getByText('No document of these days is for a recipient of this client.');
    await none.waitFor();
    await page.getByRole('combobox', { name: 'What it does to an earlier release' }).selectOption({ index: 1 });
    expect(await none.count()).toBe(0);
    await tab(page, 'Have it signed');
    await page.getByRole('button', { name: 'Make a link' }).click();
    await page.getByText(/\/v1\/sign\//).waitFor();
    await page.route('**/withdraw', (route) => route.abort('internetdisconnected'));
    await page.getByRole('button', { name: 'Withdraw' }).click();
    await page.getByText('The gateway cannot be reached.').waitFor();
  });

  it('says what is missing, and takes a field out of a preset', async () => {
    const { client } = await house.stage.client('harbor-mutual');
    const page = await house.as('keeps', { path: `/releases/${await drafted(client)}` });
    await page.getByRole('button', { name: /^Fees/ }).click();
    await page.getByLabel('All of: Fees').check();
    await page.getByLabel('All of: Fees').uncheck();
    await page.getByLabel('Last day').fill('');
    expect(await page.getByRole('tab', { name: 'Have it signed' }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Save the draft' }).click();
    await page.getByText('Saved. Scans and links').waitFor();
    expect(await page.getByLabel('Preset').inputValue()).toBe('');
    await tab(page, 'Have it signed');
    await page.getByText('give it a last day, or an event that ends it').waitFor();
    expect(await page.getByRole('button', { name: 'Open for the client' }).isDisabled()).toBe(true);
  });

  it('makes a link that is shown once, and withdraws it', async () => {
    const { client } = await house.stage.client('harbor-mutual');
    const page = await house.as('keeps', { path: `/releases/${await drafted(client)}` });
    await tab(page, 'Have it signed');
    await page.getByLabel('Days it lives').fill('99');
    await page.getByRole('button', { name: 'Make a link' }).click();
    await expect.poll(() => page.getByLabel('Days it lives').getAttribute('aria-invalid')).toBe('true');
    await page.getByLabel('Days it lives').fill('3');
    await page.getByLabel('Question before').selectOption('code');
    await page.getByRole('button', { name: 'Make a link' }).click();
    await page.getByText(/\/v1\/sign\//).waitFor();
    await page.getByText(/^\d{6}$/).waitFor();
    await page.getByRole('button', { name: 'I have copied it' }).click();
    expect(await page.getByText(/\/v1\/sign\//).count()).toBe(0);
    await page.getByRole('button', { name: 'Withdraw' }).click();
    await page.getByText('Withdrawn').waitFor();
  });

  it('takes the scan of a paper, which another person looks at and accepts', async () => {
    const { client } = await house.stage.client('harbor-mutual');
    const path = `/releases/${await drafted(client)}`;
    const page = await house.as('bills', { path });
    await tab(page, 'Have it signed');
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByLabel(/^Scan \(PDF/).click()]);
    await chooser.setFiles({ name: 'paper.png', mimeType: 'image/png', buffer: Buffer.from(PIXEL, 'base64') });
    await page.getByRole('button', { name: 'Attach' }).click();
    await page.getByText('Waits for a second person').waitFor();
    expect(await page.getByRole('button', { name: 'Look at it and check…' }).count()).toBe(0);
    const second = await house.as('keeps', { path });
    await tab(second, 'Have it signed');
    await second.getByRole('button', { name: 'Look at it and check…' }).click();
    const image = second.getByRole('img', { name: 'The signed paper' });
    await expect
      .poll(() => image.evaluate((one: object) => ('naturalWidth' in one ? Number(one.naturalWidth) : 0)))
      .toBe(1);
    await second.getByLabel('It is this release, signed').check();
    await second.getByRole('button', { name: 'Record what I saw' }).click();
    await second.getByText('In force', { exact: true }).waitFor();
  });

  it('relates two that are ambiguous, and revokes one', async () => {
    const { client } = await house.stage.client('harbor-mutual');
    await house.stage.release(client, 'harbor-mutual');
    const { id } = await house.stage.release(client, 'harbor-mutual');
    const page = await house.as('keeps', { path: `/releases/${id}` });
    await page.getByText('nobody has said how the two go together').waitFor();
    await page.getByRole('button', { name: 'How it goes with another…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Record it' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByText('nobody has said how the two go together').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Revoke…' }).click();
    await page.getByText('nothing more goes to').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke it' }).click();
    await page.getByText('Nothing more goes under it.').waitFor();
    await tab(page, 'History');
    await page.getByText('Related to another release').waitFor();
    await page.getByText('Revoked', { exact: true }).first().waitFor();
    await expectSound(page);
  });

  it('ends one whose event has come, in words and for good', async () => {
    const { client } = await house.stage.client('harbor-mutual');
    const { id } = await house.stage.release(client, 'harbor-mutual', { expiryEvent: 'end-of-treatment' });
    const page = await house.as('keeps', { path: `/releases/${id}` });
    await page.getByRole('button', { name: 'Record its end…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('nothing more goes to').waitFor();
    expect(await dialog.getByLabel('What is known').inputValue()).toBe('event-occurred');
    await expectSound(page);
    await dialog.getByRole('button', { name: 'Record it' }).click();
    await page.getByText(/^Ended by “end-of-treatment”/).waitFor();
    await page.getByText('Renew it, or what needs it is held.').waitFor();
    expect(await page.getByRole('button', { name: 'Record its end…' }).count()).toBe(0);
    await tab(page, 'History');
    await page.getByText('Ended by what is known').waitFor();
  });

  it('renews those that end soon, with links that are shown once', async () => {
    const { client } = await house.stage.client('harbor-mutual');
    await house.stage.release(client, 'harbor-mutual', { validUntil: ago(-10) });
    const page = await house.as('bills', { path: '/renewals' });
    await page.getByRole('checkbox', { name: 'Select all that are shown' }).check();
    await expectSound(page);
    await page.getByRole('button', { name: 'Renew 1 release…' }).click();
    await page.getByRole('dialog').getByLabel('New last day').fill(ago(-365));
    await page.getByRole('dialog').getByRole('button', { name: 'Renew' }).click();
    await page.getByText(/\/v1\/sign\//).waitFor();
    await page.getByRole('link', { name: 'Open the draft' }).waitFor();
    await page.getByRole('button', { name: 'I have copied them' }).click();
    expect(await page.getByText(/\/v1\/sign\//).count()).toBe(0);
    await page.getByText('3 days', { exact: true }).click();
    await page.getByText('Nothing ends in this time').waitFor();
  });
});
