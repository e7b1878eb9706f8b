import { reachOf } from '#libs/access';
import type { Credential } from '#libs/application';
import type { ClinicianId } from '#libs/kernel';
import type { ApiDependencies } from './dependencies.js';
import type { RequestContext } from './use-cases.js';

const isPerson = (actor: string): boolean => actor.startsWith('staff:');

/** Which clinician somebody is, is asked anew for every request that it matters to. */
const clinicianOf = async (
  { practice, subject, roles }: Credential,
  { useCases }: Pick<ApiDependencies, 'useCases'>,
): Promise<ClinicianId | undefined> =>
  roles.includes('clinician') && isPerson(subject)
    ? (await useCases.describeActor({ practice, actor: subject })).clinician
    : undefined;

export const contextOf = async (
  credential: Credential,
  dependencies: Pick<ApiDependencies, 'useCases'>,
): Promise<RequestContext> => {
  const clinician = await clinicianOf(credential, dependencies);
  const viewer = { roles: credential.roles, ...(clinician === undefined ? {} : { clinician }) };
  return {
    practice: credential.practice,
    actor: credential.subject,
    principal: credential.subject,
    ...viewer,
    reach: reachOf(viewer),
  };
};
