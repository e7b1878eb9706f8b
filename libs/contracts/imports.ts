import { z } from 'zod';
import { draftRelease } from './releases.js';
import { recordClient, recordCoverage } from './clients.js';
import { code, line } from './scalars.js';

export const IMPORT_KINDS = ['clients', 'coverages', 'insurers', 'releases'] as const;

export type ImportKind = (typeof IMPORT_KINDS)[number];

const ROW_OUTCOMES = ['made', 'there', 'refused'] as const;

/** How a practice speaks to one insurer. `profile` is one of config/insurers; `token` is shown to nobody again. */
const importedInsurer = z.strictObject({
  profile: code(60),
  url: z.url({ protocol: /^https?$/ }).max(500),
  receiverId: code(15),
  production: z.boolean(),
  participation: z.enum(['A', 'B', 'C']).exactOptional(),
  pin: z.string().length(44).exactOptional(),
  token: code(500),
});

/** What a row of each kind must be once its cells have been put in place: the rules of the JSON bodies, and no others. */
export const IMPORTED = {
  clients: recordClient,
  coverages: z.strictObject({
    client: code(40),
    insurer: code(60),
    ...recordCoverage.omit({ insurer: true }).shape,
  }),
  insurers: importedInsurer,
  releases: z.strictObject({
    reference: code(60),
    client: code(40),
    insurer: code(60).exactOptional(),
    recipientClass: code(20).exactOptional(),
    terms: draftRelease.omit({ recipient: true }),
  }),
} as const satisfies Record<ImportKind, z.ZodType>;

/** A row of each kind, once it has been read. */
export type ImportedBodies = { readonly [Kind in ImportKind]: z.output<(typeof IMPORTED)[Kind]> };

/** `true`: says what would come of each row, and keeps nothing. */
export const importQuery = z.strictObject({ 'dry-run': z.enum(['true', 'false']).exactOptional() });

const row = z.int().min(1).max(10_000_000);

/** What is wrong at one place of the file: a code and a column, never the cell. Rows are counted from 1, the header’s. */
const cellFault = z.strictObject({ row, code: code(120), column: line(60).exactOptional() });

/**
 * What became of each row of a file, rows alike in a row told together: `made` (or, in a dry run, what would be), `there`
 * already, `refused`. `stopped`: nothing from that row on was read.
 */
export const importReport = z
  .strictObject({
    kind: z.enum(IMPORT_KINDS),
    dryRun: z.boolean(),
    rows: z.int().min(0),
    made: z.int().min(0),
    there: z.int().min(0),
    refused: z.int().min(0),
    ranges: z.array(z.strictObject({ from: row, to: row, outcome: z.enum(ROW_OUTCOMES) })),
    refusals: z.array(cellFault).max(100_000),
    stopped: cellFault.exactOptional(),
  })
  .meta({ id: 'ImportReport' });

export type ImportReport = z.input<typeof importReport>;
