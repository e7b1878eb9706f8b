import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GatewayClient } from '#libs/client';
import { systemIds } from '#libs/settings';
import { judge } from '../../apps/sandbox/judgement.js';
import { Ledger } from '../../apps/sandbox/ledger.js';
import { sshdMissing } from '../support/sshd-process.mjs';

/**
 * The whole way on the built output, each program in its own process: the gateway, the worker, the sandbox with its
 * clearinghouse behind a real OpenSSH server, and `docs/examples/a-monday-morning/story.sh`, which is `sluice` commands.
 * What came of it is then asked of both sides: of the gateway, and of the sandbox's own ledger.
 */
const root = join(import.meta.dirname, '..', '..');
const pages = join(root, 'docs', 'examples', 'a-monday-morning');
const state = mkdtempSync(join(tmpdir(), 'sluice-story-'));
const crossing = join(state, 'sandbox', 'crossing');

const environment = (): NodeJS.ProcessEnv => {
  const { DATABASE_URL: _database, REDIS_URL: _redis, ...rest } = process.env;
  return { ...rest, SLUICE_STATE_DIRECTORY: state };
};

let house: ChildProcess;
let address = '';
let told = '';
const desks = new Map<string, GatewayClient>();

const gateway = (cookie?: string): GatewayClient =>
  new GatewayClient({
    baseUrl: address,
    newIdempotencyKey: () => systemIds.uuid(),
    ...(cookie === undefined ? {} : { proof: { kind: 'session', cookie } }),
  });

const desk = (signIn: string): GatewayClient => {
  const found = desks.get(signIn);
  if (found === undefined) throw new Error(`nobody sits there: ${signIn}`);
  return found;
};

const startHouse = (): Promise<string> =>
  new Promise((resolve, reject) => {
    house = spawn(process.execPath, [join(root, 'dist/apps/cli/main.js'), 'up', '--no-demonstration'], {
      cwd: root,
      env: environment(),
    });
    let output = '';
    for (const stream of [house.stdout, house.stderr])
      stream?.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        const found = /Sluice answers at (\S+)/.exec(output)?.[1];
        if (found !== undefined) resolve(found);
      });
    house.once('close', () => reject(new Error(`ended before it answered:\n${output}`)));
  });

const play = (): Promise<{ readonly code: number | null; readonly shown: string; readonly said: string }> =>
  new Promise((resolve) => {
    const child = spawn('sh', [join(pages, 'story.sh'), state], { cwd: root, env: environment() });
    const [shown, said]: [string[], string[]] = [[], []];
    child.stdout.on('data', (chunk: Buffer) => void shown.push(chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => void said.push(chunk.toString()));
    child.once('close', (code) => resolve({ code, shown: shown.join(''), said: said.join('') }));
  });

/** What differs from one morning to the next: ids, instants and days, the secret of a link, where things are. */
const anyMorning = (text: string): readonly string[] =>
  text
    .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '<id>')
    .replaceAll(/\d{4}-\d{2}-\d{2}T[\d:.]+Z/g, '<instant>')
    .replaceAll(/\d{4}-\d{2}-\d{2}/g, '<day>')
    .replaceAll(/sln_[\w-]+/g, '<secret>')
    .replaceAll(/\d+ bytes/g, '<size>')
    .replaceAll(/(?:sftp|https) 127\.0\.0\.1:\d+/g, '<connection>')
    .split('\n')
    .map((line) => line.trimEnd().replaceAll(/ {2,}/g, '  '))
    .filter((line) => line !== '');

const blocksIn = (file: string): readonly string[] =>
  [...readFileSync(file, 'utf8').matchAll(/```text\n([\s\S]*?)```/g)].map(([, block = '']) => block);

const claimsOf = async (code: string) => {
  const { rows } = await desk('billing').ask('search', { query: { q: code } });
  return Promise.all(rows.map(({ id }) => desk('billing').ask('readDisclosure', { params: { id } })));
};

beforeAll(async () => {
  // Where root runs the tests, the servers run as ordinary users, who have to get through.
  chmodSync(state, 0o755);
  address = await startHouse();
  const played = await play();
  if (played.code !== 0) throw new Error(`${played.shown}\n${played.said}`);
  told = played.shown;
  for (const [signIn, password] of [
    ['billing', 'lantern-invoices'],
    ['privacy', 'lantern-privacy'],
  ] as const) {
    const { headers } = await gateway().exchange('signIn', { body: { signIn, password } });
    desks.set(signIn, gateway(headers.getSetCookie()[0]?.split(';')[0]));
  }
}, 300_000);

afterAll(async () => {
  const ended = new Promise((resolve) => house.once('close', resolve));
  house.kill('SIGTERM');
  await ended;
  rmSync(state, { recursive: true, force: true });
}, 60_000);

