import { type FormatId, formatOf, locusKey } from '#libs/catalogue';
import {
  type Disclosed,
  type DisclosedField,
  finishRendering,
  type Rendered,
  type RenderingResult,
} from '#libs/disclosure';
import { failed, type Issue, issue, ok, type Result } from '#libs/kernel';
import type { DocumentEnvelope } from './document-envelope.js';

export interface Draft extends RenderingResult {
  readonly issues: readonly Issue[];
}

/** What the decision wants enclosed and what is at hand must be the same; nothing goes without its notice. */
const enclosureIssues = (disclosed: Disclosed<FormatId>, { enclosures }: DocumentEnvelope): readonly Issue[] => [
  ...disclosed.enclosures
    .filter((id) => !enclosures.some((one) => one.id === id))
    .map((id) => issue('enclosure_missing', `enclosures/${id}`)),
  ...enclosures
    .filter(({ id }) => !disclosed.enclosures.includes(id))
    .map(({ id }) => issue('enclosure_not_decided', `enclosures/${id}`)),
];

const labelOf = (disclosed: Disclosed<FormatId>, { locus: at }: DisclosedField): string =>
  formatOf(disclosed.format).fields.find(({ field }) => field === at.field)?.position ?? locusKey(at);

/** A field that the account will say was told must have been told. */
const fieldsLeftOut = (disclosed: Disclosed<FormatId>, { leaves }: Draft): readonly Issue[] => {
  const written = new Set(leaves.flatMap(({ source }) => (source.kind === 'field' ? [source.field] : [])));
  return disclosed.fields
    .filter((field) => !written.has(field))
    .map((field) => issue('field_not_rendered', labelOf(disclosed, field)));
};

/** Nothing that is written may be hollow. */
const blanks = ({ leaves }: Draft): readonly Issue[] =>
  leaves.filter(({ text }) => text.trim() === '').map(({ position }) => issue('empty_value', position));

/**
 * Closes a draft. Fails with `enclosure_missing`, `enclosure_not_decided`, `field_not_rendered`, `empty_value`,
 * `text_not_printable` or `identifier_not_printable`; paths are places in the document.
 */
export const finishDocument = <Format extends FormatId>(
  disclosed: Disclosed<Format>,
  envelope: DocumentEnvelope,
  draft: Draft,
): Result<Rendered<Format>> => {
  const issues = [
    ...enclosureIssues(disclosed, envelope),
    ...draft.issues,
    ...blanks(draft),
    ...(draft.issues.length > 0 ? [] : fieldsLeftOut(disclosed, draft)),
  ];
  if (issues.length > 0) return failed(...issues);
  const { mediaType, bytes, leaves, substitutions } = draft;
  return ok(finishRendering(disclosed, { mediaType, bytes, leaves, substitutions }));
};
