import type { DispatchHint } from '../ports/queue.js';
import type { SendingServices } from '../ports/services.js';

/** What the queue takes for done though nobody has begun it is due again at once. */
export const giveBack = (services: SendingServices, hint: DispatchHint): Promise<void> =>
  services.store.inPractice({ practice: hint.practice, actor: 'worker' }, (transaction) =>
    transaction.disclosures.redrive(hint.disclosures),
  );
