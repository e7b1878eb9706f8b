import {
  type ClientId,
  type ClinicianId,
  failed,
  issue,
  ok,
  type PlainDate,
  type Result,
  type TreatmentId,
} from '#libs/kernel';
import { todayIn } from '../practice/days.js';
import type { TreatmentRecord } from '../ports/records.js';
import type { Services } from '../ports/services.js';
import type { PracticeContext, Transaction } from '../ports/store.js';

export interface Assignment {
  readonly client: ClientId;
  readonly clinician: ClinicianId;
  /** Today without it. */
  readonly from?: PlainDate;
}

/** Records that a clinician treats a client. `already_treats` while an earlier record has no end. */
export const assignClinicianIn = async (
  services: Services,
  transaction: Transaction,
  request: { readonly context: PracticeContext; readonly assignment: Assignment },
): Promise<Result<TreatmentRecord>> => {
  const { actor } = request.context;
  const { client, clinician, from } = request.assignment;
  if (!(await transaction.clients.byIds([client])).has(client)) return failed(issue('not_found', ''));
  if (!(await transaction.practice.clinicians([clinician])).has(clinician))
    return failed(issue('unknown_reference', '/clinician'));
  const known = await transaction.treatments.of(client);
  if (known.some((one) => one.clinician === clinician && one.until === undefined))
    return failed(issue('already_treats', '/clinician'));
  const treatment: TreatmentRecord = {
    id: services.ids.uuid() as TreatmentId,
    ...{ client, clinician },
    from: from ?? (await todayIn(transaction)),
    recordedBy: actor,
    recordedAt: transaction.now,
  };
  await transaction.treatments.add(treatment);
  transaction.ledger.record({ kind: 'clinician-assigned', actor, client, subject: clinician });
  return ok(treatment);
};

export const assignClinician = (
  services: Services,
  context: PracticeContext,
  assignment: Assignment,
): Promise<Result<TreatmentRecord>> =>
  services.store.inPractice(context, (transaction) =>
    assignClinicianIn(services, transaction, { context, assignment }),
  );

/** Records the day on which it is over; today without it. What was recorded stays. */
export const endTreatmentIn = async (
  transaction: Transaction,
  request: { readonly context: PracticeContext; readonly id: TreatmentId; readonly until?: PlainDate },
): Promise<Result<TreatmentRecord>> => {
  const { id, context } = request;
  const treatment = await transaction.treatments.byId(id);
  if (treatment === undefined || treatment.until !== undefined) return failed(issue('not_found', ''));
  const until = request.until ?? (await todayIn(transaction));
  if (until < treatment.from) return failed(issue('until_before_from', '/until'));
  const end = { until, endedBy: context.actor, endedAt: transaction.now };
  if (!(await transaction.treatments.end({ id, ...end }))) return failed(issue('not_found', ''));
  const { client, clinician } = treatment;
  transaction.ledger.record({ kind: 'clinician-ended', actor: context.actor, client, subject: clinician });
  return ok({ ...treatment, ...end });
};
