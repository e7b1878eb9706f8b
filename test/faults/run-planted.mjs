import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Batch } from './batch.mjs';
import { PLANTED } from './planted.mjs';
import { runRaces } from './revocation-races.mjs';
import { runInsurerFailure, runPoint, runQueueLoss, runZombie } from './scenario.mjs';
import { Site } from './site.mjs';

/** Hits at which a defect may show, tried until it does. */
const HITS = [1, 2, 3, 4];
const RACES = 40;
const PATIENCE = 25_000;

const scenarioOf = (run, hit) => {
  const plan = { ...run, hit, engine: 'postgres', patience: PATIENCE };
  switch (run.kind) {
    case 'point':
      return (batch) => runPoint(batch, plan);
    case 'zombie':
      return (batch) => runZombie(batch, plan);
    case 'queue':
      return (batch) => runQueueLoss(batch, plan);
    default:
      return (batch) => runInsurerFailure(batch, plan);
  }
};

const seenIn = async (ground, site, { run, seen }) => {
  if (run.kind === 'races') return (await runRaces(ground, { races: RACES, site }))[seen].length > 0;
  for (const hit of run.kind === 'point' || run.kind === 'zombie' ? HITS : HITS.slice(0, 2)) {
    const batch = await Batch.open(ground, site);
    try {
      const result = await scenarioOf(run, hit)(batch);
      if (result[seen].length > 0) return true;
    } finally {
      await batch.close();
    }
  }
  return false;
};

/** Defects whose place is not in the build any more, so that nobody would notice if the suite had become blind to them. */
export const unplantable = (dist) =>
  PLANTED.filter(({ file, changes }) => {
    const text = readFileSync(join(dist, file), 'utf8');
    return changes.some(([from]) => text.split(from).length !== 2);
  }).map(({ name }) => name);

/** Plants every defect whose name has `named` in it in a copy of its own, and looks whether the suite sees it. */
export const runPlanted = async (ground, { dist, named = '', say }) => {
  const planted = [];
  const chosen = PLANTED.filter(({ name }) => name.includes(named));
  for (const defect of chosen) {
    const site = new Site(dist);
    let outcome;
    try {
      site.patch(defect.file, defect.changes);
      outcome = (await seenIn(ground, site, defect)) ? 'caught' : 'MISSED';
    } catch (error) {
      // Only what the oracle saw counts.
      outcome = `NOT RUN: ${error instanceof Error ? error.message.split('\n')[0] : 'failed'}`;
    } finally {
      site.remove();
    }
    planted.push({ name: defect.name, seen: defect.seen, outcome });
    say(`${outcome}: ${defect.name}`);
  }
  const caught = planted.filter(({ outcome }) => outcome === 'caught').length;
  return { ok: chosen.length > 0 && caught === chosen.length, planted, caught };
};
