import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { sshdMissing } from '../support/sshd-process.mjs';

interface Row {
  readonly point: string;
  readonly struck: number;
  readonly accepted: number;
  readonly adjudicated: number;
  readonly held: number;
  readonly failures: readonly string[];
}

interface Report {
  readonly ok: boolean;
  readonly redis: boolean;
  readonly sshd: boolean;
  readonly points: readonly Row[];
  readonly outages: readonly Row[];
  readonly dead: { readonly claims: number; readonly beside: { readonly arrived: number }; readonly ok: boolean };
  readonly unscheduled: readonly string[];
  readonly unplantable: readonly string[];
  readonly races: {
    readonly races: number;
    readonly sent: number;
    readonly stopped: number;
    readonly late: readonly string[];
  };
}

/** Stopped at each of these the processes must neither lose nor double anything. */
const POINTS = [
  'K1',
  'K2',
  'K3',
  'K4',
  'K5',
  'K6',
  'K7',
  'K8',
  'K9',
  'K10',
  'K11',
  'K12',
  'K13',
  'K14',
  'K15',
  'K16',
  'K17',
  'K18',
  'K23',
  'K12 (inbox, worker)',
  'K12 (inbox, gateway)',
  'K13 (inbox, gateway)',
  'K17 (inbox, gateway)',
];

/** At an insurer that takes files; they need an SSH server. */
const FILE_POINTS = ['K19', 'K20', 'K21', 'K22', 'K24', 'K25', 'K26'];

const OUTAGES = [
  'freeze at K13',
  'freeze at K17',
  'queue forgets',
  'database dies',
  'answers lost',
  'connections break',
];

/** The short form, on the built program. */
const runShort = (): Promise<Report> =>
  new Promise((resolve, reject) => {
    const suite = fileURLToPath(new URL('run.mjs', import.meta.url));
    const child = spawn(process.execPath, [suite, '--short', '--json', '--jobs', '3'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    let complaints = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text));
    child.once('error', reject);
    child.once('close', () => {
      try {
        resolve(JSON.parse(said) as Report);
      } catch {
        reject(new Error(`the fault suite did not come to an end: ${complaints.slice(-4_000)}`));
      }
    });
  });

let report: Report;

beforeAll(async () => {
  report = await runShort();
}, 900_000);

const rowsOf = (name: string): readonly Row[] =>
  [...report.points, ...report.outages].filter(
    ({ point }) => point === name || (!POINTS.includes(point) && point.startsWith(`${name} (`)),
  );

describe.each([...POINTS, ...(sshdMissing === undefined ? FILE_POINTS : []), ...OUTAGES])('%s', (name) => {
  it('is reached, and nothing is lost, doubled, sent without leave or seen by anybody', () => {
    const rows = rowsOf(name);
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) {
      expect(row.failures).toEqual([]);
      expect(row.struck).toBeGreaterThan(0);
      expect(row.adjudicated).toBeGreaterThan(0);
      expect(row.held).toBeGreaterThan(0);
    }
  });
});

describe('the schedule', () => {
  it('knows every point that the program has', () => {
    expect(report.unscheduled).toEqual([]);
  });

  it('could still have every planted defect', () => {
    expect(report.unplantable).toEqual([]);
  });

  it.skipIf(sshdMissing === undefined)(sshdMissing ?? 'has an SSH server', () => undefined);

  it('has both engines and an SSH server, at least in CI', () => {
    expect(report.sshd || process.env['CI'] !== 'true').toBe(true);
    expect(report.redis || process.env['CI'] !== 'true').toBe(true);
  });
});

describe('a revocation against a dispatch', () => {
  it('never loses to one that was permitted after it, and each of them wins at times', () => {
    expect(report.races.late).toEqual([]);
    expect(report.races.sent).toBeGreaterThan(0);
    expect(report.races.stopped).toBeGreaterThan(0);
  });
});

describe('fifty dead insurers', () => {
  it('do not slow the fifty-first', () => {
    expect(report.dead.beside.arrived).toBe(report.dead.claims);
    expect(report.dead.ok, JSON.stringify(report.dead)).toBe(true);
  });
});
