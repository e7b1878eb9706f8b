import {
  type DocumentEnvelope,
  type Enclosure,
  renderStatementJson,
  renderStatementPdf,
  renderTreatmentReportJson,
  renderTreatmentReportPdf,
} from '#libs/documents';
import { type Disclosed, type Rendered } from '#libs/disclosure';
import { dateOfInstant, failed, issue, type Result, unreachable, UTC } from '#libs/kernel';
import type { FieldId, FormatId } from '#libs/catalogue';
import { fieldOf } from '#libs/catalogue';
import { type Envelope837P, render837P } from '#libs/x12';
import type { SignedRelease } from '#libs/release';
import type { Dossier } from '../dossier/dossier.js';
import { disclose, type Judgement } from '../judgement/judge.js';
import type { Notice } from '../rules/rule-book.js';
import type { Numbers } from './numbers.js';

export interface Rendering {
  readonly dossier: Dossier;
  readonly judgement: Judgement;
  readonly salt: Uint8Array;
  /** Opaque reference of the transmission. */
  readonly reference: string;
  readonly numbers: Numbers | undefined;
  /** What the claim says of an earlier one. */
  readonly resubmission: Envelope837P['resubmission'];
  readonly notices: readonly Notice[];
  /** Releases that the decision rests on, for the extract that travels along. */
  readonly releases: readonly SignedRelease[];
  /** Instant of creation, in milliseconds. */
  readonly now: number;
}

/** The extract is specific to the recipient and the purpose, and lists fields in the client's words. */
const extractLines = (rendering: Rendering): readonly string[] => {
  const { purpose } = rendering.judgement.request;
  const granted = new Set<FieldId>(
    rendering.releases.filter((one) => one.purposes.includes(purpose)).flatMap((one) => one.grants),
  );
  return [...granted]
    .filter((id) => fieldOf(id).sensitivity < 5)
    .map((id) => fieldOf(id).clientWords)
    .sort();
};

const enclosuresOf = (rendering: Rendering): readonly Enclosure[] | undefined => {
  const enclosures: Enclosure[] = [];
  for (const id of rendering.judgement.decision.enclosures) {
    const notice = rendering.notices.find((one) => one.id === id);
    if (notice === undefined) return undefined;
    enclosures.push({
      id,
      title: notice.title,
      paragraphs: id === 'release-extract' ? [...notice.paragraphs, ...extractLines(rendering)] : notice.paragraphs,
    });
  }
  return enclosures;
};

const documentEnvelope = (rendering: Rendering, enclosures: readonly Enclosure[]): DocumentEnvelope => {
  const { practice, clinician, insurer, content } = rendering.dossier;
  const form = rendering.judgement.request.form;
  return {
    practice: {
      name: practice.name,
      addressLines: [
        practice.address.line,
        `${practice.address.city}, ${practice.address.region} ${practice.address.postal}`,
      ],
      phone: practice.phone,
      npi: practice.npi,
      taxId: practice.taxId,
    },
    clinician: {
      name: `${clinician.firstName} ${clinician.lastName}`,
      credential: clinician.credential,
      npi: clinician.npi,
    },
    recipient: { name: insurer.profile.name },
    reference: rendering.reference,
    createdOn: dateOfInstant(rendering.now, practice.timeZone),
    enclosures,
    ...(form
      ? {
          form: {
            id: form.id,
            version: form.version,
            labels: new Map(),
            markerText: 'withheld by client authorization',
          },
        }
      : {}),
    ...(content.kind === 'invoice' ? { currency: content.invoice.currency } : {}),
  };
};

const digits = (text: string): string => text.replaceAll(/\D/g, '');

const timeOf = (now: number): string => new Date(now).toISOString().slice(11, 16).replace(':', '');

