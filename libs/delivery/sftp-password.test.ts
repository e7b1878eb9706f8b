import { readdir } from 'node:fs/promises';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { InsurerRecord, Permit, SftpConnection } from '#libs/application';
import { PasswordSshd, passwordSshdMissing } from '../../test/support/password-sshd.mjs';
import { createConnectionCheck } from './check-connection.js';
import { aSealed } from './sealed.fixture.js';
import { SftpSession } from './sftp-session.js';
import { sftpStand, type SftpStand } from './sftp-stand.fixture.js';

const PASSWORD = 'correct-horse-battery-invented';
const WRONG = 'another-horse-invented';
const bytes = Buffer.from('ISA*00*INVENTED~'.repeat(300));

const permit = (): Permit => {
  const { transmission } = aSealed().record;
  const stand: unknown = { transmission, attempt: 'a', ordinal: 1, use: () => true };
  return stand as Permit;
};

it('an SFTP server is there in CI', () => {
  expect(passwordSshdMissing === undefined || process.env['CI'] !== 'true').toBe(true);
});

describe.skipIf(passwordSshdMissing !== undefined)(passwordSshdMissing ?? 'a server that lets in by password', () => {
  let stand: SftpStand<PasswordSshd>;
  let printed = '';

  beforeEach(async () => {
    printed = '';
    for (const stream of [process.stdout, process.stderr])
      vi.spyOn(stream, 'write').mockImplementation((chunk) => {
        printed += String(chunk);
        return true;
      });
    stand = await sftpStand(await PasswordSshd.start(PASSWORD));
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await stand.close();
  });

  const insurer = (token: string, change: Partial<SftpConnection> = {}): InsurerRecord<SftpConnection> => {
    const { connection } = stand.insurer;
    return { ...stand.insurer, token, connection: { ...connection, authentication: 'password', ...change } };
  };
  const send = (to: InsurerRecord<SftpConnection>) =>
    stand.transport.send(aSealed({ bytes, idempotencyKey: 'key-0001' }), permit(), to);

  it('gets the file whole, gives its answers, and is told the password only', async () => {
    expect(await send(insurer(PASSWORD))).toEqual({ kind: 'accepted', status: 0 });
    expect(await stand.received()).toEqual([bytes]);
    await stand.leave('answer.x12', Buffer.from('ISA*ANSWER~'));
    const look = () => stand.transport.answers('', insurer(PASSWORD));
    await look();
    await vi.waitFor(async () =>
      expect(await look()).toMatchObject({ answers: [{ bytes: Buffer.from('ISA*ANSWER~') }] }),
    );
    expect(new Set(stand.sshd.tried)).toEqual(new Set(['none', 'password']));
  });

  it.each([
    ['a wrong password', () => insurer(WRONG)],
    ['no password', () => insurer('')],
    ['another user', () => insurer(PASSWORD, { user: 'stranger' })],
    ['a password where a key is meant', () => insurer(PASSWORD, { authentication: 'private-key' })],
  ])('lets nobody in with %s, and nothing was sent', async (_what, to) => {
    const outcome = await send(to());
    expect(['refused', 'not-sent']).toContain(outcome.kind);
    expect(await stand.transport.answers('', to())).toMatchObject({ kind: 'failed' });
    expect(await readdir(stand.sshd.inbound)).toEqual([]);
  });

  it('a wrong password is told as what it is, and waits for a person instead of being tried again', async () => {
    expect(await send(insurer(WRONG))).toEqual({ kind: 'refused', code: 'unauthorized' });
    expect(await stand.transport.answers('', insurer(WRONG))).toEqual({ kind: 'failed', code: 'unauthorized' });
    // Who tries again and again locks an account.
    expect(stand.sshd.tried.filter((way) => way === 'password')).toHaveLength(2);
  });

  it('is checked by the same way in', async () => {
    const check = createConnectionCheck({
      monotonic: () => performance.now(),
      clock: { now: () => 0 },
      ids: { uuid: () => '00000000-0000-4000-8000-00000000beef' },
      allowLoopback: true,
      resolve: () => Promise.resolve(['127.0.0.1']),
    });
    const steps = async (token: string) => {
      const taken = await check(insurer(token));
      expect(inspect(taken, { depth: 9 })).not.toContain(token);
      return taken.map(({ step, ...rest }) => [step, 'code' in rest ? rest.code : 'well']);
    };
    expect((await steps(PASSWORD)).every(([, how]) => how === undefined || how === 'well')).toBe(true);
    expect(await steps(WRONG)).toContainEqual(['authenticate', 'unauthorized']);
  });

  it('is never said: not in an outcome, an answer, an error or what is printed', async () => {
    const said: unknown[] = [];
    for (const token of [PASSWORD, WRONG]) {
      said.push(await send(insurer(token)), await stand.transport.answers('', insurer(token)));
      await stand.transport.probe('key-0001', insurer(token), 1).then((found) => said.push(found));
    }
    const rules = { allowLoopback: true, connectTimeoutMs: 2_000, resolve: () => Promise.resolve(['127.0.0.1']) };
    for (const change of [{}, { hostKey: `SHA256:${'a'.repeat(43)}` }]) {
      const opened = SftpSession.open(insurer(WRONG, change), { rules, answerTimeoutMs: 2_000 });
      said.push(await opened.catch((error: unknown) => error));
    }
    expect(said.filter((one) => one instanceof Error)).toHaveLength(2);
    const text = said.map((one) => inspect(one, { depth: 20, showHidden: true, maxStringLength: null })).join('\n');
    for (const secret of [PASSWORD, WRONG])
      expect([text.includes(secret), printed.includes(secret)]).toEqual([false, false]);
  });
});
