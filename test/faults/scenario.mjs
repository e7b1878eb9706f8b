/** One run: documents go in, something is stopped at a point, everything is started again, and the oracle judges. */
import { setTimeout as sleep } from 'node:timers/promises';
import { submitAll } from './client.mjs';
import { until } from './children.mjs';
import { query } from './ground.mjs';
import { hasStruck, hitsOf } from './fault-log.mjs';
import { isAnswered, isQuiet, judge, scanStores } from './oracle.mjs';

/** Longest time until everything has come to rest, unless the plan says. */
const PATIENCE = 60_000;

const settle = async (batch, documents, { workers, patience = PATIENCE }) => {
  const began = performance.now();
  const quiet = await until(
    async () =>
      ((await isQuiet(batch, documents)) && (!batch.answers || (await isAnswered(batch)))) ||
      workers.every((one) => !one.isRunning),
    patience,
    150,
  );
  return { quiet: Boolean(quiet), milliseconds: performance.now() - began };
};

const stopAll = async (workers) => {
  const ends = await Promise.all(workers.map((worker) => worker.stop()));
  return ends.filter(({ code, signal }) => code !== 0 && signal !== 'SIGKILL').length;
};

const report = async (batch, documents, run) => {
  const verdict = await judge(batch, documents);
  if (run.unclean > 0) verdict.broken.push('a worker did not end cleanly');
  return { ...run, ...verdict };
};

const specOf = ({ point, hit, how = 'kill', cut }) => [point, hit, how, ...(cut === undefined ? [] : [cut])].join(':');

/** The gateway is killed; the worker lives. */
const killApi = async (batch, plan) => {
  const documents = await batch.newDocuments();
  const worker = await batch.standingWorker(plan.engine);
  const apis = await submitAll(batch, documents, { fault: specOf(plan), bulk: plan.bulk });
  const settled = await settle(batch, documents, { workers: [worker], patience: plan.patience });
  const run = {
    struck: hasStruck(apis[0]),
    recovery: settled.milliseconds,
    unclean: 0,
    hits: hitsOf([...apis, worker]),
  };
  return report(batch, documents, run);
};

/** The worker is killed at the point, and another takes over. */
const killWorker = async (batch, plan) => {
  const documents = await batch.newDocuments();
  // What is to go together has to be there together.
  const before = plan.together ? await submitAll(batch, documents) : undefined;
  const first = await batch.startWorker({ engine: plan.engine, fault: specOf(plan) });
  const apis = before ?? (await submitAll(batch, documents));
  batch.inboxInsurer?.comeTo(async () => (await batch.standingApi()).url);
  await until(
    async () =>
      !first.isRunning || ((await isQuiet(batch, documents)) && (!batch.answers || (await isAnswered(batch)))),
    30_000,
    100,
  );
  const struck = hasStruck(first);
  const died = performance.now();
  if (!struck && !first.isRunning) throw new Error(`the worker ended by itself: ${first.said.slice(-2_000)}`);
  if (struck) await scanStores(batch, 'after the kill');
  const second = struck ? await batch.startWorker({ engine: plan.engine }) : undefined;
  const workers = second === undefined ? [first] : [second];
  await settle(batch, documents, { workers, patience: plan.patience });
  await batch.inboxInsurer?.leave();
  const recovery = performance.now() - died;
  const unclean = await stopAll(workers);
  return report(batch, documents, { struck, recovery, unclean, hits: hitsOf([first, ...workers, ...apis]) });
};

/** The gateway is killed while an insurer fetches from it; the insurer goes on at another one. */
const killFetched = async (batch, plan) => {
  const documents = await batch.newDocuments();
  const worker = await batch.standingWorker(plan.engine);
  const apis = await submitAll(batch, documents);
  const fetched = await batch.startApi({ fault: specOf(plan) });
  const died = performance.now();
  batch.inboxInsurer.comeTo(async () => (fetched.isRunning ? fetched : await batch.standingApi()).url);
  const settled = await settle(batch, documents, { workers: [worker], patience: plan.patience });
  await batch.inboxInsurer.leave();
  const run = {
    struck: hasStruck(fetched),
    recovery: performance.now() - died,
    unclean: settled.quiet ? 0 : 1,
    hits: hitsOf([...apis, fetched, worker]),
  };
  if (fetched.isRunning) await fetched.stop();
  return report(batch, documents, run);
};

export const runPoint = async (batch, plan) => {
  await batch.behaveAll({ mode: 'answers' }, { deaf: !plan.answers && (plan.deaf ?? true) });
  if (plan.process === 'gateway') return killFetched(batch, plan);
  if (plan.process !== 'api' && !(await batch.retireWorker())) throw new Error('a worker did not end cleanly');
  return plan.process === 'api' ? killApi(batch, plan) : killWorker(batch, plan);
};

