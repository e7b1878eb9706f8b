import type { Page } from 'playwright-core';
import { hashPassword } from '#libs/access';
import { STAFF_ROLES } from '#libs/contracts';
import { type PracticeId, type StaffId, UTC } from '#libs/kernel';
import { systemIds } from '#libs/settings';
import { valueOf } from '../support/stage.js';
import { PASSWORD } from '../support/stage-gateway.js';
import type { ConsoleHouse } from './console-house.js';

/** A practice in which nothing has happened yet, seen by the one person who works there, in every role. */
export const openEmptyPractice = async (house: ConsoleHouse, path: string): Promise<Page> => {
  const practice = systemIds.uuid() as PracticeId;
  const staff = systemIds.uuid() as StaffId;
  const signIn = `alone-${staff}`;
  await house.stage.opened.addPractice({
    id: practice,
    name: 'Empty Street Psychotherapy',
    npi: '1999000049',
    taxId: '000000000',
    taxonomy: '103T00000X',
    address: { line: '2 Empty Street', city: 'Nowhere', region: 'OR', postal: '000000001' },
    phone: '5550100101',
    contactName: 'Billing desk',
    submitterId: 'EMPTY',
    part2Program: false,
    timeZone: UTC,
  });
  const passwordHash = valueOf(await hashPassword(PASSWORD));
  const context = { practice, actor: `staff:${staff}` };
  await house.stage.services.store.inPractice(context, ({ practice: people }) =>
    people.addStaff({ id: staff, signIn, name: 'Invented Loner', passwordHash, roles: [...STAFF_ROLES] }),
  );
  const page = await house.page();
  await page.goto(`${house.url}${path}`);
  await page.getByLabel('Sign-in name').fill(signIn);
  await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  return page;
};
