/** Goes through the points and the outages, many runs on one batch, and adds up what the oracle said. */
import { sshdMissing } from '../support/sshd-process.mjs';
import { Batch } from './batch.mjs';
import { judge } from './oracle.mjs';
import { CUTS, nameOf, POINTS } from './points.mjs';
import { runInsurerFailure, runPoint, runPostgresKill, runQueueLoss, runZombie } from './scenario.mjs';

/** Runs that follow each other on one database and one sandbox. */
const RUNS_OF_A_BATCH = 20;

const FAILURES = ['lost', 'doubled', 'phantom', 'leaked', 'broken'];

const newRow = (point, at) => ({
  point,
  at,
  runs: 0,
  struck: 0,
  accepted: 0,
  adjudicated: 0,
  held: 0,
  parked: 0,
  lost: 0,
  doubled: 0,
  phantom: 0,
  leaked: 0,
  broken: 0,
  recovery: [],
  hits: [],
  failures: [],
});

const addTo = (row, result) => {
  row.runs += 1;
  if (result.struck) row.struck += 1;
  row.hits = [...new Set([...row.hits, ...result.hits])];
  if (result.recovery !== undefined && result.struck) row.recovery.push(Math.round(result.recovery));
  for (const name of ['accepted', 'adjudicated', 'held', 'parked']) row[name] += result[name];
  for (const name of FAILURES) {
    row[name] += result[name].length;
    row.failures.push(...result[name].map((text) => `${name}: ${text}`));
  }
};

const close = (row) => ({ ...row, ok: row.struck > 0 && row.failures.length === 0 });

/** A run that could not be carried out proves nothing, and says so. */
const attempt = async (row, run) => {
  try {
    const result = await run();
    addTo(row, result);
    return result;
  } catch (error) {
    row.runs += 1;
    row.broken += 1;
    row.failures.push(`broken: ${error instanceof Error ? error.message : 'the run failed'}`);
    return undefined;
  }
};

/** Batches that are opened when they are needed, judged as a whole at their end, and given back. */
class Batches {
  constructor(ground, ways = {}) {
    Object.assign(this, { ground, ways, used: 0, rows: [] });
  }

  /** `row`: whose run it is for. */
  async next(row) {
    if (this.batch !== undefined && this.used % RUNS_OF_A_BATCH === 0) await this.close();
    this.batch ??= await Batch.open(this.ground, this.ground.site, this.ways);
    this.used += 1;
    if (!this.rows.includes(row)) this.rows.push(row);
    return this.batch;
  }

  /** What went wrong long after its own run was judged is found here, and told of the last point. */
  async close() {
    if (this.batch === undefined) return;
    const { batch, rows } = this;
    this.batch = undefined;
    this.rows = [];
    const known = new Set(rows.flatMap(({ failures }) => failures));
    const last = rows.at(-1);
    const tell = (name, texts) => {
      const late = texts.map((text) => `${name}: ${text}`).filter((text) => !known.has(text));
      last[name] += late.length;
      last.failures.push(...late);
    };
    try {
      const whole = await judge(batch);
      for (const name of FAILURES) tell(name, whole[name]);
    } catch {
      tell('broken', ['a batch could not be judged']);
    }
    await batch.close();
  }
}

/** The next hit after one that struck, the first after one that did not: until it no longer fires, and again. */
const pointRow = async (batches, { definition, runs, offset }) => {
  const row = newRow(nameOf(definition), definition.at);
  const { redis } = batches.ground;
  let hit = 1;
  for (let run = 0; run < runs; run += 1) {
    const engine = redis !== undefined && (run + offset) % 2 === 1 ? 'redis' : 'postgres';
    const cut = definition.point === 'K15' ? CUTS[run % CUTS.length] : undefined;
    const batch = await batches.next(row);
    const result = await attempt(row, () =>
      runPoint(batch, { ...definition, hit, engine, deaf: run % 2 === 0, ...(cut === undefined ? {} : { cut }) }),
    );
    hit = result?.struck ? hit + 1 : 1;
  }
  return row;
};

