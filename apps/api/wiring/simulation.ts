import {
  isInReach,
  type SimulatedDocument,
  type SimulatedStanding,
  type Simulation,
  simulateReleaseIn,
} from '#libs/application';
import { type FieldId, fieldOf } from '#libs/catalogue';
import { MOST_SIMULATED, type ReleaseSimulation } from '#libs/contracts';
import { ok, type ReleaseId } from '#libs/kernel';
import type { SimulationUseCases } from '../use-cases/simulation.js';
import { type Desk, notFound, toPracticeContext, within } from './desk.js';

type Totals = ReleaseSimulation['before'];

const named = (field: FieldId) => ({ field, label: fieldOf(field).label });

const totalsOf = (standings: readonly SimulatedStanding[]): Totals => {
  const totals = { goes: 0, held: 0, blocked: 0, fields: { goes: 0, changed: 0, withheld: 0, gaps: 0 } };
  for (const standing of standings) {
    totals[standing.outcome] += 1;
    for (const name of ['goes', 'changed', 'withheld', 'gaps'] as const) totals.fields[name] += standing[name];
  }
  return totals;
};

/** In how many documents each field is named, the commonest first. */
const counted = (lists: readonly (readonly FieldId[])[]): ReleaseSimulation['newlyGoes'] => {
  const documents = new Map<FieldId, number>();
  for (const field of lists.flat()) documents.set(field, (documents.get(field) ?? 0) + 1);
  return [...documents]
    .sort(([, one], [, other]) => other - one)
    .map(([field, count]) => ({ ...named(field), documents: count }));
};

const toDocument = (one: SimulatedDocument): ReleaseSimulation['documents'][number] => ({
  document: one.record.document,
  disclosure: one.record.id,
  kind: one.dossier.content.kind,
  insurer: { id: one.dossier.insurer.id, name: one.dossier.insurer.profile.name },
  format: one.record.format,
  firstServiceOn: one.first,
  lastServiceOn: one.last,
  before: one.before,
  after: one.after,
  newlyGoes: one.newlyGoes.map(named),
  newlyStays: one.newlyStays.map(named),
});

const toSimulation = (release: ReleaseId, simulation: Simulation): ReleaseSimulation => {
  const { client, from, to, documents, truncated } = simulation;
  return {
    ...{ release, client, from, to, truncated },
    before: totalsOf(documents.map(({ before }) => before)),
    after: totalsOf(documents.map(({ after }) => after)),
    newlyGoes: counted(documents.map(({ newlyGoes }) => newlyGoes)),
    newlyStays: counted(documents.map(({ newlyStays }) => newlyStays)),
    documents: documents.map(toDocument),
  };
};

export const simulationUseCases = (desk: Desk): SimulationUseCases => ({
  simulateRelease: (context, release, relation) =>
    within(desk, context, async (transaction) => {
      const record = await transaction.authority.release(release);
      if (record === undefined || !(await isInReach(transaction, context.reach, record.client))) return notFound();
      const request = { context: toPracticeContext(context), release, most: MOST_SIMULATED, ...relation };
      const simulated = await simulateReleaseIn(desk.services, transaction, request);
      return simulated.ok ? ok(toSimulation(release, simulated.value)) : simulated;
    }),
});