/** Stopped, not dead: another worker takes over, then the first goes on and must find that it may not. */
export const runZombie = async (batch, plan) => {
  await batch.behaveAll({ mode: 'answers' }, { deaf: true });
  const documents = await batch.newDocuments();
  const zombie = await batch.startWorker({ engine: plan.engine, fault: specOf({ ...plan, how: 'stop' }) });
  await submitAll(batch, documents);
  const struck = Boolean(await until(() => hasStruck(zombie), 20_000));
  const other = await batch.startWorker({ engine: plan.engine });
  const settled = await settle(batch, documents, { workers: [other], patience: plan.patience });
  zombie.signal('SIGCONT');
  await sleep(3_000);
  const again = await settle(batch, documents, { workers: [other], patience: plan.patience });
  const unclean = await stopAll([zombie, other]);
  return report(batch, documents, { struck, recovery: settled.milliseconds + again.milliseconds, unclean, hits: [] });
};

/** Something else than a process of ours fails while documents go in and out. `disturb` returns when it has. */
const runDisturbed = async (batch, plan, disturb) => {
  await batch.behaveAll(plan.behaviour ?? { mode: 'answers' }, { deaf: true });
  const documents = await batch.newDocuments();
  const more = await batch.newDocuments();
  const worker = await batch.startWorker({ engine: plan.engine, settings: plan.settings });
  const [, struck] = await Promise.all([submitAll(batch, documents), disturb(worker)]);
  await submitAll(batch, more);
  const all = [...documents, ...more];
  const settled = await settle(batch, all, { workers: [worker], patience: plan.patience });
  const unclean = await stopAll([worker]);
  return report(batch, all, { struck, recovery: settled.milliseconds, unclean, hits: [] });
};

/** Lanes whose hints were given to the queue and are not worked off yet. */
const lanesInQueue = async (batch) => {
  const [row] = await query(
    batch.database.superuserUrl,
    'SELECT count(DISTINCT lane_id)::integer AS lanes FROM outbox WHERE published_at IS NOT NULL',
  );
  return row.lanes;
};

/** What the queue knows is forgotten, again and again. The worker has one place: of two lanes, one is still in the queue. */
export const runQueueLoss = (batch, plan) =>
  runDisturbed(batch, { ...plan, settings: { SLUICE_WORKER_DISPATCH_CONCURRENCY: '1' } }, async (worker) => {
    let lost = 0;
    for (let round = 0; round < 8; round += 1) {
      const found = await until(async () => (await lanesInQueue(batch)) > 1, 3_000, 5);
      worker.signal('SIGSTOP');
      const forgotten = plan.engine === 'redis' ? await flushRedis(batch) : await truncateQueue(batch);
      if (found && (await lanesInQueue(batch)) > 1) lost += forgotten;
      worker.signal('SIGCONT');
    }
    return lost > 0;
  });

const flushRedis = async (batch) => ((await batch.ground.redis.flush()).includes('OK') ? 1 : 0);

const truncateQueue = async (batch) => {
  const tables = await query(
    batch.database.superuserUrl,
    `SELECT 'bullmq.' || quote_ident(table_name) AS name FROM information_schema.tables WHERE table_schema = 'bullmq' AND table_type = 'BASE TABLE' AND table_name NOT LIKE '%migration%' AND table_name NOT LIKE '%schema%'`,
  );
  if (tables.length === 0) return 0;
  await query(batch.database.superuserUrl, `TRUNCATE ${tables.map(({ name }) => name).join(', ')}`);
  return 1;
};

/** Something of the newest documents was accepted. */
const underWay = (batch) => until(() => batch.newest.some(({ answer }) => answer !== undefined), 20_000, 10);

/** The database dies as in a power cut, twice, and comes back. */
export const runPostgresKill = (batch, plan) =>
  runDisturbed(batch, plan, async () => {
    let killed = 0;
    for (let round = 0; round < 2; round += 1) {
      await underWay(batch);
      await sleep(100 * round);
      const pid = await batch.ground.killPostgres();
      killed += 1;
      await until(() => batch.ground.admin('SELECT 1').catch(() => undefined), 60_000, 200);
      if (pid === (await batch.ground.postmaster())) throw new Error('the database did not die');
    }
    return killed === 2;
  });

/** Some attempt ended so that nobody can tell whether it arrived. */
const hasAmbiguous = async (batch) =>
  (await query(batch.database.superuserUrl, `SELECT 1 FROM attempt WHERE outcome = 'ambiguous' LIMIT 1`)).length > 0;

/** Insurers take everything in and adjudicate it, and every answer is lost; then they come to their senses. */
export const runInsurerFailure = (batch, plan) =>
  runDisturbed(batch, plan, async () => {
    await underWay(batch);
    const ambiguous = await until(() => hasAmbiguous(batch), 10_000);
    await sleep(1_500);
    await batch.behaveAll({ mode: 'answers' }, { deaf: true });
    return Boolean(ambiguous);
  });
