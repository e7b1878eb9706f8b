import {
  addAccountIn,
  changeOwnPasswordIn,
  changeRolesIn,
  disableAccountIn,
  enableAccountIn,
  resetPasswordIn,
  type StaffAccount,
  type Transaction,
} from '#libs/application';
import type { StaffAccountView } from '#libs/contracts';
import { failed, issue, ok, type Result, type StaffId } from '#libs/kernel';
import type { StaffUseCases } from '../use-cases/staff.js';
import type { Answer, RequestContext } from '../use-cases/asked.js';
import { type Desk, notFound, toPracticeContext, within } from './desk.js';
import { staffOf } from './practice.js';

const toView = ({ roles, ...account }: StaffAccount): StaffAccountView => ({ ...account, roles: [...roles] });

const accountIn = async ({ staffAccounts }: Transaction, id: StaffId): Promise<Result<StaffAccount>> => {
  const found = (await staffAccounts.all()).find((one) => one.id === id);
  return found === undefined ? notFound() : ok(found);
};

const changed = (
  desk: Desk,
  context: RequestContext,
  work: (transaction: Transaction) => Promise<Result<StaffAccount>>,
): Answer<StaffAccountView> =>
  within(desk, context, async (transaction) => {
    const account = await work(transaction);
    return account.ok ? ok(toView(account.value)) : account;
  });

export const staffUseCases = (desk: Desk): StaffUseCases => ({
  listStaffAccounts: (context) =>
    within(desk, context, async ({ staffAccounts }) => ok((await staffAccounts.all()).map(toView))),

  readStaffAccount: (context, id) => changed(desk, context, (transaction) => accountIn(transaction, id)),

  createStaffAccount: (context, { signIn, roles, ...account }) =>
    changed(desk, context, (transaction) =>
      addAccountIn(transaction, {
        context: toPracticeContext(context),
        account: {
          ...account,
          id: desk.services.ids.uuid() as StaffId,
          signIn: signIn.normalize('NFC'),
          roles: [...new Set(roles)],
        },
      }),
    ),

  changeStaffRoles: (context, about, { roles, clinician }) =>
    changed(desk, context, (transaction) =>
      changeRolesIn(transaction, {
        ...{ ...about, context: toPracticeContext(context), roles: [...new Set(roles)] },
        ...(clinician === undefined ? {} : { clinician }),
      }),
    ),

  disableStaff: (context, about) =>
    changed(desk, context, (transaction) =>
      disableAccountIn(transaction, { ...about, context: toPracticeContext(context) }),
    ),

  enableStaff: (context, about) =>
    changed(desk, context, (transaction) =>
      enableAccountIn(transaction, { ...about, context: toPracticeContext(context) }),
    ),

  resetPassword: (context, reset) =>
    changed(desk, context, (transaction) =>
      resetPasswordIn(transaction, { ...reset, context: toPracticeContext(context) }),
    ),

  changeOwnPassword: (context, passwordHash) =>
    within(desk, context, async (transaction) => {
      const id = staffOf(context.actor);
      if (id === undefined) return failed(issue('forbidden', ''));
      return changeOwnPasswordIn(transaction, { context: toPracticeContext(context), id, passwordHash });
    }),

  ownSignIn: (context) =>
    within(desk, context, async (transaction) => {
      const id = staffOf(context.actor);
      if (id === undefined) return failed(issue('forbidden', ''));
      const account = await accountIn(transaction, id);
      return account.ok ? ok(account.value.signIn) : account;
    }),
});
