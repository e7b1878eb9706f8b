import { z } from 'zod';
import { FORMATS } from '#libs/catalogue';
import { CONNECTION_KINDS } from './insurer-connection.js';
import { code, fieldId, instant, line, timeZone } from './scalars.js';
import { RECIPIENT_CLASSES } from './words.js';

const breaker = z.enum(['closed', 'open', 'half-open', 'stopped']);

const insurerRoute = z
  .strictObject({
    lane: z.uuid(),
    kind: z.enum(['direct', 'clearinghouse']),
    /** What goes now goes this way. */
    current: z.boolean(),
    /** The clearinghouse. */
    agent: line(60).exactOptional(),
    transport: z.enum(CONNECTION_KINDS),
    breaker,
    openUntil: instant.exactOptional(),
    failures: z.int().min(0),
    slow: z.boolean(),
    /** When anything last came back this way. */
    lastAnsweredAt: instant.exactOptional(),
  })
  .meta({ id: 'InsurerRoute' });

const insurerForm = z
  .strictObject({
    id: code(120),
    version: code(40),
    /** It has a place for “withheld by client authorization”. */
    markers: z.boolean(),
    fields: z.array(z.strictObject({ field: fieldId, label: line(200), required: z.boolean() })).max(500),
  })
  .meta({ id: 'InsurerForm' });

export const insurerView = z
  .strictObject({
    id: z.uuid(),
    name: line(200),
    class: z.enum(RECIPIENT_CLASSES),
    payerId: code(80),
    profile: z.strictObject({ id: code(80), version: code(40) }),
    formats: z.array(z.enum(FORMATS)).max(FORMATS.length),
    permittedChannels: z.array(z.strictObject({ format: z.enum(FORMATS), basis: z.string().max(500) })).max(20),
    filingDeadlineDays: z.int().min(1).max(3_650).exactOptional(),
    production: z.boolean(),
    /** CLM07: `A` the practice takes assignment, `B` for laboratory services only, `C` it does not, or nothing is recorded. */
    participation: z.enum(['A', 'B', 'C']),
    connection: z.strictObject({ kind: z.enum(CONNECTION_KINDS) }),
    /**
     * `open`: the insurer does not answer, and nothing is tried for a while. `stopped`: it is not the one that was
     * registered, and nothing is sent until a person has cleared the lane.
     */
    lane: z.strictObject({ breaker, slow: z.boolean() }),
    /** Every way in which it was ever reached, the one in use first. */
    routes: z.array(insurerRoute).max(1_000),
    /** The form of its treatment report, where it has one. */
    form: insurerForm.exactOptional(),
  })
  .meta({ id: 'Insurer' });

export const practiceView = z
  .strictObject({
    id: z.uuid(),
    name: line(200),
    /** In it the days of releases begin and end, and today is today. */
    timeZone: z.string().max(60),
  })
  .meta({ id: 'Practice' });

export const setTimeZone = z.strictObject({ timeZone }).meta({ id: 'SetTimeZone' });

export const clinicianView = z
  .strictObject({
    id: z.uuid(),
    firstName: line(60),
    lastName: line(60),
    credential: z.string().max(40),
    profession: code(80),
    jurisdiction: code(20),
    supervisor: z.uuid().exactOptional(),
  })
  .meta({ id: 'Clinician' });

/** One entry of the field catalogue. */
export const catalogueField = z
  .strictObject({
    id: fieldId,
    label: line(200),
    clientWords: line(300),
    category: code(40),
    sensitivity: z.int().min(0).max(6),
  })
  .meta({ id: 'CatalogueField' });

export type InsurerView = z.input<typeof insurerView>;
export type PracticeView = z.input<typeof practiceView>;
export type SetTimeZone = z.output<typeof setTimeZone>;
export type ClinicianView = z.input<typeof clinicianView>;
