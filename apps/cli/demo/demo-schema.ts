import { z } from 'zod';
import { PURPOSES } from '#libs/catalogue';
import { STAFF_ROLES } from '#libs/contracts';
import { parseTimeZone, type TimeZone, UTC } from '#libs/kernel';

const label = z.string().regex(/^[a-z][a-z0-9-]{1,40}$/);
const text = z.string().min(1).max(200);
const days = z.int().min(0).max(40_000);
const address = z.strictObject({ line: text, city: text, region: z.string().length(2), postal: text });

const readingChoice = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('literal') }),
  z.strictObject({ kind: z.literal('reading'), reading: text, version: text }),
]);

/** The fictitious practice: who works there, and with which insurers of `config/insurers` it deals. */
const practice = z.strictObject({
  kind: z.literal('practice'),
  practice: z.strictObject({
    id: z.uuid(),
    name: text,
    npi: text,
    taxId: text,
    taxonomy: text,
    address,
    phone: text,
    contactName: text,
    submitterId: text,
    part2Program: z.boolean(),
    timeZone: z.string().transform((text, context): TimeZone => {
      const zone = parseTimeZone(text);
      if (zone === undefined) context.addIssue({ code: 'custom', message: 'not a time zone' });
      return zone ?? UTC;
    }),
  }),
  clinicians: z
    .array(
      z.strictObject({
        label,
        firstName: text,
        lastName: text,
        credential: text,
        profession: text,
        jurisdiction: text,
        npi: text,
        taxonomy: text,
      }),
    )
    .min(1),
  staff: z
    .array(
      z.strictObject({
        label,
        signIn: text,
        name: text,
        password: z.string().min(12),
        roles: z.array(z.enum(STAFF_ROLES)).min(1),
        clinician: label.optional(),
      }),
    )
    .min(1),
  insurers: z
    .array(z.strictObject({ profile: text, sandboxName: text, participation: z.enum(['A', 'B', 'C']).exactOptional() }))
    .min(1),
  /** Insurers of the sandbox that the practice has not recorded yet, and the clearinghouse through which it can reach them. */
  behindClearinghouse: z.strictObject({
    id: label,
    name: text,
    receiverId: text,
    insurers: z
      .array(
        z.strictObject({
          profile: text,
          sandboxName: text,
          /** In the clearinghouse's list. */
          payerId: text,
          /** How member ids begin that the insurer does not know. */
          unknownMembers: z.array(text),
        }),
      )
      .min(1),
  }),
  readings: z.array(z.strictObject({ ceiling: text, choice: readingChoice })),
});

const release = z.strictObject({
  label,
  recipient: z.union([
    z.strictObject({ insurer: text }),
    z.strictObject({ class: z.enum(['insurer', 'physician', 'naturopath', 'lawyer', 'agency', 'client']) }),
  ]),
  preset: text.optional(),
  purposes: z.array(z.enum(PURPOSES)).default([]),
  grants: z.array(text),
  signedDaysAgo: days,
  /** From the day of the signature. */
  validForDays: days,
  signers: z.array(z.enum(['client', 'parent', 'guardian'])).min(1),
  jurisdiction: text,
  relation: z.strictObject({ kind: z.enum(['adds_to', 'supersedes']), older: label }).optional(),
});

const client = z.strictObject({
  label,
  code: text,
  /** Who treats the client. */
  clinicians: z.array(label).min(1),
  identity: z.strictObject({
    firstName: text,
    lastName: text,
    sex: z.enum(['F', 'M', 'U']),
    bornDaysAgo: days,
    address,
    phone: text.optional(),
  }),
  coverages: z
    .array(
      z.strictObject({
        insurer: text,
        memberId: text,
        groupNumber: text.optional(),
        relationship: z.enum(['self', 'spouse', 'child', 'other']),
        subscriber: z.strictObject({ firstName: text, lastName: text }).optional(),
        funding: z.enum(['fully-insured', 'self-insured', 'government', 'unknown']),
        fundingEvidence: z.boolean(),
        assignmentSigned: z.boolean(),
      }),
    )
    .min(1),
  releases: z.array(release),
  restrictions: z.array(z.strictObject({ kind: z.literal('paid-in-full'), daysAgo: z.array(days).min(1) })),
});

const clients = z.strictObject({ kind: z.literal('clients'), clients: z.array(client).min(1) });

/** Where a disclosure is to stand in the end; without a cause any will do. */
const expectation = z.strictObject({ status: text, cause: text.optional(), curer: text.optional() });

const parties = {
  label,
  /** What it shows, in a few words. */
  what: text,
  client: label,
  insurer: text,
  clinician: label,
  diagnoses: z.array(text).min(1),
  expect: expectation,
};

const invoice = z.strictObject({
  ...parties,
  number: text,
  placeOfService: text,
  lines: z
    .array(
      z.strictObject({
        daysAgo: days,
        procedure: text,
        modifiers: z.array(text),
        units: z.int().min(1),
        charge: z.int().min(1),
        character: z.enum(['individual', 'group', 'couple', 'family']),
      }),
    )
    .min(1),
  currency: z.enum(['USD', 'CAD']),
  /** An invoice before this one in the file, for the same services: its insurer comes first, and this one waits for it. */
  after: label.optional(),
});

const prose = z.string().min(1).max(4_000).optional();

const report = z.strictObject({
  ...parties,
  functioning: text.optional(),
  distress: text.optional(),
  minimumWeeks: z.int().min(1).optional(),
  reasonContinuing: prose,
  prognosisText: prose,
  goals: prose,
  progressRating: text.optional(),
  progressSummary: prose,
  historyTrauma: prose,
  sessionsRequested: z.int().min(1),
  /** From today. */
  forDays: days,
  sessionsDaysAgo: z.array(days),
});

const documents = z.strictObject({
  kind: z.literal('documents'),
  invoices: z.array(invoice),
  reports: z.array(report),
});

const step = z.discriminatedUnion('do', [
  /** Sets how an insurer of the sandbox behaves. */
  z.strictObject({ do: z.literal('behave'), insurer: text, say: text, behaviour: z.looseObject({ mode: text }) }),
  /** Submits every document, each once. */
  z.strictObject({ do: z.literal('push') }),
  /** Waits until one document stands somewhere, and shows that in a row of its own. */
  z.strictObject({ do: z.literal('await'), document: label, what: text, expect: expectation }),
  z.strictObject({ do: z.literal('choose-reading'), ceiling: text, reading: text, version: text, say: text }),
  z.strictObject({
    do: z.literal('revoke'),
    client: label,
    release: label,
    channel: z.enum(['in-person', 'letter', 'fax', 'portal', 'other']),
    say: text,
  }),
  /** Waits until every document stands where it is to stand. */
  z.strictObject({ do: z.literal('settle') }),
]);

const story = z.strictObject({ kind: z.literal('story'), steps: z.array(step).min(1) });

/** A file of `config/demo`, told by its kind. Days are counted back from the day on which the demonstration was set up. */
export const demoFile = z.discriminatedUnion('kind', [practice, clients, documents, story]);

export type DemoPractice = z.output<typeof practice>;
export type DemoClient = z.output<typeof client>;
export type DemoRelease = z.output<typeof release>;
export type DemoInvoice = z.output<typeof invoice>;
export type DemoReport = z.output<typeof report>;
export type DemoStep = z.output<typeof step>;
export type Expectation = z.output<typeof expectation>;
