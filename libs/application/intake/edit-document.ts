import { editInvoice, editReport, serviceKey } from '#libs/billing';
import type { FormatId, Purpose } from '#libs/catalogue';
import { dateOfInstant, type Issue, unreachable } from '#libs/kernel';
import type { Dossier } from '../dossier/dossier.js';
import type { Keys } from '../ports/keys.js';

/** Everything that is wrong with a document before anybody asks what may be told of it. */
export const editDocument = (dossier: Dossier, now: number): readonly Issue[] => {
  const today = dateOfInstant(now);
  const { content } = dossier;
  switch (content.kind) {
    case 'invoice': {
      const days = dossier.insurer.profile.filingDeadlineDays;
      return editInvoice(content.invoice, {
        today,
        birthDate: dossier.client.identity.birthDate,
        subscriberIsClient: dossier.coverage.terms.relationship === 'self',
        ...(days === undefined ? {} : { filingDeadlineDays: days }),
      });
    }
    case 'treatment-report':
      return editReport(content.report, { today });
    default:
      return unreachable(content);
  }
};

/** Blind indexes of the services that an invoice bills, by which a second invoice for the same is found. */
export const serviceIndexes = (dossier: Dossier, keys: Keys): readonly string[] => {
  const { content, practice, client, clinician, insurer } = dossier;
  if (content.kind !== 'invoice') return [];
  return content.invoice.lines.map((line) => {
    const service = serviceKey({
      practice: practice.id,
      client: client.id,
      clinician: clinician.id,
      date: line.date,
      procedure: line.procedure,
      modifiers: line.modifiers,
    });
    return keys.blindIndex(practice.id, `service:${insurer.id}`, service);
  });
};

/** The format that the insurer takes, unless the submitter names one. */
export const formatFor = (dossier: Dossier, wanted: FormatId | undefined): FormatId => {
  if (wanted !== undefined) return wanted;
  if (dossier.content.kind === 'treatment-report') return 'treatment-report';
  return dossier.insurer.profile.formats.includes('x12-837p') ? 'x12-837p' : 'statement';
};

export const purposeOf = (format: FormatId): Purpose => {
  switch (format) {
    case 'treatment-report':
      return 'COVAUTH';
    case 'receipt':
      return 'PATRQT';
    case 'statement':
    case 'x12-837p':
      return 'HPAYMT';
    default:
      return unreachable(format);
  }
};

/** A report is attested by the clinician who treats; nobody else may submit it. */
export const formatFits = (dossier: Dossier, format: FormatId): boolean =>
  (dossier.content.kind === 'treatment-report') === (format === 'treatment-report');
