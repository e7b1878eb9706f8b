import { z } from 'zod';
import type { ClinicianId } from '#libs/kernel';
import { date, id, instant } from './scalars.js';

/** From the day given, or from today: the clinician reads the client’s chart and attests to reports. */
export const assignClinician = z
  .strictObject({ clinician: id<ClinicianId>(), from: date.exactOptional() })
  .meta({ id: 'AssignClinician' });

/** `until` is the first day on which the clinician does not treat any more; today without it. */
export const endTreatment = z.strictObject({ until: date.exactOptional() }).meta({ id: 'EndTreatment' });

const actor = z.string().max(60);

/** Who treats whom, in ids. */
export const treatmentView = z
  .strictObject({
    id: z.uuid(),
    client: z.uuid(),
    clinician: z.uuid(),
    from: date,
    until: date.exactOptional(),
    recordedBy: actor,
    recordedAt: instant,
    endedBy: actor.exactOptional(),
    endedAt: instant.exactOptional(),
  })
  .meta({ id: 'Treatment' });

export type AssignClinician = z.output<typeof assignClinician>;
export type EndTreatment = z.output<typeof endTreatment>;
export type TreatmentView = z.input<typeof treatmentView>;
