import { z } from 'zod';
import { FORMATS, PURPOSES } from '#libs/catalogue';
import { code, digest, fieldId, line, occurrence } from './scalars.js';
import { CHOICE_KINDS } from './choices.js';
import { issueShape } from './problems.js';
import { CURERS } from './words.js';

export const EFFECTS = ['goes', 'changed', 'withheld', 'missing'] as const;

export const locus = z.strictObject({ field: fieldId, occurrence: occurrence.exactOptional() }).meta({ id: 'Locus' });

/** One ground: what stands behind a ruling, and which version of it was read. */
const reason = z
  .strictObject({
    code: code(120),
    sentence: z.string().min(1).max(500),
    source: z.string().max(400),
    revision: z.string().max(200),
  })
  .meta({ id: 'Reason' });

const value = z.union([z.string().max(20_000), z.number(), z.boolean(), z.array(z.string().max(2_000)).max(1_000)]);

/** A value, or that the reader’s role may not see it. */
export const cell = z
  .discriminatedUnion('masked', [
    z.strictObject({ masked: z.literal(true) }),
    z.strictObject({ masked: z.literal(false), value }),
  ])
  .meta({ id: 'Cell' });

const row = z
  .strictObject({
    locus,
    label: line(200),
    /** Category of the catalogue, to group by. */
    category: code(40).exactOptional(),
    effect: z.enum(EFFECTS),
    /** What the document has. Absent where it has nothing. */
    source: cell.exactOptional(),
    /** What goes. Absent where nothing does. */
    outgoing: cell.exactOptional(),
    /** The lesser field in whose form it goes. */
    form: fieldId.exactOptional(),
    /** “Withheld by client authorization” stands in its place. */
    marker: z.boolean(),
    reasons: z.array(reason).max(50),
  })
  .meta({ id: 'DisclosureRow' });

const gap = z
  .strictObject({
    /** The first place at which it is open. */
    locus: locus.exactOptional(),
    /** All lines or diagnoses at which it is open for this one cause; absent where there are not several. */
    occurrences: z.array(occurrence).min(2).max(100).exactOptional(),
    label: line(200).exactOptional(),
    /** Place in the format, such as `2300/HI01-2`. */
    position: z.string().max(80).exactOptional(),
    code: code(120),
    cause: code(120),
    curer: z.enum(CURERS),
    sentence: z.string().min(1).max(500),
    reasons: z.array(reason).max(50),
    choices: z.array(z.enum(CHOICE_KINDS)).max(CHOICE_KINDS.length),
  })
  .meta({ id: 'Gap' });

const shared = {
  format: z.enum(FORMATS),
  formatRevision: z.string().max(200).exactOptional(),
  purpose: z.enum(PURPOSES),
  insurer: z.strictObject({ id: z.uuid(), name: line(200) }),
  outcome: z.enum(['send', 'hold', 'deny']),
  rows: z.array(row).max(5_000),
  gaps: z.array(gap).max(2_000),
  enclosures: z.array(code(120)).max(50),
  counts: z.strictObject({
    goes: z.int().min(0),
    changed: z.int().min(0),
    withheld: z.int().min(0),
    missing: z.int().min(0),
    gaps: z.int().min(0),
  }),
  /** The releases that it rests on, with their revisions. */
  releases: z.array(z.strictObject({ id: z.uuid(), revision: z.int().min(1) })).max(50),
  rulesetDigest: z.string().max(200),
  nextStep: z.string().min(1).max(500),
  choices: z.array(z.enum(CHOICE_KINDS)).max(CHOICE_KINDS.length),
  /** What the edits would have a person look at; nothing that they refuse is taken in. */
  warnings: z.array(issueShape).max(1_000),
};

/** What would go, change, stay, and why, if it were submitted now. Nothing is stored. */
export const preview = z.strictObject({ ...shared, contentDigest: digest.exactOptional() }).meta({ id: 'Preview' });

/** The same of a disclosure as its last decision left it. */
export const explanation = z
  .strictObject({
    ...shared,
    disclosure: z.uuid(),
    decidedAt: z.iso.datetime(),
    /** Digest of what goes, salted under the client’s key; equal in preview and in what was sent. */
    contentDigest: digest.exactOptional(),
  })
  .meta({ id: 'Explanation' });

export type Preview = z.input<typeof preview>;
export type Explanation = z.input<typeof explanation>;
export type DisclosureRow = z.input<typeof row>;
