import { invoiceBag, type Offered, type PriorParty, reportBag } from '#libs/billing';
import type { CodeClasses, FormatId, Purpose, Reveal } from '#libs/catalogue';
import { dateOfInstant, type LaneId, type PlainDate, unreachable } from '#libs/kernel';
import { describe, type DisclosureRequest } from '#libs/release';
import type {
  Agent,
  ClientRecord,
  ClinicianRecord,
  CoverageRecord,
  DisclosureOptions,
  DocumentContent,
  DocumentRecord,
  InsurerRecord,
  PracticeRecord,
} from '../ports/records.js';
import type { Transaction } from '../ports/store.js';
import { loadPriorClaims, type MissingPrior, type PriorDossier, priorDossier, priorOf } from './prior-payers.js';
import { reachedBy } from '../routes/reached-insurers.js';
import { writableFor } from './writable.js';

/** Everything round one document that a decision or a rendering needs. */
export interface Dossier {
  readonly practice: PracticeRecord;
  readonly content: DocumentContent;
  readonly client: ClientRecord;
  readonly coverage: CoverageRecord;
  /** As the route reaches it. */
  readonly insurer: InsurerRecord;
  /** Of the route, where one was recorded; else the insurer's direct one. */
  readonly lane?: LaneId;
  readonly clinician: ClinicianRecord;
  readonly supervisor?: ClinicianRecord;
  /** The insurer that had the services of an invoice first. */
  readonly prior?: PriorDossier;
}

/** What a document refers to and the practice does not have; a path, never the id. */
export type MissingReference = 'client' | 'coverage' | 'clinician' | 'insurer' | MissingPrior;

/** The members that an invoice and a report share. */
export const partiesOf = (content: DocumentContent) => (content.kind === 'invoice' ? content.invoice : content.report);

const unique = <Id>(ids: readonly Id[]): readonly Id[] => [...new Set(ids)];

/**
 * Loads the dossiers of many documents in a fixed number of round trips, in the order of the documents. Without `lanes`
 * each insurer is reached as it is from now on; with them, by the route of that lane.
 */
export const loadDossiers = async (
  transaction: Transaction,
  contents: readonly DocumentContent[],
  lanes?: readonly LaneId[],
): Promise<readonly (Dossier | MissingReference)[]> => {
  const parties = contents.map(partiesOf);
  const priors = contents.flatMap((content) => priorOf(content)?.coverage ?? []);
  const [practice, clients, coverages, clinicians, ofLanes] = await Promise.all([
    transaction.practice.get(),
    transaction.clients.byIds(unique(parties.map((one) => one.client))),
    transaction.clients.coverages(unique([...parties.map((one) => one.coverage), ...priors])),
    transaction.practice.clinicians(),
    lanes === undefined ? undefined : transaction.routes.ofLanes(unique(lanes)),
  ]);
  const reached = unique([...coverages.values()].map((one) => one.insurer));
  const [insurers, current, claims] = await Promise.all([
    transaction.practice.insurers(reached),
    lanes === undefined ? transaction.routes.current(reached) : undefined,
    loadPriorClaims(transaction, contents),
  ]);
  return contents.map((content, index): Dossier | MissingReference => {
    const party = partiesOf(content);
    const client = clients.get(party.client);
    const coverage = coverages.get(party.coverage);
    const clinician = clinicians.get(party.clinician);
    if (client === undefined) return 'client';
    if (coverage?.client !== client.id) return 'coverage';
    if (clinician === undefined) return 'clinician';
    const insurer = insurers.get(coverage.insurer);
    if (insurer === undefined) return 'insurer';
    const lane = lanes?.[index];
    const route = lane === undefined ? current?.get(insurer.id) : ofLanes?.get(lane);
    const supervisor = clinician.supervisor === undefined ? undefined : clinicians.get(clinician.supervisor);
    const dossier: Dossier = {
      ...{ practice, content, client, coverage, clinician, insurer: reachedBy(insurer, route) },
      ...(route === undefined ? {} : { lane: route.lane }),
      ...(supervisor ? { supervisor } : {}),
    };
    if (content.kind !== 'invoice' || content.invoice.priorPayer === undefined) return dossier;
    const { invoice } = content;
    const prior = priorDossier(invoice, content.invoice.priorPayer, { coverages, insurers, claims });
    return typeof prior === 'string' ? prior : { ...dossier, prior };
  });
};

/** For what was accepted before: its references cannot have gone. */
export const dossierOf = (found: Dossier | MissingReference | undefined): Dossier => {
  if (found === undefined || typeof found === 'string') throw new Error('an accepted document lost a reference');
  return found;
};

export const loadAccepted = async (
  transaction: Transaction,
  accepted: readonly { readonly document: DocumentRecord; readonly lane: LaneId }[],
): Promise<readonly Dossier[]> =>
  (
    await loadDossiers(
      transaction,
      accepted.map(({ document }) => document.content),
      accepted.map(({ lane }) => lane),
    )
  ).map(dossierOf);

