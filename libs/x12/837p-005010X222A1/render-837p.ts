import { type Disclosed, finishRendering, type Rendered } from '#libs/disclosure';
import { failed, issue, ok, type Result } from '#libs/kernel';
import { areUsable, USUAL_DELIMITERS } from '../envelope/delimiters.js';
import type { Envelope837P } from './envelope-837p.js';
import { SegmentWriter } from './segment-writer.js';
import { revalidate837P } from './validate-837p.js';
import { writeClaim } from './write-claim.js';
import { closeEnvelope, openEnvelope } from './write-envelope.js';
import { writeBillingProvider, writePatient } from './write-parties.js';

/**
 * Writes one claim as an interchange of its own: 837 professional, guide 005010X222A1. Every client value comes from
 * `disclosed`, every other from `envelope`; a required value that neither holds refuses the claim at its position
 * (`x12_required_missing`), and nothing is made up in its place. So does whatever was released and has no place here
 * (`x12_field_without_place`), since a claim that leaves part of it out would not be what was decided.
 *
 * The bytes are checked against the guide before they are given (45 CFR 162.1102; WEDI types 1 to 4).
 */
export const render837P = (disclosed: Disclosed<'x12-837p'>, envelope: Envelope837P): Result<Rendered<'x12-837p'>> => {
  const delimiters = envelope.delimiters ?? USUAL_DELIMITERS;
  if (!areUsable(delimiters)) return failed(issue('x12_delimiters_unusable', 'ISA'));
  const writer = new SegmentWriter(delimiters);
  openEnvelope(writer, envelope);
  writeBillingProvider(writer, envelope.billingProvider);
  writePatient(writer, disclosed, envelope);
  writeClaim(writer, disclosed, envelope);
  closeEnvelope(writer, envelope);
  refuseWhatHasNoPlace(writer, disclosed);
  if (writer.issues.length > 0) return failed(...writer.issues);
  const { bytes, leaves, substitutions } = writer;
  const issues = revalidate837P(bytes);
  if (issues.length > 0) return failed(...issues);
  return ok(finishRendering(disclosed, { mediaType: 'application/edi-x12', bytes, leaves, substitutions }));
};

const refuseWhatHasNoPlace = (writer: SegmentWriter, disclosed: Disclosed<'x12-837p'>): void => {
  for (const field of disclosed.fields) {
    if (field.form !== field.locus.field) writer.refuse('x12_form_without_place', field.locus.field);
    else if (!writer.usedFields.has(field)) writer.refuse('x12_field_without_place', field.locus.field);
  }
  for (const marker of disclosed.markers) writer.refuse('x12_marker_without_place', marker);
};
