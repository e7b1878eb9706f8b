import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { addKeyToFile } from '#libs/access';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '#libs/persistence';
import { projectRoot, systemClock } from '#libs/settings';
import { valueOf } from '../support/fresh-database.js';
import { typed } from '../support/typed.js';

/** The commands that work on the store itself, as typed, on an installation of their own with its built-in database. */
const state = mkdtempSync(join(tmpdir(), 'sluice-operator-'));
let server: EmbeddedPostgres;

const sluice = (...words: string[]) => typed(words);

beforeAll(async () => {
  chmodSync(state, 0o755);
  for (const name of Object.keys(process.env))
    if (/^(SLUICE_|DATABASE_URL|REDIS_URL)/.test(name)) vi.stubEnv(name, undefined);
  vi.stubEnv('SLUICE_STATE_DIRECTORY', state);
  server = valueOf(await startEmbeddedPostgres({ dataDirectory: join(state, 'postgres'), durable: false }));
  expect((await sluice('seed')).code).toBe(0);
});

afterAll(async () => {
  await server.stop();
  vi.unstubAllEnvs();
  rmSync(state, { recursive: true, force: true });
});

describe('verify-ledger and export-ledger', () => {
  const file = join(state, 'ledger.jsonl');

  it('export what anybody can verify, and what ours can be held against', async () => {
    const verified = await sluice('verify-ledger');
    expect(verified.code).toBe(0);
    expect(verified.shown.join()).toContain('the chain holds');
    expect(verified.counted.join()).toMatch(/\d+\/\d+/);
    const [practice = ''] = (verified.shown[0] ?? '').split(':');

    expect(await sluice('export-ledger', file)).toMatchObject({ code: 0 });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect((await sluice('export-ledger', file)).said.join()).toContain('cli.file-not-creatable');
    const other = ['--practice', '6f3f6a50-6d2c-4a50-9f4e-0c9d6b1f0a01'];
    expect((await sluice('export-ledger', `${file}.2`, ...other)).said.join()).toContain('ledger.practice-unknown');

    const key = await sluice('ledger-key');
    expect(key.shown[0]).toBe('-----BEGIN PUBLIC KEY-----');
    const alone = await sluice('verify-ledger', '--file', file, '--signing-key', key.shown[1] ?? '');
    expect(alone).toMatchObject({ code: 0 });
    expect(alone.shown[0]).toContain(`${practice}: `);
    expect(alone.shown[0]).toContain(', 1 checkpoints, ');
    expect(alone.shown[0]).toContain('the chain holds');
    expect(await sluice('verify-ledger', '--against', file)).toMatchObject({ code: 0 });
  });

  it('find a ledger that was set back', async () => {
    const content = readFileSync(file, 'utf8');
    const further = join(state, 'further.jsonl');
    // A checkpoint of a later day, as if everything after the export had been cut off here.
    writeFileSync(further, content.replaceAll(/("kind":"checkpoint","height":)\d+/g, '$19999'));
    const cut = await sluice('verify-ledger', '--against', further);
    expect(cut.code).toBe(1);
    expect(cut.shown.join()).toContain('checkpoint_forged');
    const changed = join(state, 'changed.jsonl');
    writeFileSync(changed, content.replace('reading-chosen', 'reading-revoked'));
    const broken = await sluice('verify-ledger', '--file', changed);
    expect(broken.code).toBe(1);
    expect(broken.shown.join()).toMatch(/broken at block \d+: root_mismatch/);
  });

  it.each([
    [['--file', '/nowhere/at/all.jsonl'], 'cli.file-unreadable'],
    [['--against', '/nowhere/at/all.jsonl'], 'cli.file-unreadable'],
    [['--file', 'a', '--against', 'b'], 'cli.contradiction'],
    [['--signing-key', 'a'], 'cli.contradiction'],
    [['--file', join(import.meta.dirname, 'operator-commands.test.ts')], 'ledger-file.unreadable'],
  ])('refuse %j', async (args, code) => {
    const { said, code: exit } = await sluice('verify-ledger', ...args);
    expect(said.join()).toContain(code);
    expect(exit).toBe(1);
  });
});

describe('rotate-keys', () => {
  const file = join(state, 'keys.json');
  const idsInFile = (): readonly string[] =>
    (JSON.parse(readFileSync(file, 'utf8')) as { keys: readonly { id: string }[] }).keys.map(({ id }) => id);

  it('wraps every key anew, goes on when it was broken off, and gives up the old key at last', async () => {
    const [old = ''] = idsInFile();
    const rotated = await sluice('rotate-keys');
    expect(rotated.code).toBe(0);
    const [, added = ''] = idsInFile();
    expect(rotated.shown[0]).toMatch(new RegExp(`^[1-9]\\d* data keys are wrapped in ${added} now`));
    expect(rotated.counted.at(-1)).toMatch(/^Data keys wrapped anew (\d+)\/\1$/);
    expect(idsInFile()).toHaveLength(2);

    // Broken off after the key was added, and before anything was wrapped in it.
    valueOf(addKeyToFile(file, systemClock));
    const resumed = await sluice('rotate-keys');
    expect(resumed.said.join()).toContain('it goes on');
    expect(idsInFile()).toHaveLength(3);

    const retired = await sluice('rotate-keys', '--retire');
    expect(retired.shown.join()).toBe(`Retired ${old}, ${added}.`);
    expect(idsInFile()).toHaveLength(1);
    expect((await sluice('rotate-keys', '--retire')).shown.join()).toBe('There is no old key.');
    // The roles of the database still have their passwords, which come from the same file.
    expect((await sluice('verify-ledger')).code).toBe(0);
  });
});

describe('shred-client', () => {
  const config = (name: string): unknown =>
    JSON.parse(readFileSync(join(projectRoot(), 'config', 'demo', `${name}.json`), 'utf8'));
  const { staff } = config('practice') as {
    readonly staff: readonly {
      readonly signIn: string;
      readonly password: string;
      readonly roles: readonly string[];
    }[];
  };
  const { clients } = config('clients') as { readonly clients: readonly { readonly code: string }[] };
  const code = clients[0]?.code ?? '';

  const shred = (signIn: string, password: string, whom: string) =>
    typed(['shred-client', whom, '--user', signIn, '--password-stdin', '--irrevocably'], `${password}\n`);

  it('is for a privacy officer alone, and for ever', async () => {
    const passwordOf = (role: string) => {
      const found = staff.find(({ roles }) => roles.includes(role));
      if (found === undefined) throw new Error(`nobody is ${role}`);
      return [found.signIn, found.password] as const;
    };
    const officer = passwordOf('privacy-officer');
    expect((await shred(officer[0], 'not the password', code)).said.join()).toContain('unauthorized');
    expect((await shred('nobody', officer[1], code)).said.join()).toContain('unauthorized');
    expect((await shred(...passwordOf('billing'), code)).said.join()).toContain('forbidden');
    expect((await shred(...officer, 'C-nobody')).said.join()).toContain('not_found');
    const done = await shred(...officer, code);
    expect(done.code).toBe(0);
    expect(done.shown.join()).toContain('is forgotten');
    expect((await shred(...officer, code)).said.join()).toContain('not_found');
    const verified = await sluice('verify-ledger');
    expect(verified.code).toBe(0);
    expect(verified.shown.join()).toContain('the chain holds');
  });
});