/** To whom and how: chosen at submission. */
export interface Target {
  readonly purpose: Purpose;
  readonly format: FormatId;
  readonly options: DisclosureOptions;
}

const priorParty = ({ prior }: Dossier): PriorParty | undefined => {
  if (prior === undefined) return undefined;
  const { coverage, insurer, adjudication } = prior;
  const { name, payerId, claimFilingCode } = insurer.profile;
  const payer = { name, id: payerId, planKind: claimFilingCode };
  return { payer, coverage: coverage.terms, ...(adjudication ? { adjudication } : {}) };
};

export const offeredBy = (dossier: Dossier): Offered => {
  const party = { identity: dossier.client.identity, coverage: dossier.coverage.terms };
  switch (dossier.content.kind) {
    case 'invoice':
      return invoiceBag(dossier.content.invoice, party, priorParty(dossier));
    case 'treatment-report':
      return reportBag(dossier.content.report, party);
    default:
      return unreachable(dossier.content);
  }
};

const envelopeReveals = (dossier: Dossier, codes: CodeClasses): readonly Reveal[] | 'unclassified' => {
  const found = new Set<Reveal>();
  for (const taxonomy of [dossier.practice.taxonomy, dossier.clinician.taxonomy]) {
    const reveals = codes.reveals('taxonomy', taxonomy);
    if (reveals === 'unclassified') return 'unclassified';
    for (const one of reveals) found.add(one);
  }
  return [...found].sort();
};

/** From the day on which it was signed, up to but not including the day on which it ends. */
const isInForce = ({ signedOn, endsOn }: Agent['agreement'], today: PlainDate): boolean =>
  signedOn <= today && (endsOn === undefined || today < endsOn);

const STANDARD: readonly FormatId[] = ['x12-837p', 'treatment-report', 'receipt'];

/** The question that `decide` is asked about a dossier. */
export const requestOf = (
  dossier: Dossier,
  target: Target,
  setting: { readonly offered: Offered; readonly codes: CodeClasses; readonly now: number },
): DisclosureRequest => {
  const { practice, client, insurer, coverage, clinician, supervisor } = dossier;
  const { offered, codes, now } = setting;
  const { profile } = insurer;
  return {
    client: client.id,
    discloser: practice.id,
    timeZone: practice.timeZone,
    recipient: { id: insurer.id, class: profile.class },
    purpose: target.purpose,
    format: target.format,
    ...(target.format === 'treatment-report' && profile.reportForm ? { form: profile.reportForm } : {}),
    offers: describe(offered.bag, codes, writableFor(target.format, insurer)),
    serviceDates: offered.serviceDates,
    aboutDates: offered.aboutDates,
    circumstances: offered.circumstances,
    clinicians: [clinician, ...(supervisor ? [supervisor] : [])].map(({ jurisdiction, profession }) => ({
      jurisdiction,
      profession,
    })),
    funding: coverage.funding,
    fundingEvidence: coverage.fundingEvidence,
    envelopeReveals: envelopeReveals(dossier, codes),
    route: {
      // Carved out: what bears this payer id, the clearinghouse takes to somebody else.
      reachesRecipient:
        coverage.insurer === insurer.id && (insurer.agent?.resolvesTo ?? profile.payerId) === profile.payerId,
      agentAgreement:
        insurer.agent === undefined || isInForce(insurer.agent.agreement, dateOfInstant(now, practice.timeZone)),
      formatPermitted:
        profile.formats.includes(target.format) &&
        (STANDARD.includes(target.format) || profile.permittedChannels.some((one) => one.format === target.format)),
      companionChannel: profile.companionChannel,
    },
    part2Program: practice.part2Program,
    subscriberIsClient: coverage.terms.relationship === 'self',
    useMarkers: target.options.useMarkers,
    excludedLines: target.options.excludedLines,
    now,
  };
};

/**
 * The question about the client’s own copy. It goes from hand to hand, so no route can lead it astray; what the envelope
 * gives away the client knows, and the rules of part 2 do not stand between patient and record (42 CFR 2.23).
 */
export const requestOfClient = (
  dossier: Dossier,
  target: Target,
  setting: { readonly offered: Offered; readonly codes: CodeClasses; readonly now: number },
): DisclosureRequest => ({
  ...requestOf(dossier, target, setting),
  recipient: { id: dossier.client.id, class: 'client' },
  // Whoever asks says on what it is given.
  offers: describe(setting.offered.bag, setting.codes),
  envelopeReveals: [],
  route: { reachesRecipient: true, agentAgreement: true, formatPermitted: true, companionChannel: false },
  part2Program: false,
  subscriberIsClient: true,
});