describe('a Monday morning', () => {
  it('is told in the documentation as it went', () => {
    const [whole = ''] = blocksIn(join(pages, 'README.md'));
    expect(anyMorning(told)).toEqual(anyMorning(whole));
    const excerpt = blocksIn(join(root, 'README.md')).find((block) => block.includes('sluice shadow'));
    const lines = anyMorning(told);
    let from = 0;
    for (const line of anyMorning(excerpt ?? 'nothing is told')) {
      if (line === '…') continue;
      const at = lines.indexOf(line, from);
      expect(at, line).toBeGreaterThanOrEqual(from);
      from = at + 1;
    }
  });

  it('begins with a shadow run that says what would go and what would wait, by insurer and by who can cure it', () => {
    expect(told).toContain('3 would go (0 with something changed, 3 with something withheld), 1 held');
    expect(told).toMatch(/Larkspur Health: 2 would go .* 0 held/);
    expect(told).toMatch(/Marigold Mutual: 1 would go .* 1 held/);
    expect(told).toContain('waits for client: 1');
  });

  it('ends with every claim paid, and with nothing that waits', async () => {
    const statuses = await Promise.all(['M-101', 'M-102', 'M-103', 'M-104'].map(claimsOf));
    expect(statuses.map((claims) => claims.map(({ status, correction }) => [status, correction?.kind]))).toEqual([
      [
        ['paid', 'replacement'],
        ['superseded', undefined],
      ],
      [
        ['paid', 'resubmission'],
        ['superseded', undefined],
      ],
      [['paid', undefined]],
      [['paid', undefined]],
    ]);
  });

  it('has read 999, 277CA and 835, each from whoever said it', async () => {
    const [claim] = await claimsOf('M-103');
    expect(claim?.answers.map(({ kind, layer }) => `${kind} ${layer}`).sort()).toEqual([
      'claim-accepted clearinghouse',
      'claim-accepted insurer',
      'interchange-accepted clearinghouse',
      'paid insurer',
      'set-accepted clearinghouse',
    ]);
    const [, refused] = await claimsOf('M-102');
    expect(refused?.answers.map(({ kind }) => kind)).toContain('claim-rejected');
    expect(refused?.answers.map(({ kind }) => kind)).not.toContain('paid');
  });

  it('was signed from afar by the client, who has a copy', async () => {
    const [claim] = await claimsOf('M-104');
    const { rows } = await desk('privacy').ask('listReleases', { params: { id: claim?.client.id ?? '' } });
    expect(rows.map(({ status, signatures }) => [status, signatures.map(({ role }) => role)])).toEqual([
      ['in-force', ['client']],
    ]);
    const copy = await desk('privacy').download('readReleaseCopy', { params: { id: rows[0]?.id ?? '' } });
    expect(Buffer.from(copy.bytes).subarray(0, 5).toString()).toBe('%PDF-');
  });

  it('is in a ledger that verifies', async () => {
    const verified = await desk('privacy').ask('verifyLedger', {});
    expect(verified.holds).toBe(true);
    const kinds = new Set<string>();
    for await (const { kind } of desk('privacy').all('readLedger', { query: { limit: '100' } })) kinds.add(kind);
    for (const kind of ['route-recorded', 'shadow-run', 'permitted', 'sent', 'answered', 'superseded', 'receipt-given'])
      expect(kinds).toContain(kind);
  });

  it('agrees with the insurers’ own ledger: nothing lost, nothing twice, nothing told that was not released', async () => {
    const ledger = Ledger.open(join(state, 'sandbox', 'ledger.jsonl'));
    const { entries } = ledger;
    const bodies = entries.map((entry) => ledger.body(entry).toString('latin1'));
    ledger.close();
    expect(entries.map(({ via, outcome }) => [via, outcome])).toEqual(entries.map(() => ['crossing', 'taken']));
    const judged = judge(entries);
    expect([judged.totals.doubled, judged.overlapping, judged.totals.adjudicated]).toEqual([0, 0, 5]);

    const claims = entries.flatMap((entry) => entry.claims.map((claim) => ({ insurer: entry.insurer, ...claim })));
    const sent = [...(await claimsOf('M-101')), ...(await claimsOf('M-102'))].concat(
      await claimsOf('M-103'),
      await claimsOf('M-104'),
    );
    expect(claims.map(({ clm01 }) => clm01).sort()).toEqual(
      sent.map(({ transmission }) => transmission?.patientControlNumber ?? 'nothing was sent').sort(),
    );
    const [replacement, replaced] = await claimsOf('M-101');
    const numberOf = (claim: typeof replaced) => claim?.transmission?.patientControlNumber;
    const first = claims.find(({ clm01 }) => clm01 === numberOf(replaced));
    expect(claims.find(({ clm01 }) => clm01 === numberOf(replacement))).toMatchObject({
      ...{ frequency: '7', original: first?.payerClaimNumber, total: 14_000 },
    });
    const [again, refused] = await claimsOf('M-102');
    expect(claims.find(({ clm01 }) => clm01 === numberOf(refused))).toMatchObject({ finding: 'member-unknown' });
    const resent = claims.find(({ clm01 }) => clm01 === numberOf(again));
    expect([resent?.frequency, resent?.original, resent?.finding]).toEqual(['1', undefined, undefined]);

    const all = bodies.join('').toUpperCase();
    expect(all).toContain('BRANDYWINE');
    for (const secret of ['503555011', '503-555-011', '.EXAMPLE', 'M-10', 'MON-', 'INVENTED SIGNED'])
      expect(all).not.toContain(secret);
    for (const { idempotencyKey } of entries) expect(idempotencyKey).toMatch(/^[0-9a-f-]{36}(\.x12)?$/);
  });

  it.skipIf(sshdMissing !== undefined)('went as files over SFTP, and everything was picked up on both sides', () => {
    const connection = JSON.parse(readFileSync(join(crossing, 'connection.json'), 'utf8')) as { readonly kind: string };
    expect(connection.kind).toBe('sftp');
    const left = (directory: string) => readdirSync(join(crossing, directory)).filter((name) => name !== '.left');
    expect([left('in'), left('refused')]).toEqual([[], []]);
    // The last answers may be looked at once more before they are taken away.
    return expect.poll(() => left('out'), { timeout: 10_000 }).toEqual([]);
  });
});
