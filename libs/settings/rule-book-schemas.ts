import { z } from 'zod';
import { CAPABILITIES } from '#libs/application';
import { type FieldId, FORMATS, isFieldId, PURPOSES, REVEALS } from '#libs/catalogue';
import { RECIPIENT_CLASSES } from '#libs/release';

const id = z.string().regex(/^[a-z0-9][a-z0-9.-]{0,79}$/);
const version = z.string().min(1).max(40);
const field = z.custom<FieldId>((value) => typeof value === 'string' && isFieldId(value), {
  error: 'an id of the catalogue',
});
const purpose = z.enum(PURPOSES);
const words = z.string().min(1).max(1_000);

const signerRule = z.strictObject({
  below: z.number().int().min(1).max(25),
  alternatives: z
    .array(
      z.strictObject({
        roles: z.array(z.enum(['client', 'parent', 'guardian', 'representative'])).min(1),
        onlyIfParentDidNotConsent: z.boolean(),
      }),
    )
    .min(1),
});

/** A reading is an interpretation and must say so; it names a required element and an argument for each. */
const reading = z.strictObject({
  id,
  version,
  format: z.literal('x12-837p'),
  purpose: z.literal('HPAYMT'),
  interpretation: z.literal(true),
  fields: z.array(z.strictObject({ field, argument: words })).min(1),
});

/** What nobody verified ships disabled. */
const ceiling = z
  .strictObject({
    id,
    version,
    jurisdiction: z.string().regex(/^[A-Z]{2}-[A-Z]{2}$/),
    citation: words,
    textAsOf: z.string().min(1).max(20),
    verification: z.enum(['verified', 'unverified']),
    enabled: z.boolean(),
    appliesTo: z.strictObject({
      professions: z.array(z.string().min(1).max(40)),
      recipientClasses: z.array(z.enum(RECIPIENT_CLASSES)).min(1),
      purposes: z.array(purpose).min(1),
      exemptFunding: z.array(z.enum(['fully-insured', 'self-insured', 'government', 'unknown'])),
    }),
    fields: z.array(field).min(1),
    valueShapes: z.array(z.strictObject({ field, values: z.array(z.string().min(1)).min(1) })),
    longestReleaseDays: z.number().int().min(1).max(36_500).optional(),
    signerRule: z.array(signerRule),
    enclosures: z.array(id),
    waivable: z.boolean(),
    readings: z.array(reading),
  })
  .refine((one) => one.verification === 'verified' || !one.enabled, {
    error: 'an unverified ceiling is not enabled',
    path: ['enabled'],
  });

const preset = z.strictObject({
  id,
  version,
  label: words,
  clientWords: words,
  identification: words,
  purposes: z.array(purpose),
  grants: z.array(z.string().min(1).max(80)),
});

const notice = z.strictObject({
  id,
  version,
  title: words,
  paragraphs: z.array(words).min(1),
  verification: z.enum(['verified', 'unverified']),
});

const codes = z.strictObject({
  version,
  comment: words,
  classes: z.array(
    z.strictObject({
      system: z.enum(['diagnosis', 'procedure', 'modifier', 'placeOfService', 'taxonomy']),
      code: z.string().regex(/^[A-Z0-9]{1,12}$/),
      prefix: z.boolean(),
      reveals: z.array(z.enum(REVEALS)),
    }),
  ),
});

const mediaType = z.enum(['application/edi-x12', 'application/pdf', 'application/json']);

const insurer = z.strictObject({
  id,
  version,
  name: words,
  class: z.enum(RECIPIENT_CLASSES),
  payerId: z.string().regex(/^[A-Z0-9]{2,20}$/),
  claimFilingCode: z.string().regex(/^[A-Z0-9]{2}$/),
  formats: z.array(z.enum(FORMATS)).min(1),
  permittedChannels: z.array(z.strictObject({ format: z.enum(FORMATS), basis: words })),
  statementMediaType: mediaType,
  reportMediaType: mediaType,
  reportForm: z
    .strictObject({
      id,
      version,
      markers: z.boolean(),
      fields: z.array(z.strictObject({ field, usage: z.enum(['required', 'situational', 'optional']) })).min(1),
    })
    .optional(),
  resolution: z.enum(CAPABILITIES),
  companionChannel: z.boolean(),
  filingDeadlineDays: z.number().int().min(1).max(3_650).optional(),
  inFlightCap: z.number().int().min(1).max(500),
  check: z
    .strictObject({
      path: z
        .string()
        .regex(/^\/[A-Za-z0-9/._~?=&-]{0,200}$/)
        .optional(),
      write: z.boolean().optional(),
    })
    .optional(),
  claimsPerInterchange: z.number().int().min(1).max(100).optional(),
  recognisesForHours: z.number().int().min(1).max(87_600).optional(),
});

export const ruleBookSchemas = { ceilings: ceiling, presets: preset, notices: notice, codes, insurers: insurer };
