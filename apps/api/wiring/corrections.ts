import { correctionIn, type Submission } from '#libs/application';
import { ok } from '#libs/kernel';
import type { UseCases } from '../use-cases.js';
import { type Desk, notFound, toClaim, toPracticeContext, within } from './desk.js';
import { recordFor } from './disclosures.js';
import { fromSubmitInvoice, toAccepted } from './document-mappers.js';
import { settled } from './failures.js';

type Correcting = Pick<Submission, 'content' | 'format' | 'correction'>;

/** Corrections go through the gate of every other submission. */
export const correctionUseCases = (desk: Desk): Pick<UseCases, 'correctClaim'> => ({
  correctClaim: async (context, { kind, of, invoice }, idempotency) => {
    const asked = await within<Correcting>(desk, context, async (transaction) => {
      if ((await recordFor(transaction, context, of)) === undefined) return notFound();
      return correctionIn(transaction, {
        ...{ kind, of },
        ...(invoice === undefined ? {} : { content: fromSubmitInvoice(invoice) }),
      });
    });
    if (!asked.ok) return asked;
    const submission = {
      ...asked.value,
      context: toPracticeContext(context),
      idempotency: toClaim(context, idempotency),
    };
    const taken = await settled(desk.services.log, desk.intakes.submit(submission));
    if (!taken.ok) return taken;
    const { kind: how, accepted, status } = taken.value;
    return ok({ status, body: toAccepted(accepted), replayed: how === 'replayed' });
  },
});
