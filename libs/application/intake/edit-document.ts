import { editInvoice, editReport, serviceKey } from '#libs/billing';
import type { FormatId, Purpose } from '#libs/catalogue';
import { dateOfInstant, failed, issue, type Issue, ok, type Result, unreachable } from '#libs/kernel';
import type { Dossier, MissingReference } from '../dossier/dossier.js';
import type { Keys } from '../ports/keys.js';

/** Everything that is wrong with a document before anybody asks what may be told of it. */
export const editDocument = (dossier: Dossier, now: number): readonly Issue[] => {
  const today = dateOfInstant(now, dossier.practice.timeZone);
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

/** A claim says its amounts without a currency, and whoever reads it takes them for US dollars. */
export const isInCurrencyOf = (content: Dossier['content'], format: FormatId): boolean =>
  format !== 'x12-837p' || content.kind !== 'invoice' || content.invoice.currency === 'USD';

/** A document in which nothing is wrong that refuses it. */
export interface Sound {
  readonly dossier: Dossier;
  readonly format: FormatId;
  readonly warnings: readonly Issue[];
}

/** What refuses a document whoever submits it, and however: references, format, edits. */
export const checkDocument = (
  dossier: Dossier | MissingReference | undefined,
  wanted: FormatId | undefined,
  now: number,
): Result<Sound> => {
  if (dossier === undefined || typeof dossier === 'string')
    return failed(issue('unknown_reference', `/${dossier ?? ''}`));
  const format = formatFor(dossier, wanted);
  if (!formatFits(dossier, format)) return failed(issue('format_not_for_document', '/format'));
  if (!isInCurrencyOf(dossier.content, format)) return failed(issue('currency_not_for_format', '/currency'));
  const issues = editDocument(dossier, now);
  const errors = issues.filter((one) => one.severity === 'error');
  return errors.length > 0 ? failed(...errors) : ok({ dossier, format, warnings: issues });
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
const formatFits = (dossier: Dossier, format: FormatId): boolean =>
  (dossier.content.kind === 'treatment-report') === (format === 'treatment-report');
