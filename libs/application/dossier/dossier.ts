import { invoiceBag, type Offered, type PriorParty, reportBag } from '#libs/billing';
import type { CodeClasses, FormatId, Purpose, Reveal } from '#libs/catalogue';
import { unreachable } from '#libs/kernel';
import { describe, type DisclosureRequest } from '#libs/release';
import type {
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

/** Everything round one document that a decision or a rendering needs. */
export interface Dossier {
  readonly practice: PracticeRecord;
  readonly content: DocumentContent;
  readonly client: ClientRecord;
  readonly coverage: CoverageRecord;
  readonly insurer: InsurerRecord;
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

/** Loads the dossiers of many documents in a fixed number of round trips, in the order of the documents. */
export const loadDossiers = async (
  transaction: Transaction,
  contents: readonly DocumentContent[],
): Promise<readonly (Dossier | MissingReference)[]> => {
  const parties = contents.map(partiesOf);
  const practice = await transaction.practice.get();
  const clients = await transaction.clients.byIds(unique(parties.map((one) => one.client)));
  const priors = contents.flatMap((content) => priorOf(content)?.coverage ?? []);
  const coverages = await transaction.clients.coverages(unique([...parties.map((one) => one.coverage), ...priors]));
  const clinicians = await transaction.practice.clinicians();
  const insurers = await transaction.practice.insurers(unique([...coverages.values()].map((one) => one.insurer)));
  const claims = await loadPriorClaims(transaction, contents);
  return contents.map((content): Dossier | MissingReference => {
    const party = partiesOf(content);
    const client = clients.get(party.client);
    const coverage = coverages.get(party.coverage);
    const clinician = clinicians.get(party.clinician);
    if (client === undefined) return 'client';
    if (coverage?.client !== client.id) return 'coverage';
    if (clinician === undefined) return 'clinician';
    const insurer = insurers.get(coverage.insurer);
    if (insurer === undefined) return 'insurer';
    const supervisor = clinician.supervisor === undefined ? undefined : clinicians.get(clinician.supervisor);
    const dossier = { practice, content, client, coverage, insurer, clinician, ...(supervisor ? { supervisor } : {}) };
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
  documents: readonly DocumentRecord[],
): Promise<readonly Dossier[]> =>
  (
    await loadDossiers(
      transaction,
      documents.map((one) => one.content),
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
    recipient: { id: insurer.id, class: profile.class },
    purpose: target.purpose,
    format: target.format,
    ...(target.format === 'treatment-report' && profile.reportForm ? { form: profile.reportForm } : {}),
    offers: describe(offered.bag, codes),
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
      reachesRecipient: coverage.insurer === insurer.id,
      agentAgreement: true,
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
  envelopeReveals: [],
  route: { reachesRecipient: true, agentAgreement: true, formatPermitted: true, companionChannel: false },
  part2Program: false,
  subscriberIsClient: true,
});
