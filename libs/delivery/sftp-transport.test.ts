import { chmod, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { InsurerRecord, Permit, SendOutcome, SftpConnection } from '#libs/application';
import { mustHaveSshd, startSshd } from '../../test/support/own-sshd.js';
import { type Misbehaviour, run, type SshdProcess, sshdMissing } from '../../test/support/sshd-process.mjs';
import { aSealed } from './sealed.fixture.js';
import { sftpStand, type SftpStand } from './sftp-stand.fixture.js';
import type { SftpTransportOptions } from './sftp-transport.js';

const bytes = Buffer.from('ISA*00*INVENTED~'.repeat(300));

const permit = (ordinal = 1): Permit => {
  const { transmission } = aSealed().record;
  const stand: unknown = { transmission, attempt: 'a', ordinal, use: () => true };
  return stand as Permit;
};

let stand: SftpStand<SshdProcess>;

const open = async (
  options: { readonly gated?: boolean; readonly timeouts?: SftpTransportOptions['timeouts'] } = {},
): Promise<void> => {
  stand = await sftpStand(await startSshd({ gated: options.gated ?? true }), options.timeouts);
};

const send = (ordinal = 1, change: Partial<SftpConnection> = {}, idempotencyKey = 'key-0001'): Promise<SendOutcome> => {
  const { insurer } = stand;
  const to: InsurerRecord = { ...insurer, connection: { ...insurer.connection, ...change } };
  return stand.transport.send(aSealed({ bytes, idempotencyKey }), permit(ordinal), to);
};

it('an SSH server is there in CI', mustHaveSshd);

describe.skipIf(sshdMissing !== undefined)(sshdMissing ?? 'files at a real SSH server', () => {
  afterEach(() => stand.close());

  describe('a sending', () => {
    it('over the server’s own SFTP leaves one file, whose name says nothing but the key', async () => {
      await open({ gated: false });
      expect(await send()).toEqual({ kind: 'accepted', status: 0 });
      expect(await stand.names()).toEqual(['key-0001.x12']);
      expect(await stand.received()).toEqual([bytes]);
    });

    it('makes a name of a key that could lead elsewhere', async () => {
      await open();
      expect((await send(1, {}, '../../escaped')).kind).toBe('accepted');
      const [name = ''] = await stand.names();
      expect(name).toMatch(/^[0-9a-f]{40}\.x12$/);
    });

    it('never overwrites: another file of that name is a person’s business', async () => {
      await open();
      await writeFile(join(stand.sshd.inbound, 'key-0001.x12'), 'somebody else’s');
      expect(await send()).toEqual({ kind: 'refused', code: 'target_exists', status: 4 });
      expect(await readFile(join(stand.sshd.inbound, 'key-0001.x12'), 'utf8')).toBe('somebody else’s');
      expect(await stand.names()).toEqual(['key-0001.x12']);
    });

    it.each<[string, Misbehaviour, SendOutcome, readonly string[]]>([
      ['at open', { at: 'open', act: 'die-before' }, { kind: 'not-sent', code: 'connection_closed' }, []],
      [
        'in the middle',
        { at: 'write', act: 'die-after' },
        { kind: 'not-sent', code: 'connection_closed' },
        ['temporary'],
      ],
      ['at fsync', { at: 'fsync', act: 'die-before' }, { kind: 'not-sent', code: 'connection_closed' }, ['temporary']],
      ['at close', { at: 'close', act: 'die-after' }, { kind: 'not-sent', code: 'connection_closed' }, ['temporary']],
      ['at rename', { at: 'rename', act: 'die-before' }, { kind: 'not-sent', code: 'connection_closed' }, []],
      ['after rename', { at: 'rename', act: 'die-after' }, { kind: 'accepted', status: 0 }, ['final']],
      ['after it was acknowledged', { at: 'stat', act: 'die-before' }, { kind: 'accepted', status: 0 }, ['final']],
      [
        'at rename, for good',
        { at: 'rename', act: 'die-before', thenDark: true },
        { kind: 'ambiguous', code: 'connection_closed' },
        ['temporary'],
      ],
      [
        'after rename, for good',
        { at: 'rename', act: 'die-after', thenDark: true },
        { kind: 'ambiguous', code: 'connection_closed' },
        ['final'],
      ],
    ])('dropped %s is told as it is', async (_place, misbehaviour, outcome, left) => {
      await open();
      stand.sshd.misbehave(misbehaviour);
      expect(await send()).toEqual(outcome);
      await sleep(50);
      const kinds = (await stand.names()).map((name) => (name.startsWith('.') ? 'temporary' : 'final'));
      expect(kinds).toEqual(left);
    });

    it.each<[string, Misbehaviour, SendOutcome]>([
      ['no room', { at: 'write', act: 'fail', status: 4 }, { kind: 'not-sent', code: 'unavailable' }],
      ['no room, found out late', { at: 'close', act: 'fail', status: 4 }, { kind: 'not-sent', code: 'unavailable' }],
      ['no leave', { at: 'open', act: 'fail', status: 3 }, { kind: 'refused', code: 'permission_denied', status: 3 }],
      [
        'no leave to rename',
        { at: 'rename', act: 'fail', status: 3 },
        { kind: 'refused', code: 'permission_denied', status: 3 },
      ],
      ['no rename now', { at: 'rename', act: 'fail', status: 4 }, { kind: 'not-sent', code: 'unavailable' }],
      ['connection lost', { at: 'write', act: 'fail', status: 7 }, { kind: 'not-sent', code: 'connection_closed' }],
    ])('refused with %s leaves nothing behind', async (_name, misbehaviour, outcome) => {
      await open();
      stand.sshd.misbehave(misbehaviour);
      expect(await send()).toEqual(outcome);
      expect(await stand.names()).toEqual([]);
    });

    it('into a directory that may not be written, or is not there, is refused', async () => {
      await open({ gated: false });
      expect(await send(1, { inbound: `${stand.sshd.root}/nowhere` })).toMatchObject({ code: 'directory_missing' });
      await chmod(stand.sshd.inbound, 0o555);
      const outcome = await send();
      await chmod(stand.sshd.inbound, 0o755);
      expect([stand.sshd.user === 'root', outcome]).toEqual([
        false,
        { kind: 'refused', code: 'permission_denied', status: 3 },
      ]);
    });

    const mountable = process.getuid?.() === 0;
    it.skipIf(!mountable)(
      mountable ? 'onto a disk that is full is not sent' : 'NOT RUN: only root can make a small disk',
      async () => {
        await open({ gated: false });
        const { uid, gid } = await stat(stand.sshd.inbound);
        const disk = join(stand.sshd.root, 'disk');
        await mkdir(disk);
        const size = `size=4k,uid=${uid},gid=${gid},mode=755`;
        expect(run('mount', '-t', 'tmpfs', '-o', size, 'tmpfs', disk).status).toBe(0);
        try {
          const outcome = await send(1, { inbound: disk });
          expect(outcome).toEqual({ kind: 'not-sent', code: 'unavailable' });
          expect(await readdir(disk)).toEqual([]);
        } finally {
          // The server may still hold what it could not write.
          run('umount', '-l', disk);
        }
      },
    );

    it('to a server whose key has changed does not begin, nor is it asked anything', async () => {
      await open({ gated: false });
      expect((await send()).kind).toBe('accepted');
      await stand.sshd.changeHostKey();
      await stand.wire.breakAll();
      const changed = { kind: 'not-sent', code: 'host_key_changed' };
      expect(await send(1, {}, 'key-0002')).toEqual(changed);
      expect(await stand.transport.probe('key-0001', stand.insurer, 1)).toEqual({ ...changed, kind: 'failed' });
      expect(await stand.transport.answers('', stand.insurer)).toEqual({ ...changed, kind: 'failed' });
      expect(await stand.names()).toEqual(['key-0001.x12']);
    });

    it('that somebody keeps waiting ends', async () => {
      await open({ timeouts: { connect: 200 } });
      const silent = createServer();
      await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
      const url = `sftp://insurer.example:${(silent.address() as AddressInfo).port}`;
      const outcome = await send(1, { url });
      silent.close();
      expect(outcome).toEqual({ kind: 'not-sent', code: 'connect_timeout' });
    });

    it('that took too long is withdrawn before it becomes a fact', async () => {
      await open({ timeouts: { upload: -1 } });
      expect(await send()).toEqual({ kind: 'not-sent', code: 'response_timeout' });
      expect(await stand.names()).toEqual([]);
    });

    it('shares one connection, which is closed when it has been idle', async () => {
      await open({ timeouts: { idle: 200 } });
      const outcomes = await Promise.all(Array.from({ length: 9 }, (_one, index) => send(1, {}, `key-${index}`)));
      expect(outcomes.every(({ kind }) => kind === 'accepted')).toBe(true);
      expect([stand.wire.connections, stand.wire.open]).toEqual([1, 1]);
      await sleep(500);
      expect(stand.wire.open).toBe(0);
      expect((await send(1, {}, 'key-again')).kind).toBe('accepted');
    });

    it('goes to no address inside', async () => {
      await open();
      expect(await send(1, { url: 'sftp://10.0.0.1' })).toEqual({ kind: 'refused', code: 'egress_denied' });
      expect(await send(1, { url: 'https://insurer.example' })).toMatchObject({ kind: 'not-sent' });
    });
  });

  describe('a probe', () => {
    it('of an attempt that was stopped withdraws it, so that it cannot become a fact any more', async () => {
      await open();
      stand.sshd.misbehave({ at: 'rename', act: 'die-before', thenDark: true });
      expect((await send(2)).kind).toBe('ambiguous');
      stand.sshd.misbehave(undefined);
      expect(await stand.transport.probe('key-0001', stand.insurer, 2)).toEqual({ kind: 'absent' });
      expect(await stand.names()).toEqual([]);
      expect(await stand.transport.probe('key-0001', stand.insurer, 2)).toEqual({ kind: 'unknown' });
      const { insurer } = stand;
      const keeping = { ...insurer, connection: { ...insurer.connection, keeps: true } };
      expect(await stand.transport.probe('key-0001', keeping, 2)).toEqual({ kind: 'absent' });
    });

    it('does not take the leftovers of another attempt for its own', async () => {
      await open();
      stand.sshd.misbehave({ at: 'write', act: 'die-after' });
      expect((await send(1)).kind).toBe('not-sent');
      expect((await send(2)).kind).toBe('accepted');
      await rm(join(stand.sshd.inbound, 'key-0001.x12'));
      // The insurer has taken it.
      expect(await stand.transport.probe('key-0001', stand.insurer, 2)).toEqual({ kind: 'unknown' });
    });
  });

  describe('answers', () => {
    const read = async () => {
      const found = await stand.transport.answers('', stand.insurer);
      if (found.kind !== 'read') throw new Error(found.code);
      return found;
    };
    const texts = (found: Awaited<ReturnType<typeof read>>) =>
      found.answers.map((one) => Buffer.from(one.bytes).toString());
    const left = async () => (await readdir(stand.sshd.outbound)).sort();

    it('are picked up when they have stopped growing, and not before', async () => {
      await open({ gated: false });
      const file = join(stand.sshd.outbound, 'growing');
      await stand.leave('whole', Buffer.from('ISA*whole~'));
      await writeFile(file, 'ISA*ha');
      expect(texts(await read())).toEqual([]);
      await writeFile(file, 'ISA*half');
      expect(texts(await read())).toEqual(['ISA*whole~']);
      expect(texts(await read()).sort()).toEqual(['ISA*half', 'ISA*whole~']);
    });

    it('that nobody stored come again, as the same answer, until they are taken', async () => {
      await open({ gated: false });
      await stand.leave('a', Buffer.from('{"kind":"x"}'));
      await read();
      const first = await read();
      const again = await read();
      expect(again.answers).toEqual(first.answers);
      expect(first.answers[0]?.mediaType).toBe('application/json');
      await stand.leave('b', Buffer.from('{"kind":"x"}'));
      await read();
      expect(new Set((await read()).answers.map(({ id }) => id)).size).toBe(1);
      await (await read()).taken?.();
      expect(await left()).toEqual(['taken']);
    });

    it('are archived where that is wished, beside what is there', async () => {
      await open({ gated: false });
      const archive = join(stand.sshd.outbound, 'taken');
      await stand.leave('a', Buffer.from('ISA*a~'));
      await writeFile(join(archive, 'a'), 'earlier');
      const { insurer } = stand;
      const outbound = { directory: stand.sshd.outbound, archive };
      const to = { ...insurer, connection: { ...insurer.connection, outbound } };
      await stand.transport.answers('', to);
      const found = await stand.transport.answers('', to);
      if (found.kind !== 'read') throw new Error(found.code);
      await found.taken?.();
      expect([await left(), (await readdir(archive)).sort()]).toEqual([['taken'], ['a', 'a.1']]);
      expect(await readFile(join(archive, 'a'), 'utf8')).toBe('earlier');
    });

    it('that vanish, are replaced, are hidden or are no files harm nobody', async () => {
      await open({ gated: false });
      for (const name of ['gone', 'replaced', '.hidden', 'kept']) await stand.leave(name, Buffer.from(`ISA*${name}~`));
      await read();
      await rm(join(stand.sshd.outbound, 'gone'));
      const found = await read();
      expect(texts(found).sort()).toEqual(['ISA*kept~', 'ISA*replaced~']);
      await stand.leave('replaced', Buffer.from('ISA*another~'));
      await found.taken?.();
      expect(await left()).toEqual(['.hidden', 'replaced', 'taken']);
    });

    it('that vanish between the look and the reading leave the others', async () => {
      await open();
      await stand.leave('a', Buffer.from('ISA*a~'));
      await stand.leave('b', Buffer.from('ISA*b~'));
      await read();
      stand.sshd.misbehave({ at: 'open', act: 'fail', status: 2 });
      expect(texts(await read())).toHaveLength(1);
    });

    it('that are too large are told of by their beginning, and stay', async () => {
      await open({ gated: false });
      await stand.leave('huge', Buffer.alloc(16 * 1024 * 1024 + 1, 'x'));
      await read();
      const found = await read();
      expect(found.answers.map((one) => one.bytes.length)).toEqual([1_024]);
      await found.taken?.();
      expect(await left()).toEqual(['huge', 'taken']);
    });

    it('of a connection that names no directory are none', async () => {
      await open({ gated: false });
      const { insurer } = stand;
      const { outbound: _none, ...connection } = insurer.connection;
      expect(await stand.transport.answers('', { ...insurer, connection })).toMatchObject({
        kind: 'read',
        answers: [],
      });
    });
  });
});
