import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digestSecret, hashPassword, newSecret, verifyPassword } from '#libs/access';
import { routeOf, ROUTES, type StaffAccountView } from '#libs/contracts';
import type { StaffId } from '#libs/kernel';
import type { UseCases } from '../../apps/api/use-cases.js';
import type { RequestContext } from '../../apps/api/use-cases/asked.js';
import { createUseCases } from '../../apps/api/wiring/create-use-cases.js';
import { asking } from '../support/asking.js';
import { Stage, valueOf } from '../support/stage.js';

let stage: Stage;
let useCases: UseCases;
let first: StaffAccountView;

beforeAll(async () => {
  stage = await Stage.open();
  useCases = createUseCases(stage.services);
  first = await made(['administrator']);
});

afterAll(async () => {
  await stage.close();
});

const as = (staff: string = stage.officer) => asking(stage, ['administrator'], { staff });

const made = async (roles: StaffAccountView['roles'], signIn: string = randomUUID()): Promise<StaffAccountView> => {
  const body = ROUTES.createStaffAccount.body.parse({ signIn, name: 'Nell Newcomer', roles });
  const passwordHash = valueOf(await hashPassword('twelve brown hens'));
  return valueOf(await useCases.createStaffAccount(as(), { ...body, passwordHash }));
};

const about = ({ id, version }: StaffAccountView) => ({ id: id as StaffId, version });
const codesOf = async (asked: Promise<{ ok: boolean; issues?: readonly { code: string }[] }>) =>
  ((await asked).issues ?? []).map(({ code }) => code);

/** A session as signing in opens it; gives how it is found. */
const session = async (account: StaffAccountView) => {
  const { secret, digest } = newSecret('session');
  await stage.opened.directory.putCredential({
    ...{ digest, kind: 'session', practice: stage.practice, subject: `staff:${account.id}` },
    ...{ roles: account.roles, expiresAt: Date.now() + 60_000 },
  });
  return () => stage.opened.directory.findCredential(digestSecret(secret));
};

describe('staff accounts', () => {
  it('are listed without anything by which somebody signs in', async () => {
    const rows = valueOf(await useCases.listStaffAccounts(as()));
    expect(routeOf('listStaffAccounts').response?.safeParse({ rows }).error?.issues ?? []).toEqual([]);
    expect(rows.length).toBeGreaterThan(1);
    expect(JSON.stringify(rows)).not.toContain('argon2');
  });

  it('begin with a password that must be changed', async () => {
    const signIn = `nell-${randomUUID()}`;
    const account = await made(['billing'], signIn);
    expect(account).toMatchObject({ disabled: false, mustChangePassword: true, version: 0 });
    const found = await stage.opened.directory.findStaff(signIn);
    expect(found).toMatchObject({ staff: account.id, mustChangePassword: true });
    expect(await verifyPassword(found?.passwordHash, 'twelve brown hens')).toBe(true);
    expect((await (await session(account))())?.mustChangePassword).toBe(true);
    expect(
      await codesOf(
        made(['billing'], signIn).then(
          () => ({ ok: true }),
          () => ({ ok: false, issues: [{ code: 'duplicate' }] }),
        ),
      ),
    ).toEqual(['duplicate']);
  });

  it('have the roles that they have now, from the next request on', async () => {
    const account = await made(['billing']);
    const find = await session(account);
    expect((await find())?.roles).toEqual(['billing']);
    const changed = valueOf(await useCases.changeStaffRoles(as(), about(account), { roles: ['auditor', 'operator'] }));
    expect((await find())?.roles).toEqual(['auditor', 'operator']);
    expect(changed.version).toBe(1);
    expect(await codesOf(useCases.changeStaffRoles(as(), about(account), { roles: ['billing'] }))).toEqual([
      'precondition_failed',
    ]);
  });

  it('end with all their sessions when they are disabled, and sign in no more', async () => {
    const signIn = randomUUID();
    const account = await made(['billing'], signIn);
    const find = await session(account);
    const disabled = valueOf(await useCases.disableStaff(as(), about(account)));
    expect(disabled.disabled).toBe(true);
    expect(await find()).toBeUndefined();
    expect(await stage.opened.directory.findStaff(signIn)).toBeUndefined();
    // One that was opened in the same moment ends too.
    expect(await (await session(account))()).toBeUndefined();
    valueOf(await useCases.enableStaff(as(), about(disabled)));
    expect(await find()).toBeUndefined();
    expect(await stage.opened.directory.findStaff(signIn)).toBeDefined();
  });

  it('leave always one who administers, however two at once try', async () => {
    const second = await made(['administrator']);
    const both = await Promise.all([
      useCases.disableStaff(as(), about(first)),
      useCases.changeStaffRoles(as(), about(second), { roles: ['billing'] }),
    ]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await codesOf(Promise.resolve(both.find(({ ok }) => !ok) ?? { ok: true }))).toEqual(['last_administrator']);
  });

  it('get another password, which ends their sessions', async () => {
    const account = await made(['billing']);
    valueOf(await useCases.changeOwnPassword(as(account.id), valueOf(await hashPassword('eleven white swans'))));
    const changed = valueOf(await useCases.readStaffAccount(as(), account.id as StaffId));
    expect(changed.mustChangePassword).toBe(false);
    const find = await session(account);
    expect((await find())?.mustChangePassword).toBeUndefined();
    const passwordHash = valueOf(await hashPassword('thirteen grey geese'));
    const reset = valueOf(await useCases.resetPassword(as(), { ...about(changed), passwordHash }));
    expect(reset.mustChangePassword).toBe(true);
    expect(await find()).toBeUndefined();
    const found = await stage.opened.directory.findStaff(account.signIn);
    expect(await verifyPassword(found?.passwordHash, 'thirteen grey geese')).toBe(true);
  });

  it('stand in the ledger by id, with codes alone', async () => {
    const account = await made(['billing'], 'canary-sign-in');
    valueOf(await useCases.disableStaff(as(), about(account)));
    const rows = await stage.database.asSuperuser(`SELECT body FROM ledger_entry WHERE body LIKE $1 ORDER BY height`, [
      `%${account.id}%`,
    ]);
    const bodies = rows.map(({ body }) => JSON.parse(String(body)) as { codes: string[] });
    expect(bodies.map(({ codes }) => codes[0])).toEqual(['staff_added', 'staff_disabled']);
    expect(JSON.stringify(bodies)).not.toContain('canary');
  });

  it('are no other practice’s, and name no clinician who is not there', async () => {
    const account = await made(['clinician']);
    const elsewhere = { ...as(), practice: randomUUID() as RequestContext['practice'] };
    expect(await codesOf(useCases.disableStaff(elsewhere, about(account)))).toEqual(['not_found']);
    const clinician = randomUUID() as never;
    expect(await codesOf(useCases.changeStaffRoles(as(), about(account), { roles: ['clinician'], clinician }))).toEqual(
      ['unknown_reference'],
    );
  });
});
