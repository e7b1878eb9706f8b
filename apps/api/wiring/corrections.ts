import { correctionIn, type Submission, type Transaction, validateSubmissionsIn } from '#libs/application';
import { failed, issue, ok, type Result } from '#libs/kernel';
import type { AskedCorrection, CorrectionUseCases } from '../use-cases/corrections.js';
import type { RequestContext } from '../use-cases/asked.js';
import { type Desk, notFound, toClaim, toPracticeContext, within } from './desk.js';
import { recordFor } from './disclosures.js';
import { fromSubmitInvoice, toAccepted, toValidated } from './document-mappers.js';
import { settled } from './failures.js';

type Correcting = Pick<Submission, 'content' | 'format' | 'correction'>;

const askedFor = async (
  transaction: Transaction,
  context: RequestContext,
  { kind, of, invoice }: AskedCorrection,
): Promise<Result<Correcting>> => {
  if ((await recordFor(transaction, context, of)) === undefined) return notFound();
  return correctionIn(transaction, {
    ...{ kind, of },
    ...(invoice === undefined ? {} : { content: fromSubmitInvoice(invoice) }),
  });
};

/** Corrections go through the gate of every other submission. */
export const correctionUseCases = (desk: Desk): CorrectionUseCases => ({
  correctClaim: async (context, correction, idempotency) => {
    const asked = await within<Correcting>(desk, context, (transaction) => askedFor(transaction, context, correction));
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

  validateCorrection: (context, correction) =>
    within(desk, context, async (transaction) => {
      const asked = await askedFor(transaction, context, correction);
      if (!asked.ok) return asked;
      const [checked] = await validateSubmissionsIn(desk.services, transaction, [asked.value]);
      if (checked === undefined) return failed(issue('not_accepted', ''));
      return checked.ok ? ok(toValidated(checked.value)) : checked;
    }),
});
