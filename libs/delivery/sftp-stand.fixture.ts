import { chown, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { InsurerProfile, InsurerRecord, SftpConnection } from '#libs/application';
import type { InsurerId } from '#libs/kernel';
import { type ClosingTransport, createTransport } from './create-transport.js';
import type { SftpTransportOptions } from './sftp-transport.js';
import { type Manner, type Stand, Wire } from './stand.fixture.js';

/** A server of the tests' own, as test/support/own-sshd.ts starts it. */
interface FileServer {
  readonly port: number;
  readonly user: string;
  readonly privateKey: string;
  readonly hostKey: string;
  readonly inbound: string;
  readonly outbound: string;
  misbehave(manner: Misbehaviour | undefined): void;
  stop(): Promise<void>;
}

/** What happens at the first request of this kind; `thenDark`: and nobody is let in any more. */
interface Misbehaviour {
  readonly at: 'open' | 'write' | 'rename';
  readonly act: 'die-before' | 'die-after' | 'fail' | 'talk-nonsense';
  /** For `fail`: a status code of the protocol. */
  readonly status?: number;
  readonly thenDark?: boolean;
}

const MISBEHAVIOUR: Partial<Record<Manner, Misbehaviour>> = {
  refuses: { at: 'open', act: 'fail', status: 3 },
  'takes it and says nothing': { at: 'rename', act: 'die-after', thenDark: true },
  'breaks off': { at: 'write', act: 'die-before' },
  'talks nonsense': { at: 'rename', act: 'talk-nonsense', thenDark: true },
  'has no room': { at: 'write', act: 'fail', status: 4 },
};

/** An insurer's SFTP server, and what its own people see in its directories. */
export interface SftpStand<Server> extends Stand {
  readonly sshd: Server;
  readonly transport: ClosingTransport;
  readonly insurer: InsurerRecord<SftpConnection>;
  /** Names in the inbound directory, hidden ones as well. */
  names(): Promise<readonly string[]>;
  /** Leaves a file under a name of its own. */
  leave(name: string, bytes: Buffer): Promise<void>;
}

/** A real OpenSSH server behind a wire that can be cut. */
export const sftpStand = async <Server extends FileServer>(
  sshd: Server,
  timeouts: SftpTransportOptions['timeouts'] = {},
): Promise<SftpStand<Server>> => {
  let manner: Manner = 'accepts';
  let answers = 0;
  const { hostKey } = sshd;
  const wire = await Wire.open(() => sshd.port);
  const transport = createTransport({
    monotonic: () => performance.now(),
    clock: { now: () => 0 },
    ids: { uuid: () => '00000000-0000-4000-8000-00000000beef' },
    allowLoopback: true,
    resolve: () => (manner === 'unreachable' ? Promise.reject(new Error('ENOTFOUND')) : Promise.resolve(['127.0.0.1'])),
    timeouts: { connect: 5_000, headers: 2_000, ...timeouts },
  });
  const put = async (path: string, bytes: Buffer) => {
    const { uid, gid } = await stat(sshd.outbound);
    await writeFile(`${path}.new`, bytes);
    await chown(`${path}.new`, uid, gid);
    await rename(`${path}.new`, path);
  };
  const names = async () => (await readdir(sshd.inbound)).sort();
  const stand: SftpStand<Server> = {
    sshd,
    transport,
    wire,
    names,
    get insurer(): InsurerRecord<SftpConnection> {
      return {
        id: '00000000-0000-4000-8000-0000000000bb' as InsurerId,
        profile: { inFlightCap: 4, resolution: 'probe' } as InsurerProfile,
        connection: {
          ...{ kind: 'sftp', url: `sftp://insurer.example:${wire.port}`, receiverId: 'R', production: false },
          hostKey: manner === 'is somebody else' ? `SHA256:${'a'.repeat(43)}` : hostKey,
          user: manner === 'lets nobody in' ? 'stranger' : sshd.user,
          ...{ authentication: 'private-key', inbound: sshd.inbound, suffix: '.x12' },
          outbound: { directory: sshd.outbound },
        },
        token: sshd.privateKey,
      };
    },
    behave: async (next) => {
      manner = next;
      sshd.misbehave(MISBEHAVIOUR[next]);
      if (next === 'unreachable') await wire.breakAll();
    },
    received: async () => {
      const visible = (await names()).filter((name) => !name.startsWith('.'));
      return Promise.all(visible.map((name) => readFile(join(sshd.inbound, name))));
    },
    leave: (name, bytes) => put(join(sshd.outbound, name), bytes),
    leaveAnswer: (bytes) => put(join(sshd.outbound, `answer-${(answers += 1)}.x12`), bytes),
    settle: async () => {
      await transport.answers('', stand.insurer);
    },
    clear: async () => {
      for (const name of await names()) await rm(join(sshd.inbound, name));
    },
    close: async () => {
      await transport.close();
      await wire.close();
      await sshd.stop();
    },
  };
  return stand;
};
