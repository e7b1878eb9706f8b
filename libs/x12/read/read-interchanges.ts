import { ok, type Result } from '#libs/kernel';
import { assemble } from './assemble.js';
import { cutElements } from './cut-elements.js';
import type { Interchange, Segment } from './interchange.js';
import { parseSegments } from './parse-segments.js';
import { type RawInterchange, type ReadLimits, READ_LIMITS, splitFile } from './split-file.js';

/**
 * Reads a whole file of one or more interchanges. All or nothing: one malformed interchange and none is given, so that
 * nobody acts on half an answer.
 *
 * Issues carry an X12 position, or `ISA/n` for the n-th segment of its interchange, and never a value. Source: X12.5
 * interchange control structures, X12.6 application control structures, version 005010.
 */
export const readInterchanges = (bytes: Uint8Array, limits: ReadLimits = READ_LIMITS): Result<readonly Interchange[]> =>
  readWith(parseSegments, bytes, limits);

/** The same for bytes that this lib has just written. */
export const rereadInterchanges = (bytes: Uint8Array): Result<readonly Interchange[]> =>
  readWith(cutElements, bytes, READ_LIMITS);

const readWith = (
  segmentsOf: (raw: RawInterchange) => Result<readonly Segment[]>,
  bytes: Uint8Array,
  limits: ReadLimits,
): Result<readonly Interchange[]> => {
  const files = splitFile(bytes, limits);
  if (!files.ok) return files;
  const interchanges: Interchange[] = [];
  for (const raw of files.value) {
    const segments = segmentsOf(raw);
    if (!segments.ok) return segments;
    const interchange = assemble(raw.header, segments.value);
    if (!interchange.ok) return interchange;
    interchanges.push(interchange.value);
  }
  return ok(interchanges);
};
