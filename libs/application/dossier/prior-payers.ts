import { type Adjudication, type Invoice, isSound, type PriorPayer, type ServiceLine } from '#libs/billing';
import { type AnswerKind, claimStands } from '#libs/disclosure';
import type { CoverageId, DisclosureId, InsurerId } from '#libs/kernel';
import {
  type AnswerRecord,
  type CoverageRecord,
  type DisclosureRecord,
  type DocumentContent,
  type DocumentRecord,
  type InsurerRecord,
  isVoid,
} from '../ports/records.js';
import type { Transaction } from '../ports/store.js';

/** The insurer that had the services of an invoice first, and what it decided as far as that is known. */
export interface PriorDossier {
  readonly coverage: CoverageRecord;
  readonly insurer: InsurerRecord;
  readonly adjudication?: Adjudication;
}

/** What an invoice says of a prior payer and the practice does not have; a path, never the id. */
export type MissingPrior = 'priorPayer/coverage' | 'priorPayer/claim';

export const priorOf = (content: DocumentContent): PriorPayer | undefined =>
  content.kind === 'invoice' ? content.invoice.priorPayer : undefined;

/** Claims that were sent to prior payers, and what came back for them. */
export interface PriorClaims {
  readonly records: ReadonlyMap<DisclosureId, DisclosureRecord>;
  readonly documents: ReadonlyMap<DocumentRecord['id'], DocumentRecord>;
  readonly answers: ReadonlyMap<DisclosureId, readonly AnswerRecord[]>;
  /** Whatever was submitted to replace one, to undo it or to say it again. */
  readonly corrections: readonly DisclosureRecord[];
}

const NO_CLAIMS: PriorClaims = { records: new Map(), documents: new Map(), answers: new Map(), corrections: [] };

/** Costs nothing where no invoice names such a claim. */
export const loadPriorClaims = async (
  transaction: Transaction,
  contents: readonly DocumentContent[],
): Promise<PriorClaims> => {
  const claims = [...new Set(contents.flatMap((content) => priorOf(content)?.claim ?? []))];
  if (claims.length === 0) return NO_CLAIMS;
  const records = await transaction.disclosures.byIds(claims);
  const documents = await transaction.documents.byIds([...new Set([...records.values()].map((one) => one.document))]);
  const [answers, corrections] = await Promise.all([
    transaction.answers.of(claims),
    transaction.disclosures.correctionsOf(claims),
  ]);
  return { records, documents, answers, corrections };
};

export interface Known {
  readonly coverages: ReadonlyMap<CoverageId, CoverageRecord>;
  readonly insurers: ReadonlyMap<InsurerId, InsurerRecord>;
  readonly claims: PriorClaims;
}

export const priorDossier = (invoice: Invoice, prior: PriorPayer, known: Known): PriorDossier | MissingPrior => {
  const coverage = known.coverages.get(prior.coverage);
  const insurer = coverage && known.insurers.get(coverage.insurer);
  if (coverage?.client !== invoice.client || insurer === undefined) return 'priorPayer/coverage';
  if (prior.claim === undefined)
    return { coverage, insurer, ...(prior.adjudication ? { adjudication: prior.adjudication } : {}) };
  const record = known.claims.records.get(prior.claim);
  if (record?.client !== invoice.client || record.insurer !== insurer.id || record.format !== 'x12-837p')
    return 'priorPayer/claim';
  const adjudication = decidedOn(invoice, record, known.claims);
  return { coverage, insurer, ...(adjudication ? { adjudication } : {}) };
};

/** By which a payer settles a claim, takes that back or puts it in doubt; the last of them counts. */
const SETTLING: readonly AnswerKind[] = [
  'paid',
  'partly-paid',
  'denied',
  'reversed',
  'forwarded',
  'remittance-unbalanced',
];

/**
 * What that payer decided, by the lines of this invoice. Undefined as long as it has not, when it took its payment back
 * or forwarded the claim itself, when the claim is a void, is being corrected or was, and whenever what it decided is not
 * of these very services, complete and balanced.
 */
const decidedOn = (
  { lines }: Invoice,
  record: DisclosureRecord,
  { documents, answers, corrections }: PriorClaims,
): Adjudication | undefined => {
  const correcting = corrections.filter(({ correction }) => correction?.of === record.id).map(({ state }) => state);
  if (isVoid(record) || !claimStands(record.state, correcting)) return undefined;
  const last = answers.get(record.id)?.findLast(({ kind }) => SETTLING.includes(kind));
  const content = documents.get(record.document)?.content;
  const told = last?.detail.adjudication;
  if (told === undefined || content?.kind !== 'invoice') return undefined;
  const billed = new Map(content.invoice.lines.map((line) => [line.id, line]));
  const decided = told.lines.flatMap((decision) => {
    const before = billed.get(decision.line);
    const now = before && lines.find((line) => isSameService(line, before));
    return now === undefined ? [] : [{ ...decision, line: now.id }];
  });
  const adjudication = { ...told, lines: decided };
  return isSound(lines, adjudication) ? adjudication : undefined;
};

const isSameService = (one: ServiceLine, other: ServiceLine): boolean =>
  one.date === other.date &&
  one.procedure === other.procedure &&
  one.units === other.units &&
  one.charge === other.charge &&
  [...one.modifiers].sort().join() === [...other.modifiers].sort().join();
