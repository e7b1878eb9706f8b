import { reachOf } from '#libs/access';
import type { ClinicianId } from '#libs/kernel';
import type { RequestContext } from '../../apps/api/use-cases/asked.js';
import type { Stage } from './stage.js';

/** Somebody who works in the practice of a stage, asking with these roles; its officer, unless it is another. */
export const asking = (
  stage: Stage,
  roles: RequestContext['roles'],
  who: {
    readonly staff?: string;
    readonly clinician?: ClinicianId | undefined;
    /** Unless it is what the roles reach. */
    readonly reach?: RequestContext['reach'] | undefined;
  } = {},
): RequestContext => {
  const actor = `staff:${who.staff ?? stage.officer}`;
  const viewer = { roles, ...(who.clinician === undefined ? {} : { clinician: who.clinician }) };
  return { practice: stage.practice, actor, principal: actor, ...viewer, reach: who.reach ?? reachOf(viewer) };
};
