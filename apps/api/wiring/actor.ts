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
      const { name: called, timeZone } = await transaction.practice.get();
      const about = { practice: { name: called, timeZone } };
      const id = staffOf(actor);
      const staff = id === undefined ? undefined : (await transaction.practice.staff()).find((one) => one.id === id);
      if (staff === undefined) return about;
      const { name, clinician } = staff;
      return { ...about, name, ...(clinician === undefined ? {} : { clinician }) };
    }),

  recordAccess: (context, event) =>
    within(desk, context, (transaction) => {
      transaction.ledger.record(toLedgerEntry(context.actor, event));
      return Promise.resolve(ok(undefined));
    }),
});
