import { seal, type Sealed } from '#libs/disclosure';
import { failed, type InsurerId, issue, ok, type Result, type TransmissionId } from '#libs/kernel';
import { purposeOf } from '../intake/edit-document.js';
import { judge } from '../judgement/judge.js';
import { type InsurerRecord, NOTHING_CHOSEN } from '../ports/records.js';
import type { PullServices } from '../ports/services.js';
import type { PracticeContext, Transaction } from '../ports/store.js';
import type { SendOutcome, Transport } from '../ports/transport.js';
import { reachedBy } from '../routes/reached-insurers.js';
import { rulesetOf } from '../rules/rule-book.js';
import { inventedClaim } from './invented-claim.js';
import { numbersOf, sealingNames, SERIES } from './numbers.js';
import { grantPermit } from './permit.js';
import { renderDisclosed } from './render-disclosed.js';
import { toldBy } from './told-by.js';

export interface SentTestClaim {
  /** As it was reached. */
  readonly insurer: InsurerRecord;
  /** ISA13, by which the insurer finds it. */
  readonly interchange: string;
  readonly outcome: SendOutcome;
}

interface Asked {
  readonly context: PracticeContext;
  readonly insurer: InsurerId;
}

type Sending = Pick<PullServices, 'store' | 'ids' | 'book' | 'keys' | 'monotonic' | 'quarantined' | 'log'>;

/**
 * Sends an insurer a claim about nobody, marked as a test, over the connection by which it is reached now: decided,
 * rendered and sealed as any other, once, and never repeated. It is in the ledger before the first byte, and what became
 * of it after. What the insurer answers later belongs to no disclosure and is set aside.
 *
 * `not_found`; `test_claim_unsupported`: it takes no 837P, or comes for what it is sent; `clinician_missing`;
 * `test_claim_held`: nothing may go by this route; `temporarily_unavailable`: a restored database is not reconciled.
 */
export const sendTestClaim = async (
  services: Sending,
  send: Transport['send'],
  asked: Asked,
): Promise<Result<SentTestClaim>> => {
  const { context, insurer: id } = asked;
  if (await services.quarantined()) return failed(issue('temporarily_unavailable', ''));
  const transmission = services.ids.uuid() as TransmissionId;
  const permittedAt = services.monotonic();
  const made = await services.store.inPractice(context, async (transaction) => {
    const prepared = await prepare(services, transaction, { ...asked, transmission });
    if (prepared.ok)
      transaction.ledger.record({
        ...{ kind: 'test-claim-sent', actor: context.actor, insurer: id, subject: transmission },
        codes: [prepared.value.sealed.record.digest],
      });
    return prepared;
  });
  if (!made.ok) return made;
  const { insurer, sealed, interchange } = made.value;
  const permit = grantPermit({ transmission, attempt: services.ids.uuid(), ordinal: 1, permittedAt });
  const outcome = await toldBy(services.log, transmission, () => send(sealed, permit, insurer));
  await services.store.inPractice(context, ({ ledger }) => {
    ledger.record({
      ...{ kind: 'test-claim-answered', actor: context.actor, insurer: id, subject: transmission },
      codes: [outcome.kind, ...('code' in outcome ? [outcome.code] : [])],
    });
    return Promise.resolve();
  });
  return ok({ insurer, interchange, outcome });
};

const FORMAT = 'x12-837p';

interface Prepared {
  readonly insurer: InsurerRecord;
  readonly sealed: Sealed;
  readonly interchange: string;
}

const prepare = async (
  services: Sending,
  { practice, routes, transmissions, now }: Transaction,
  asked: Asked & { readonly transmission: TransmissionId },
): Promise<Result<Prepared>> => {
  const { insurer: id, transmission } = asked;
  const found = (await practice.insurers([id])).get(id);
  if (found === undefined) return failed(issue('not_found', ''));
  const insurer = reachedBy(found, (await routes.current([id])).get(id));
  if (insurer.connection.kind === 'inbox' || !insurer.profile.formats.includes(FORMAT))
    return failed(issue('test_claim_unsupported', ''));
  const [own, clinicians] = await Promise.all([practice.get(), practice.clinicians()]);
  const [clinician] = [...clinicians.values()].filter(({ supervisor }) => supervisor === undefined);
  if (clinician === undefined) return failed(issue('clinician_missing', ''));
  const invented = inventedClaim(services, { practice: own, clinician, insurer, now });
  if (!invented.ok) return invented;
  const { dossier, authority } = invented.value;
  // A ceiling protects whoever is told of, and here is nobody.
  const ruleset = { ...rulesetOf(services.book, []), ceilings: [] };
  const target = { purpose: purposeOf(FORMAT), format: FORMAT, options: NOTHING_CHOSEN } as const;
  const judgement = judge(dossier, target, { authority, ruleset, now });
  if (judgement.decision.outcome !== 'send') return failed(issue('test_claim_held', ''));
  const number = await transmissions.takeNumbers(SERIES, 1);
  const numbers = numbersOf(services.keys, { practice: own, insurer, number });
  const reference = services.ids.uuid();
  const made = renderDisclosed({
    ...{ dossier, judgement, reference, numbers, now, releases: authority.releases, notices: services.book.notices },
    salt: new TextEncoder().encode(services.ids.uuid()),
    resubmission: { frequency: '1' },
  });
  if (!made.ok) return made;
  const names = sealingNames(transmission, { idempotencyKey: services.ids.uuid(), reference, numbers });
  return ok({ insurer, sealed: seal(made.value.rendered, names), interchange: numbers.interchangeControlNumber });
};
