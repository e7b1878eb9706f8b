import { type FieldId, fieldOf } from '#libs/catalogue';
import type { Disclosed, DisclosedField, Rendered } from '#libs/disclosure';
import type { Result } from '#libs/kernel';
import type { DocumentEnvelope } from '../document-envelope.js';
import { type Place, placesOf } from '../fields-of.js';
import { finishDocument } from '../finish-document.js';
import { enclosuresJson, formJson, headJson, recipientJson } from './envelope-json.js';
import { type Json, JsonDocument } from './json-document.js';

const SCHEMA_VERSION = '1';

/** May occur several times, so its member is a list even when it occurs once. */
const SEVERAL: readonly FieldId[] = ['diagnosis.secondary'];

/** A generalised value says what it is: an age must not be taken for a date of birth. */
const valueJson = (document: JsonDocument, field: DisclosedField, position: string): Json =>
  field.form === field.locus.field
    ? document.field(field, position)
    : { as: document.own('constant', position, field.form), value: document.field(field, position) };

const placeJson = (document: JsonDocument, { field, position, values }: Place): Json => {
  const told = values.map((one) => valueJson(document, one, position));
  const [first] = told;
  if (first === undefined) return document.marker(position);
  return SEVERAL.includes(field) || told.length > 1 || fieldOf(field).scope === 'line' ? told : first;
};

/**
 * A treatment report for machines. `fields` is keyed by place in the format (`member/memberId`). A plain value stands as
 * it is, a generalised one as `{ as, value }`, one that the client did not release as `{ withheld }` where the form has a
 * place for that; otherwise what is not told is not there.
 */
export const renderTreatmentReportJson = (
  disclosed: Disclosed<'treatment-report'>,
  envelope: DocumentEnvelope,
): Result<Rendered<'treatment-report'>> => {
  const document = new JsonDocument();
  const content = {
    ...headJson(document, envelope, { name: 'sluice.treatment-report', version: SCHEMA_VERSION }),
    ...recipientJson(document, envelope),
    ...formJson(document, envelope),
    fields: Object.fromEntries(placesOf(disclosed).map((place) => [place.position, placeJson(document, place)])),
    ...enclosuresJson(document, envelope),
  };
  return finishDocument(disclosed, envelope, document.draft(content));
};
