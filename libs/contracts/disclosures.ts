import { z } from 'zod';
import { FORMATS, PURPOSES } from '#libs/catalogue';
import { disclosureFilter, disclosureSort } from './listing.js';
import { code, date, digest, instant, line, occurrence, pageOf, paging, signedCents } from './scalars.js';
import {
  ANSWER_KINDS,
  CLAIM_FREQUENCIES,
  CORRECTION_KINDS,
  CURERS,
  DELIVERY_STATES,
  LEDGER_KINDS,
  SHOWN_STATUSES,
} from './words.js';

/** Filters of the list; only over what is stored in clear. Newest first without `sort`. */
export const disclosureQuery = z.strictObject({
  ...paging,
  ...disclosureFilter,
  sort: disclosureSort.exactOptional(),
  /** Also says how many match. */
  count: z.literal('true').exactOptional(),
});

export type DisclosureQuery = z.output<typeof disclosureQuery>;

const summary = {
  id: z.uuid(),
  document: z.uuid(),
  client: z.strictObject({ id: z.uuid(), code: code(40), name: line(100) }),
  insurer: z.strictObject({ id: z.uuid(), name: line(200) }),
  format: z.enum(FORMATS),
  purpose: z.enum(PURPOSES),
  state: z.enum(DELIVERY_STATES),
  /** What people see: the state, or what the insurer answered. */
  status: z.enum(SHOWN_STATUSES),
  cause: code(120).exactOptional(),
  curer: z.enum(CURERS).exactOptional(),
  nextStep: z.string().min(1).max(500),
  /** Which claim it corrects, and how. A void that was refused and is sent again has frequency `8` like the first. */
  correction: z
    .strictObject({ kind: z.enum(CORRECTION_KINDS), of: z.uuid(), frequency: z.enum(CLAIM_FREQUENCIES) })
    .exactOptional(),
  /** Last day on which the insurer takes it. */
  filingDeadline: date.exactOptional(),
  firstServiceOn: date.exactOptional(),
  lastServiceOn: date.exactOptional(),
  /** Of an invoice, in cents. */
  total: signedCents.exactOptional(),
  createdAt: instant,
  updatedAt: instant,
  /** Raised by every change; the entity tag is `"v<version>"`. */
  version: z.int().min(0),
};

export const disclosureSummary = z.strictObject(summary).meta({ id: 'DisclosureSummary' });

/** How many there are, up to ten thousand; `more` when there are more than `counted`. */
export const boundedCount = z.strictObject({ counted: z.int().min(0).max(10_000), more: z.boolean() });

/** One page, and with `count=true` how many match in all pages. */
export const disclosurePage = z.strictObject({
  ...pageOf(disclosureSummary).shape,
  count: boundedCount.exactOptional(),
});

/** What of the list an export or a saved view holds on to. */
export const exportQuery = z.strictObject({ ...disclosureFilter, sort: disclosureSort.exactOptional() });

const answer = z
  .strictObject({
    id: z.uuid(),
    kind: z.enum(ANSWER_KINDS),
    receivedAt: instant,
    /** Who says it: the insurer, or a clearinghouse on the way there, which speaks for itself alone. */
    layer: z.enum(['insurer', 'clearinghouse']),
    payerClaimNumber: line(80).exactOptional(),
    charge: signedCents.exactOptional(),
    paid: signedCents.exactOptional(),
    clientShare: signedCents.exactOptional(),
    authorizationNumber: line(80).exactOptional(),
    sessionsApproved: z.int().min(0).max(999).exactOptional(),
    codes: z.array(code(40)).max(200).exactOptional(),
    traceNumber: line(80).exactOptional(),
  })
  .meta({ id: 'Answer' });

/** The sealed bytes that are to go, or went. */
const transmission = z
  .strictObject({
    id: z.uuid(),
    mediaType: z.string().max(100),
    digest,
    contentDigest: digest,
    /** Numbers to quote to the insurer. */
    reference: code(60),
    interchangeControlNumber: code(9).exactOptional(),
    patientControlNumber: code(40).exactOptional(),
    attempts: z.int().min(0),
    sealedAt: instant,
  })
  .meta({ id: 'Transmission' });

const event = z.strictObject({
  at: instant,
  kind: z.enum(LEDGER_KINDS),
  actor: z.string().max(60),
  codes: z.array(code(120)).max(200),
});

export const disclosureDetail = z
  .strictObject({
    ...summary,
    options: z.strictObject({ useMarkers: z.boolean(), excludedLines: z.array(occurrence).max(50) }),
    attempts: z.int().min(0),
    answers: z.array(answer).max(1_000),
    transmission: transmission.exactOptional(),
    /** The first claim and everything that corrected it since, oldest first; where there is such a thing. */
    chain: z
      .array(
        z.strictObject({
          id: z.uuid(),
          kind: z.enum(['original', ...CORRECTION_KINDS]),
          of: z.uuid().exactOptional(),
          state: z.enum(DELIVERY_STATES),
          createdAt: instant,
        }),
      )
      .max(1_000)
      .exactOptional(),
    timeline: z.array(event).max(1_000),
  })
  .meta({ id: 'DisclosureDetail' });

/** What came of a choice: the disclosure as it stands, another one made of the same document, or a release to be signed. */
export const choiceMade = z
  .strictObject({
    disclosure: disclosureSummary,
    replacement: z.uuid().exactOptional(),
    release: z.uuid().exactOptional(),
  })
  .meta({ id: 'ChoiceMade' });

export type BoundedCount = z.input<typeof boundedCount>;
export type ExportQuery = z.output<typeof exportQuery>;
export type DisclosureSummary = z.input<typeof disclosureSummary>;
export type DisclosureDetail = z.input<typeof disclosureDetail>;
export type ChoiceMade = z.input<typeof choiceMade>;
