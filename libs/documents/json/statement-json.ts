import type { Disclosed, DisclosedField, Rendered } from '#libs/disclosure';
import type { Result } from '#libs/kernel';
import type { DocumentEnvelope } from '../document-envelope.js';
import { isOnLines, type Place, placesOf } from '../fields-of.js';
import { finishDocument } from '../finish-document.js';
import { enclosuresJson, headJson, recipientJson } from './envelope-json.js';
import { type Json, JsonDocument } from './json-document.js';

const SCHEMA_VERSION = '1';

const lineJson = (document: JsonDocument, places: readonly Place[], line: string): Json =>
  Object.fromEntries(
    places.flatMap(({ position, values }) =>
      values
        .filter(({ locus }) => locus.occurrence === line)
        .map((field: DisclosedField) => [field.form, document.field(field, position)] as const),
    ),
  );

/**
 * A statement or receipt for machines. `fields` and each of `lines` are keyed by catalogue id, a generalised field by the
 * id of what it became (`client.age`); amounts are texts with two decimals. What is not told is not there: no null, no
 * empty text.
 */
export const renderStatementJson = <Format extends 'statement' | 'receipt'>(
  disclosed: Disclosed<Format>,
  envelope: DocumentEnvelope,
): Result<Rendered<Format>> => {
  const document = new JsonDocument();
  const places = placesOf(disclosed);
  const head = headJson(document, envelope, { name: `sluice.${disclosed.format}`, version: SCHEMA_VERSION });
  const recipient = disclosed.format === 'statement' ? recipientJson(document, envelope) : {};
  const currency =
    envelope.currency === undefined ? {} : { currency: document.own('practice', 'currency', envelope.currency) };
  const fields = Object.fromEntries(
    places
      .filter((place) => !isOnLines(place))
      .flatMap(({ field, position, values, marked }): readonly (readonly [string, Json])[] => {
        const told = values.map((one) => [one.form, document.field(one, position)] as const);
        return told.length === 0 && marked ? [[field, document.marker(position)]] : told;
      }),
  );
  const onLines = places.filter(isOnLines);
  const lines = disclosed.lines.map((line) => lineJson(document, onLines, line));
  const content = { ...head, ...recipient, ...currency, fields, lines, ...enclosuresJson(document, envelope) };
  return finishDocument(disclosed, envelope, document.draft(content));
};
