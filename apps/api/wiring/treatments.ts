import {
  assignClinicianIn,
  endTreatmentIn,
  isInReach,
  type Receipt,
  type Transaction,
  type TreatmentRecord,
} from '#libs/application';
import { type ClientId, ok, type Result, type TreatmentId } from '#libs/kernel';
import type { TreatmentView } from '#libs/contracts';
import type { TreatmentUseCases } from '../use-cases/treatments.js';
import type { RequestContext } from '../use-cases/asked.js';
import { createdOnce, type Desk, idIn, notFound, toInstant, toPracticeContext, within } from './desk.js';

const toTreatmentView = ({ recordedAt, endedAt, ...treatment }: TreatmentRecord): TreatmentView => ({
  ...treatment,
  recordedAt: toInstant(recordedAt),
  ...(endedAt === undefined ? {} : { endedAt: toInstant(endedAt) }),
});

/** Administrators see no client, but who treats one, in ids. */
const isThere = async (transaction: Transaction, context: RequestContext, client: ClientId): Promise<boolean> =>
  (await transaction.clients.byIds([client])).has(client) &&
  (context.roles.includes('administrator') || (await isInReach(transaction, context.reach, client)));

const shown = async (transaction: Transaction, receipt: Receipt): Promise<Result<TreatmentView>> => {
  const id = idIn<TreatmentId>(receipt, 'treatment');
  const treatment = id === undefined ? undefined : await transaction.treatments.byId(id);
  return treatment === undefined ? notFound() : ok(toTreatmentView(treatment));
};

export const treatmentUseCases = (desk: Desk): TreatmentUseCases => ({
  listTreatments: (context, client) =>
    within(desk, context, async (transaction) =>
      (await isThere(transaction, context, client))
        ? ok((await transaction.treatments.of(client)).map(toTreatmentView))
        : notFound(),
    ),

  assignClinician: (context, { client, assignment }, idempotency) =>
    createdOnce(
      desk,
      { context, idempotency },
      {
        run: async (transaction) => {
          const request = { context: toPracticeContext(context), assignment: { ...assignment, client } };
          const assigned = await assignClinicianIn(desk.services, transaction, request);
          return assigned.ok ? ok({ treatment: assigned.value.id }) : assigned;
        },
        show: shown,
      },
    ),

  endTreatment: (context, id, ending) =>
    within(desk, context, async (transaction) => {
      const ended = await endTreatmentIn(transaction, { context: toPracticeContext(context), id, ...ending });
      return ended.ok ? ok(toTreatmentView(ended.value)) : ended;
    }),
});
