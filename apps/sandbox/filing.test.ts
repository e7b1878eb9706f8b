import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SftpClient from 'ssh2-sftp-client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { sshdMissing } from '../../test/support/sshd-process.mjs';
import { handMade } from './hand-made-claims.js';
import { acme } from './practice-client.js';
import { judge } from './judgement.js';
import { Ledger } from './ledger.js';
import { type Sandbox, startSandbox } from './server.js';

let place: string;
let sandbox: Sandbox;

const start = async (port?: number): Promise<void> => {
  sandbox = await startSandbox({
    ledgerFile: join(place, 'ledger.jsonl'),
    controlToken: 'control-token',
    insurers: [acme],
    clearinghouses: [
      {
        ...{ id: 'crossing', name: 'CROSSING CLEARINGHOUSE', receiverId: 'ACME', token: 'token-of-crossing' },
        payers: [{ payerId: 'ACM01', insurer: 'acme' }],
        files: { directory: join(place, 'crossing'), ...(port === undefined ? {} : { port }) },
      },
    ],
  });
};

const namesIn = (directory: string): readonly string[] =>
  readdirSync(join(place, 'crossing', directory)).filter((name) => !name.startsWith('.'));

/** As whoever brings files does it: whole, under another name first. */
const bring = (name: string, bytes: string): void => {
  const path = join(place, 'crossing', 'in', name);
  writeFileSync(join(place, 'crossing', 'in', `.${name}`), bytes);
  renameSync(join(place, 'crossing', 'in', `.${name}`), path);
};

const judged = () => {
  const ledger = Ledger.open(join(place, 'ledger.jsonl'));
  const { totals } = judge(ledger.entries);
  ledger.close();
  return totals;
};

const ISA13 = (name: string): string => readFileSync(join(place, 'crossing', 'out', name), 'latin1').slice(90, 99);

beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'sluice-filing-'));
  // Root's sshd runs as an ordinary user, who has to get through.
  chmodSync(place, 0o755);
});
afterEach(async () => {
  await sandbox.close();
  rmSync(place, { recursive: true });
});

const two = handMade({ sets: [[{ number: 'PCN1' }, { number: 'PCN2' }]] });

describe('a clearinghouse by files', () => {
  it('takes an interchange of several claims once, and leaves its own and the payer’s answers', async () => {
    await start();
    bring('one.x12', two);
    await vi.waitFor(() => expect(namesIn('out')).toHaveLength(4));
    expect(namesIn('in')).toEqual([]);
    const kinds = namesIn('out').map(
      (name) => /~ST\*(\d+)/.exec(readFileSync(join(place, 'crossing', 'out', name), 'latin1'))?.[1],
    );
    expect(kinds.sort()).toEqual(['277', '277', '835', '999']);
    await sandbox.close();
    expect(judged()).toEqual({ doubled: 0, received: 1, adjudicated: 2 });
    await start();
  });

  it('knows after a crash what it had taken and had left', async () => {
    await start();
    bring('one.x12', two);
    await vi.waitFor(() => expect(namesIn('out')).toHaveLength(4));
    const left = namesIn('out').map(ISA13).sort();
    for (const name of namesIn('out')) rmSync(join(place, 'crossing', 'out', name));
    await sandbox.close();
    // As if it had died between the ledger and the directory.
    bring('one.x12', two);
    bring('two.x12', handMade({ isa13: '000000502', sets: [[{ number: 'PCN3' }]] }));
    await start();
    await vi.waitFor(() => expect(namesIn('out')).toHaveLength(4));
    expect(
      namesIn('out')
        .map(ISA13)
        .filter((number) => left.includes(number)),
    ).toEqual([]);
    expect(namesIn('in')).toEqual([]);
    await sandbox.close();
    expect(judged()).toEqual({ doubled: 0, received: 2, adjudicated: 3 });
    await start();
  });

  it('sets aside what is for nobody, and what is no interchange', async () => {
    await start();
    bring('rubbish.x12', 'not an interchange');
    bring('stranger.x12', two.replaceAll('ACM01', 'OTHER'));
    await vi.waitFor(() => expect(namesIn('refused')).toHaveLength(2));
    expect([...namesIn('refused')].sort()).toEqual(['malformed-rubbish.x12', 'payer-unknown-stranger.x12']);
    expect(namesIn('in')).toEqual([]);
  });

  it.skipIf(sshdMissing !== undefined)('is reached by SFTP with what it hands over, and by nobody else', async () => {
    await start(0);
    const handed = JSON.parse(readFileSync(join(place, 'crossing', 'connection.json'), 'utf8')) as {
      readonly url: string;
      readonly user: string;
      readonly inbound: string;
      readonly outbound: { readonly directory: string };
    };
    const { hostname, port } = new URL(handed.url);
    const at = { host: hostname, port: Number(port), username: handed.user };
    const client = new SftpClient();
    await client.connect({ ...at, privateKey: readFileSync(join(place, 'crossing', 'secret'), 'utf8') });
    await client.put(Buffer.from(two), `${handed.inbound}/.one.part`);
    await client.rename(`${handed.inbound}/.one.part`, `${handed.inbound}/one.x12`);
    const found = await vi.waitFor(async () => {
      const files = await client.list(handed.outbound.directory, ({ name }) => name.endsWith('.x12'));
      if (files.length < 4) throw new Error('not all answers are there');
      return files;
    });
    await client.delete(`${handed.outbound.directory}/${found[0]?.name ?? ''}`);
    await client.end();
    const stranger = new SftpClient();
    await expect(stranger.connect({ ...at, password: 'guessed' })).rejects.toThrow();
    await stranger.end();
  });

  it('hands over its address and token where files are not asked for by SFTP', async () => {
    await start();
    expect(existsSync(join(place, 'crossing', 'connection.json'))).toBe(false);
  });
});
