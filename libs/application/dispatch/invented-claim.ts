import {
  centsOf,
  type ClientId,
  type CoverageId,
  addDays,
  dateOfInstant,
  failed,
  issue,
  ok,
  plainDate,
  type ReleaseId,
  type Result,
} from '#libs/kernel';
import { type Authority, signRelease } from '#libs/release';
import type { Dossier } from '../dossier/dossier.js';
import type { ClinicianRecord, InsurerRecord, PracticeRecord } from '../ports/records.js';
import type { Services } from '../ports/services.js';

/** The preset whose scope is what a claim needs. */
const PRESET = 'claim-basic';
/** One unit of individual psychotherapy at one dollar. */
const PROCEDURE = '90834';
const DIAGNOSIS = 'F331';
const CHARGE = centsOf(100);
const BORN = plainDate('1900-01-01');

export interface InventedClaim {
  readonly dossier: Dossier;
  readonly authority: Authority;
}

/**
 * A claim about nobody, with the release of nobody that lets it go, marked as a test (ISA15 `T`) whatever the connection
 * is for. Practice, clinician and insurer are real; the member id says what it is.
 */
export const inventedClaim = (
  services: Pick<Services, 'ids' | 'book'>,
  from: {
    readonly practice: PracticeRecord;
    readonly clinician: ClinicianRecord;
    readonly insurer: InsurerRecord;
    /** Milliseconds. */
    readonly now: number;
  },
): Result<InventedClaim> => {
  const { practice, clinician, insurer, now } = from;
  const today = dateOfInstant(now, practice.timeZone);
  const client = services.ids.uuid() as ClientId;
  const coverage = services.ids.uuid() as CoverageId;
  const preset = services.book.presets.find((one) => one.id === PRESET);
  if (preset === undefined) return failed(issue('unknown_preset', ''));
  const release = signRelease(
    {
      ...{ id: services.ids.uuid() as ReleaseId, client, discloser: practice.id },
      recipient: { kind: 'party', id: insurer.id, class: insurer.profile.class },
      ...{ purposes: preset.purposes, grants: preset.grants, blanket: false },
      ...{ serviceFrom: undefined, serviceTo: undefined, expiryEvent: undefined, jurisdiction: undefined },
      ...{ validFrom: BORN, validUntil: today },
      statements: ['revocation', 'conditioning', 'redisclosure'],
      signatures: [{ role: 'client', signedOn: today, authorityDocumented: false, witnessed: false }],
      ...{ signedAt: now, ageAtSigning: 100, parentConsentedToTreatment: 'unknown', part2Program: false },
    },
    [],
  );
  if (!release.ok) return release;
  return ok({
    authority: { client, epoch: 0, releases: [release.value], revocations: [], relations: [], restrictions: [] },
    dossier: {
      // Nobody was treated for anything.
      practice: { ...practice, part2Program: false },
      clinician,
      insurer: { ...insurer, connection: { ...insurer.connection, production: false } },
      client: {
        ...{ id: client, code: 'TEST', revision: 1 },
        identity: {
          ...{ firstName: 'TEST', lastName: 'INVENTED', birthDate: BORN, sex: 'U' },
          address: practice.address,
        },
      },
      coverage: {
        ...{ id: coverage, client, insurer: insurer.id },
        terms: { memberId: 'TEST000000', relationship: 'self' },
        ...{ funding: 'fully-insured', fundingEvidence: true, assignmentSigned: true },
      },
      content: {
        kind: 'invoice',
        invoice: {
          ...{ number: 'TEST', issuedOn: today, client, coverage, clinician: clinician.id },
          ...{ placeOfService: '11', currency: 'USD', total: CHARGE },
          diagnoses: [{ id: 'D1', code: DIAGNOSIS }],
          lines: [
            {
              ...{ id: 'L1', date: addDays(today, -1), procedure: PROCEDURE, modifiers: [] },
              ...{ units: 1, charge: CHARGE, pointers: ['D1'], character: 'individual' },
            },
          ],
        },
      },
    },
  });
};