/** CLM09 from the deciding release, CLM08 from a signed assignment; nothing of it from intake. */
const claimEnvelope = (rendering: Rendering, numbers: Numbers, lines: number): Envelope837P => {
  const { practice, clinician, supervisor, insurer, coverage, prior } = rendering.dossier;
  const { profile, connection, agent } = insurer;
  return {
    usage: connection.production ? 'production' : 'test',
    // Of the envelope, where whoever reads it compares the clocks of many: UTC.
    createdAt: { date: dateOfInstant(rendering.now, UTC), time: timeOf(rendering.now) },
    controlNumbers: {
      interchange: numbers.interchangeControlNumber,
      group: numbers.groupControlNumber,
      set: numbers.setControlNumber,
      batchReference: numbers.batchReference,
      patientControl: numbers.patientControlNumber,
      lines: Array.from({ length: lines }, (_one, index) => numbers.lineControlNumber(index + 1)),
    },
    sender: { qualifier: 'ZZ', id: practice.submitterId },
    receiver: { qualifier: 'ZZ', id: connection.receiverId },
    submitter: {
      name: practice.name,
      id: practice.submitterId,
      contact: { name: practice.contactName, phone: digits(practice.phone) },
    },
    receiverName: { name: agent?.name ?? profile.name, id: connection.receiverId },
    billingProvider: {
      name: { organisation: practice.name },
      npi: practice.npi,
      taxonomy: practice.taxonomy,
      address: {
        line: practice.address.line,
        city: practice.address.city,
        state: practice.address.region,
        postal: practice.address.postal,
      },
      taxId: { kind: 'EI', number: digits(practice.taxId) },
    },
    renderingProvider: {
      last: clinician.lastName,
      first: clinician.firstName,
      npi: clinician.npi,
      taxonomy: clinician.taxonomy,
    },
    ...(supervisor
      ? { supervisingProvider: { last: supervisor.lastName, first: supervisor.firstName, npi: supervisor.npi } }
      : {}),
    payer: {
      name: profile.name,
      id: agent?.payerId ?? profile.payerId,
      idKind: 'PI',
      filingIndicator: profile.claimFilingCode,
      responsibility: prior ? 'S' : 'P',
    },
    ...(prior
      ? { otherPayer: { idKind: 'PI' as const, benefitsAssigned: prior.coverage.assignmentSigned ? 'Y' : 'N' } }
      : {}),
    resubmission: rendering.resubmission,
    indicators: {
      signatureOnFile: 'Y',
      participation: connection.participation ?? 'C',
      benefitsAssigned: coverage.assignmentSigned ? 'Y' : 'N',
      releaseOfInformation: 'Y',
    },
  };
};

/** A disclosed document and the bytes made of it. */
export interface Made {
  readonly disclosed: Disclosed<FormatId>;
  readonly rendered: Rendered<FormatId>;
}

const made = <Format extends FormatId>(
  disclosed: Disclosed<Format>,
  rendered: Result<Rendered<Format>>,
): Result<Made> => (rendered.ok ? { ok: true, value: { disclosed, rendered: rendered.value } } : rendered);

/** Decision → disclosed → bytes, for the format that the decision is about. */
export const renderDisclosed = (rendering: Rendering): Result<Made> => {
  const { judgement, salt, dossier } = rendering;
  const { format } = judgement.request;
  const enclosures = enclosuresOf(rendering);
  if (enclosures === undefined) return failed(issue('enclosure_unknown', 'enclosures'));
  switch (format) {
    case 'x12-837p': {
      const disclosed = disclose(judgement, format, salt);
      if (!disclosed.ok) return disclosed;
      if (rendering.numbers === undefined) return failed(issue('numbers_missing', 'ISA13'));
      return made(
        disclosed.value,
        render837P(disclosed.value, claimEnvelope(rendering, rendering.numbers, disclosed.value.lines.length)),
      );
    }
    case 'statement':
    case 'receipt': {
      const disclosed = disclose(judgement, format, salt);
      if (!disclosed.ok) return disclosed;
      const render =
        dossier.insurer.profile.statementMediaType === 'application/json' ? renderStatementJson : renderStatementPdf;
      return made<FormatId>(disclosed.value, render(disclosed.value, documentEnvelope(rendering, enclosures)));
    }
    case 'treatment-report': {
      const disclosed = disclose(judgement, format, salt);
      if (!disclosed.ok) return disclosed;
      const render =
        dossier.insurer.profile.reportMediaType === 'application/json'
          ? renderTreatmentReportJson
          : renderTreatmentReportPdf;
      return made(disclosed.value, render(disclosed.value, documentEnvelope(rendering, enclosures)));
    }
    default:
      return unreachable(format);
  }
};