const summary = (row) => `${row.point} ${row.ok ? 'ok' : 'FAILED'} (${row.struck} of ${row.runs} struck)`;

const tell = (say, row) => {
  say(summary(row));
  for (const failure of row.failures) say(`  ${failure}`);
};

/** Several points at once, in batches of their own; most of a run is waiting for leases to end. */
export const runPoints = async (ground, { runs, chosen, jobs, say }) => {
  const definitions = POINTS.filter(
    ({ point, files }) =>
      (chosen === undefined || chosen.includes(point)) && (files !== true || sshdMissing === undefined),
  );
  const rows = new Map();
  const waiting = definitions.map((definition, offset) => ({ definition, offset }));
  const work = async () => {
    const kept = new Map();
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const { files = false, answers = false, inbox = false, together = false } = next.definition;
      const ways = { files, answers, inbox, together };
      const batches = kept.get(JSON.stringify(ways)) ?? new Batches(ground, ways);
      kept.set(JSON.stringify(ways), batches);
      const row = await pointRow(batches, { ...next, runs });
      rows.set(row.point, row);
      tell(say, close(row));
    }
    for (const batches of kept.values()) await batches.close();
  };
  await Promise.all(Array.from({ length: jobs }, work));
  return definitions.map((definition) => close(rows.get(nameOf(definition))));
};

const outages = (ground) => [
  {
    name: 'freeze at K13',
    at: 'frozen after INTENT, replaced, and let go on',
    run: (batch, plan) => runZombie(batch, { ...plan, point: 'K13' }),
    engines: ['postgres'],
  },
  {
    name: 'freeze at K17',
    at: 'frozen after the response, replaced, and let go on',
    run: (batch, plan) => runZombie(batch, { ...plan, point: 'K17' }),
    engines: ['postgres'],
  },
  {
    name: 'queue forgets',
    at: 'every job is lost, eight times',
    run: runQueueLoss,
    shared: true,
    engines: ['postgres', ...(ground.redis ? ['redis'] : [])],
  },
  { name: 'database dies', at: 'postmaster killed twice', run: runPostgresKill, shared: true, engines: ['postgres'] },
  {
    name: 'answers lost',
    at: 'insurers take in and never answer',
    run: (batch, plan) => runInsurerFailure(batch, { ...plan, behaviour: { mode: 'lossy', every: 1 } }),
    engines: ['postgres'],
  },
  {
    name: 'connections break',
    at: 'insurers break every connection',
    run: (batch, plan) =>
      runInsurerFailure(batch, { ...plan, behaviour: { mode: 'down', refuse: true, scope: 'submissions' } }),
    engines: ['postgres'],
  },
];

const outageRow = async (ground, { name, at, run, engine, engines }, runs) => {
  const row = newRow(engines.length > 1 ? `${name} (${engine})` : name, at);
  const batches = new Batches(ground);
  for (let hit = 1; hit <= runs; hit += 1) {
    const batch = await batches.next(row);
    await attempt(row, () => run(batch, { engine, hit }));
  }
  await batches.close();
  return close(row);
};

/** First those that disturb nobody else, several at once; then one after the other those that strike what all stand on. */
export const runOutages = async (ground, { runs, jobs, say }) => {
  const all = outages(ground).flatMap((outage) => outage.engines.map((engine) => ({ ...outage, engine })));
  const rows = [];
  const workOff = async (waiting) => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const row = await outageRow(ground, next, runs);
      rows.push(row);
      tell(say, row);
    }
  };
  const apart = all.filter(({ shared }) => shared !== true);
  await Promise.all(Array.from({ length: jobs }, () => workOff(apart)));
  await workOff(all.filter(({ shared }) => shared === true));
  return rows;
};
