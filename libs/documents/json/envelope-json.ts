import type { DocumentEnvelope } from '../document-envelope.js';
import type { Json, JsonDocument } from './json-document.js';

type Members = Readonly<Record<string, Json>>;

interface Schema {
  readonly name: string;
  readonly version: string;
}

const member = (name: string, text: string | undefined, write: (text: string) => Json): Members =>
  text === undefined ? {} : { [name]: write(text) };

/** What stands before the disclosed part: schema, reference, practice and clinician. */
export const headJson = (document: JsonDocument, envelope: DocumentEnvelope, schema: Schema): Members => {
  const { practice, clinician } = envelope;
  const own = (position: string) => (text: string) => document.own('practice', position, text);
  return {
    schema: {
      name: document.own('constant', 'schema/name', schema.name),
      version: document.own('constant', 'schema/version', schema.version),
    },
    reference: document.own('control-number', 'reference', envelope.reference),
    createdOn: document.own('creation-time', 'createdOn', envelope.createdOn),
    practice: {
      name: document.own('practice', 'practice/name', practice.name),
      address: document.list('practice', 'practice/address', practice.addressLines),
      phone: document.own('practice', 'practice/phone', practice.phone),
      ...member('npi', practice.npi, own('practice/npi')),
      ...member('taxId', practice.taxId, own('practice/taxId')),
    },
    clinician: {
      name: document.own('practice', 'clinician/name', clinician.name),
      credential: document.own('practice', 'clinician/credential', clinician.credential),
      ...member('registrationNumber', clinician.registrationNumber, own('clinician/registrationNumber')),
      ...member('npi', clinician.npi, own('clinician/npi')),
    },
  };
};

export const recipientJson = (document: JsonDocument, { recipient }: DocumentEnvelope): Members => ({
  recipient: {
    name: document.own('payer', 'recipient/name', recipient.name),
    ...(recipient.addressLines === undefined
      ? {}
      : { address: document.list('payer', 'recipient/address', recipient.addressLines) }),
  },
});

export const formJson = (document: JsonDocument, { form }: DocumentEnvelope): Members =>
  form === undefined
    ? {}
    : {
        form: {
          id: document.own('payer', 'form/id', form.id),
          version: document.own('payer', 'form/version', form.version),
        },
      };

/** What stands after it. */
export const enclosuresJson = (document: JsonDocument, { enclosures }: DocumentEnvelope): Members =>
  enclosures.length === 0
    ? {}
    : {
        enclosures: enclosures.map(({ id, title, paragraphs }) => ({
          id: document.own('enclosure', `enclosures/${id}/id`, id),
          title: document.own('enclosure', `enclosures/${id}/title`, title),
          paragraphs: document.list('enclosure', `enclosures/${id}/paragraphs`, paragraphs),
        })),
      };
