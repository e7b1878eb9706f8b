import { failed, issue, ok, type Result, type StaffId } from '#libs/kernel';
import type { NewStaff, StaffRecord } from '../ports/records.js';
import type { StaffAccount } from '../ports/staff.js';
import type { PracticeContext, Transaction } from '../ports/store.js';

/** Of one account; `version`, where given, must still be the account’s. */
export interface AboutAccount {
  readonly context: PracticeContext;
  readonly id: StaffId;
  readonly version?: number;
}

const administers = ({ disabled, roles }: StaffAccount): boolean => !disabled && roles.includes('administrator');

const isKnownClinician = async (
  { practice }: Transaction,
  { clinician }: Pick<StaffRecord, 'clinician'>,
): Promise<boolean> => clinician === undefined || (await practice.clinicians([clinician])).has(clinician);

const record = (
  { ledger }: Transaction,
  { context, id }: Pick<AboutAccount, 'context' | 'id'>,
  codes: readonly string[],
): void => {
  ledger.record({ kind: 'settings-changed', actor: context.actor, subject: `staff:${id}`, codes });
};

/** Changes one account under a lock on all of them, so that two administrators cannot each remove the other. */
const changing = async (
  transaction: Transaction,
  { id, version }: AboutAccount,
  change: (account: StaffAccount) => StaffAccount,
): Promise<Result<StaffAccount>> => {
  const accounts = await transaction.staffAccounts.lockAll();
  const before = accounts.find((one) => one.id === id);
  if (before === undefined) return failed(issue('not_found', ''));
  if (version !== undefined && version !== before.version) return failed(issue('precondition_failed', ''));
  const after = { ...change(before), version: before.version + 1 };
  const left = accounts.map((one) => (one.id === id ? after : one));
  if (accounts.some(administers) && !left.some(administers)) return failed(issue('last_administrator', ''));
  await transaction.staffAccounts.change(after);
  return ok(after);
};

/** Lets somebody sign in with a password that was made for them. `unknown_reference` for a clinician who is not there. */
export const addAccountIn = async (
  transaction: Transaction,
  request: { readonly context: PracticeContext; readonly account: NewStaff },
): Promise<Result<StaffAccount>> => {
  const { context, account } = request;
  if (!(await isKnownClinician(transaction, account))) return failed(issue('unknown_reference', '/clinician'));
  await transaction.practice.addStaff({ ...account, mustChangePassword: true });
  record(transaction, { context, id: account.id }, ['staff_added', ...account.roles.map((role) => `role:${role}`)]);
  const { passwordHash: _hash, ...shown } = account;
  return ok({ ...shown, disabled: false, mustChangePassword: true, version: 0 });
};

/** Counts from the next request on: sessions have the roles that the account has. */
export const changeRolesIn = async (
  transaction: Transaction,
  request: AboutAccount & Pick<StaffRecord, 'roles' | 'clinician'>,
): Promise<Result<StaffAccount>> => {
  const { roles, clinician } = request;
  if (!(await isKnownClinician(transaction, request))) return failed(issue('unknown_reference', '/clinician'));
  const changed = await changing(transaction, request, ({ clinician: _before, ...account }) => ({
    ...account,
    roles,
    ...(clinician === undefined ? {} : { clinician }),
  }));
  if (changed.ok) record(transaction, request, ['staff_roles_changed', ...roles.map((role) => `role:${role}`)]);
  return changed;
};

/** Their sessions end at once. */
export const disableAccountIn = async (
  transaction: Transaction,
  request: AboutAccount,
): Promise<Result<StaffAccount>> => {
  const changed = await changing(transaction, request, (account) => ({ ...account, disabled: true }));
  if (!changed.ok) return changed;
  await transaction.staffAccounts.endSessions(request.id);
  record(transaction, request, ['staff_disabled']);
  return changed;
};

export const enableAccountIn = async (
  transaction: Transaction,
  request: AboutAccount,
): Promise<Result<StaffAccount>> => {
  const changed = await changing(transaction, request, (account) => ({ ...account, disabled: false }));
  if (changed.ok) record(transaction, request, ['staff_enabled']);
  return changed;
};

/** Gives somebody another password. Their sessions end at once: whoever holds one may not be them. */
export const resetPasswordIn = async (
  transaction: Transaction,
  request: AboutAccount & { readonly passwordHash: string },
): Promise<Result<StaffAccount>> => {
  const changed = await changing(transaction, request, (account) => ({ ...account, mustChangePassword: true }));
  if (!changed.ok) return changed;
  await transaction.staffAccounts.setPassword(request.id, request.passwordHash);
  await transaction.staffAccounts.endSessions(request.id);
  record(transaction, request, ['password_reset']);
  return changed;
};

/** Whoever changes their own password has shown the one so far. Every session of theirs ends, also the one in use. */
export const changeOwnPasswordIn = async (
  transaction: Transaction,
  request: AboutAccount & { readonly passwordHash: string },
): Promise<Result<void>> => {
  const changed = await changing(transaction, request, (account) => ({ ...account, mustChangePassword: false }));
  if (!changed.ok) return changed;
  await transaction.staffAccounts.setPassword(request.id, request.passwordHash);
  await transaction.staffAccounts.endSessions(request.id);
  transaction.ledger.record({ kind: 'password-changed', actor: request.context.actor, subject: `staff:${request.id}` });
  return ok(undefined);
};
