/**
 * The fault suite: kills, freezes and cuts off the processes of a built Sluice at every point of the schedule, and lets the
 * insurers' own ledger say what came of it.
 *
 *   node test/faults/run.mjs [--runs 10] [--points K1,K13] [--races 1000] [--jobs 2] [--only points,outages,races,dead]
 *                            [--short] [--planted] [--named <part of a name>] [--json] [--dist <a build>]
 *
 * Exit code 0 only if nothing was lost, doubled, sent without leave or leaked, and every point fired.
 */
import { parseArgs } from 'node:util';
import { sshdMissing } from '../support/sshd-process.mjs';
import { runDeadInsurers } from './dead-insurers.mjs';
import { Ground } from './ground.mjs';
import { POINTS } from './points.mjs';
import { runPlanted, unplantable } from './run-planted.mjs';
import { runOutages, runPoints } from './schedule.mjs';
import { runRaces } from './revocation-races.mjs';
import { builtFrom, Site } from './site.mjs';
import { table } from './table.mjs';

const { values: flags } = parseArgs({
  options: {
    runs: { type: 'string' },
    points: { type: 'string' },
    races: { type: 'string' },
    jobs: { type: 'string', default: '2' },
    only: { type: 'string', default: 'points,outages,races,dead' },
    dist: { type: 'string' },
    short: { type: 'boolean', default: false },
    planted: { type: 'boolean', default: false },
    named: { type: 'string', default: '' },
    json: { type: 'boolean', default: false },
  },
});

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1));

const say = (line) => process.stderr.write(`${line}\n`);
const wants = (part) => flags.only.split(',').includes(part);
const dist = builtFrom(flags.dist);
const site = new Site(dist);

const faults = async (ground) => {
  const runs = Number(flags.runs ?? (flags.short ? 1 : 10));
  const chosen = flags.points?.split(',');
  const report = {
    ok: true,
    redis: ground.redis !== undefined,
    sshd: sshdMissing === undefined,
    points: [],
    outages: [],
  };
  if (wants('points')) report.points = await runPoints(ground, { runs, chosen, jobs: Number(flags.jobs), say });
  if (wants('outages') && chosen === undefined)
    report.outages = await runOutages(ground, {
      runs: flags.short ? 1 : Math.max(1, Math.ceil(runs / 5)),
      jobs: Number(flags.jobs),
      say,
    });
  if (wants('races') && chosen === undefined)
    report.races = await runRaces(ground, { races: Number(flags.races ?? (flags.short ? 50 : 1_000)) });
  if (wants('dead') && chosen === undefined) report.dead = await runDeadInsurers(ground);
  const rows = [...report.points, ...report.outages];
  const { races } = report;
  const scheduled = POINTS.map(({ point }) => point);
  report.unscheduled = [...new Set(rows.flatMap(({ hits }) => hits))].filter((point) => !scheduled.includes(point));
  report.unplantable = unplantable(dist);
  report.ok =
    report.unplantable.length === 0 &&
    rows.every((row) => row.ok) &&
    report.unscheduled.length === 0 &&
    (races === undefined || (races.late.length === 0 && races.sent > 0 && races.stopped > 0)) &&
    (report.dead === undefined || report.dead.ok) &&
    ((report.redis && report.sshd) || process.env.CI !== 'true');
  return report;
};

const main = async () => {
  const ground = await Ground.open(site);
  try {
    const report = flags.planted ? await runPlanted(ground, { dist, named: flags.named, say }) : await faults(ground);
    process.stdout.write(flags.json ? `${JSON.stringify(report)}\n` : table(report));
    return report.ok ? 0 : 1;
  } finally {
    await ground.close();
  }
};

const code = await main().catch((error) => {
  say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return 2;
});
process.exit(code);
