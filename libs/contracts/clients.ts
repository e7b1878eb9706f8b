import { z } from 'zod';
import type { InsurerId } from '#libs/kernel';
import { cents, code, date, id, line, paging } from './scalars.js';
import { FUNDINGS, RELATIONSHIPS } from './words.js';

const address = z
  .strictObject({ line: line(55), city: line(30), region: line(2), postal: line(12) })
  .meta({ id: 'PostalAddress' });

const identity = z
  .strictObject({
    firstName: line(35),
    lastName: line(60),
    birthDate: date,
    sex: z.enum(['F', 'M', 'U']),
    address,
    /** Where the client asked to be reached instead; documents tell it in place of the other. */
    confidentialAddress: address.exactOptional(),
    phone: line(20).exactOptional(),
    email: line(254).exactOptional(),
  })
  .meta({ id: 'ClientIdentity' });

/** `code` is what staff see who need no name; it must say nothing about anybody. */
export const recordClient = z.strictObject({ code: code(40), identity }).meta({ id: 'RecordClient' });

/** Who the client is from now on, whole: what is left out is gone. */
export const amendClient = z.strictObject({ identity }).meta({ id: 'AmendClient' });

/** `revision` counts what was recorded of who the client is, from 1. */
export const clientView = z
  .strictObject({ id: z.uuid(), code: code(40), identity, revision: z.int().min(1) })
  .meta({ id: 'Client' });

export const clientQuery = z.strictObject({ ...paging, code: code(40).exactOptional() });

const subscriber = z.strictObject({
  firstName: line(35),
  lastName: line(60),
  birthDate: date.exactOptional(),
  address: address.exactOptional(),
});

const coverage = {
  insurer: id<InsurerId>(),
  terms: z.strictObject({
    memberId: line(80),
    groupNumber: line(50).exactOptional(),
    planName: line(60).exactOptional(),
    relationship: z.enum(RELATIONSHIPS),
    subscriber: subscriber.exactOptional(),
    otherPayer: z.strictObject({ name: line(60), paid: cents.exactOptional() }).exactOptional(),
  }),
  funding: z.enum(FUNDINGS),
  /** Something on file shows the funding; without it every ceiling applies. */
  fundingEvidence: z.boolean(),
  /** The client signed over the insurer’s payment to the practice. */
  assignmentSigned: z.boolean(),
};

export const recordCoverage = z.strictObject(coverage).meta({ id: 'RecordCoverage' });

export const coverageView = z.strictObject({ id: z.uuid(), client: z.uuid(), ...coverage }).meta({ id: 'Coverage' });

export type RecordClient = z.output<typeof recordClient>;
export type AmendClient = z.output<typeof amendClient>;
export type ClientView = z.input<typeof clientView>;
export type ClientQuery = z.output<typeof clientQuery>;
export type RecordCoverage = z.output<typeof recordCoverage>;
export type CoverageView = z.input<typeof coverageView>;
