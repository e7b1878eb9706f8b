import { ok, unreachable } from '#libs/kernel';
import type { LedgerEntry } from '#libs/application';
import type { AccessEvent, ActorUseCases } from '../use-cases/actor.js';
import { type Desk, within } from './desk.js';
import { staffOf } from './practice.js';

const toLedgerEntry = (actor: string, event: AccessEvent): LedgerEntry => {
  switch (event.kind) {
    case 'signed-in':
      return { kind: event.kind, actor, ...(event.subject === undefined ? {} : { subject: event.subject }) };
    case 'settings-changed':
      return { kind: event.kind, actor, subject: event.subject, codes: [event.code] };
    default:
      return unreachable(event);
  }
};

export const actorUseCases = (desk: Desk): ActorUseCases => ({
  describeActor: ({ practice, actor }) =>
    desk.services.store.inPractice({ practice, actor }, async (transaction) => {
      const { name: practiceName } = await transaction.practice.get();
      const id = staffOf(actor);
      const staff = id === undefined ? undefined : (await transaction.practice.staff()).find((one) => one.id === id);
      if (staff === undefined) return { practiceName };
      const { name, clinician } = staff;
      return { practiceName, name, ...(clinician === undefined ? {} : { clinician }) };
    }),

  recordAccess: (context, event) =>
    within(desk, context, (transaction) => {
      transaction.ledger.record(toLedgerEntry(context.actor, event));
      return Promise.resolve(ok(undefined));
    }),
});
