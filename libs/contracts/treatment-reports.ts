import { z } from 'zod';
import { type FieldId, fieldOf } from '#libs/catalogue';
import type { ClientId, ClinicianId, CoverageId } from '#libs/kernel';
import { diagnosis } from './invoices.js';
import { date, id, line, prose } from './scalars.js';

const LEVELS = ['mild', 'moderate', 'severe', 'extreme'] as const;
const narrative = prose(4000);
/** One of the closed words of a field, as the catalogue has them. */
const wordOf = (field: FieldId) => z.enum(fieldOf(field).values ?? []);

/** What a clinician tells managed care to have further sessions approved. Narrative leaves only where a release and every ceiling let it. */
export const treatmentReport = z
  .strictObject({
    client: id<ClientId>(),
    coverage: id<CoverageId>(),
    clinician: id<ClinicianId>(),
    attestedOn: date,
    diagnoses: z.array(diagnosis).max(24),
    functioning: z.enum(LEVELS).exactOptional(),
    distress: z.enum(LEVELS).exactOptional(),
    minimumWeeks: z.int().min(1).max(520).exactOptional(),
    reasonContinuing: narrative.exactOptional(),
    prognosisText: narrative.exactOptional(),
    sessionsRequested: z.int().min(1).max(999),
    from: date,
    to: date,
    frequency: wordOf('plan.frequency').exactOptional(),
    modality: wordOf('plan.modality').exactOptional(),
    goals: narrative.exactOptional(),
    progressRating: z.enum(['none', 'some', 'good', 'met']).exactOptional(),
    progressSummary: narrative.exactOptional(),
    symptoms: z.array(line(120)).max(50).exactOptional(),
    riskSuicide: wordOf('risk.suicide').exactOptional(),
    riskHomicide: wordOf('risk.homicide').exactOptional(),
    medication: narrative.exactOptional(),
    historyPresenting: narrative.exactOptional(),
    historyTrauma: narrative.exactOptional(),
    statusLegal: z.enum(['voluntary', 'involuntary']).exactOptional(),
    statusSetting: z.enum(['inpatient', 'outpatient']).exactOptional(),
    substanceUse: wordOf('sud.present').exactOptional(),
    priorAuthorization: line(50).exactOptional(),
    sessionDates: z.array(date).max(400).exactOptional(),
  })
  .meta({ id: 'TreatmentReport' });

export type SubmitTreatmentReport = z.output<typeof treatmentReport>;
