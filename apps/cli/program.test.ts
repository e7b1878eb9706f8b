import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '#libs/settings';
import { issueOf, linesOf } from './failure.js';
import { programOver } from './program.js';

const run = async (...args: string[]) => {
  const said: string[] = [];
  const shown: string[] = [];
  const codes: number[] = [];
  const screen = {
    say: (line: string) => said.push(line),
    count: () => undefined,
    show: (line: string) => shown.push(line),
    columns: undefined,
  };
  const program = programOver({
    screen,
    input: Readable.from([]),
    over: new AbortController().signal,
    exit: (code) => codes.push(code),
  });
  const output: string[] = [];
  for (const command of [program, ...program.commands]) {
    command
      .exitOverride()
      .configureOutput({ writeOut: (text) => output.push(text), writeErr: (text) => output.push(text) });
  }
  const thrown = await program.parseAsync(['node', 'sluice', ...args]).then(
    () => undefined,
    (error: unknown) => error,
  );
  return { said, shown, codes, output: output.join(''), thrown };
};

describe('the command line', () => {
  it('tells its version, which is that of the project', async () => {
    const { version } = JSON.parse(readFileSync(join(projectRoot(), 'package.json'), 'utf8')) as { version: string };
    expect((await run('--version')).output.trim()).toBe(version);
  });

  it('has a command for everything that is promised', async () => {
    const { output } = await run('--help');
    for (const name of [
      'up',
      'preview',
      'submit',
      'batch',
      'explain',
      'search',
      'disclosures',
      'corrections',
      'cancel',
      'receipt',
      'releases',
      'scans',
      'links',
      'renewals',
      'reminders',
      'routes',
      'connections',
      'verify-ledger',
      'export-ledger',
      'ledger-key',
      'shred-client',
      'rotate-keys',
      'migrate',
      'seed',
    ])
      expect(output).toMatch(new RegExp(`^ +${name}\\b`, 'm'));
  });

  it.each([
    [['preview', '/nowhere/at/all.json'], 'cli.file-unreadable'],
    [['shred-client', 'C-1', '--user', 'officer', '--password-stdin'], 'cli.not-confirmed'],
    [['explain', '6f3f6a50-6d2c-4a50-9f4e-0c9d6b1f0a01'], 'cli.credential-missing'],
    [
      ['explain', '6f3f6a50-6d2c-4a50-9f4e-0c9d6b1f0a01', '--url', 'ftp://somewhere', '--key', 'slk_x'],
      'cli.not-an-address',
    ],
    [
      ['explain', '6f3f6a50-6d2c-4a50-9f4e-0c9d6b1f0a01', '--key', 'slk_x', '--user', 'billing'],
      'cli.credential-twice',
    ],
    [
      ['explain', '6f3f6a50-6d2c-4a50-9f4e-0c9d6b1f0a01', '--url', 'http://127.0.0.1:1', '--key', 'slk_x'],
      'api.unreachable',
    ],
  ])('fails in one line with a code: %j', async (args, code) => {
    const { said, shown, codes } = await run(...args);
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(new RegExp(`^sluice: ${code} `));
    expect(said[0]).not.toContain('slk_x');
    expect(shown).toEqual([]);
    expect(codes).toEqual([1]);
  });

  it('refuses a command and an option that it does not have', async () => {
    expect((await run('sendall')).thrown).toBeInstanceOf(Error);
    expect((await run('up', '--everything')).thrown).toBeInstanceOf(Error);
  });
});

describe('what should not have happened', () => {
  it('is told by its code or its class, never by its message', () => {
    const coded = Object.assign(new Error('row (Odalys) violates'), { code: 'cipher_failed' });
    expect(linesOf([issueOf(coded)])).toEqual(['sluice: cipher_failed Error']);
    expect(linesOf([issueOf(new RangeError('Odalys'))])).toEqual(['sluice: cli.unexpected RangeError']);
    expect(linesOf([issueOf('Odalys')])).toEqual(['sluice: cli.unexpected']);
  });
});
