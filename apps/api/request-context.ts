import { reachOf } from '#libs/access';
import type { Credential } from '#libs/application';
import { type ClinicianId, type InsurerId, parseId } from '#libs/kernel';
import type { ApiDependencies } from './dependencies.js';
import type { RequestContext } from './use-cases/asked.js';

const isPerson = (actor: string): boolean => actor.startsWith('staff:');

/** Which clinician somebody is, is asked anew for every request that it matters to. */
const clinicianOf = async (
  { practice, subject, roles }: Credential,
  { useCases }: Pick<ApiDependencies, 'useCases'>,
): Promise<ClinicianId | undefined> =>
  roles.includes('clinician') && isPerson(subject)
    ? (await useCases.describeActor({ practice, actor: subject })).clinician
    : undefined;

const INSURER = /^insurer:([0-9a-f-]{36})\/[0-9a-f-]{36}$/;

/** Whose credentials they are, if they are an insurer's. */
const insurerOf = ({ kind, subject }: Credential): InsurerId | undefined =>
  kind === 'inbox-credential' || kind === 'inbox-token'
    ? parseId<InsurerId>(INSURER.exec(subject)?.[1] ?? '')
    : undefined;

export const contextOf = async (
  credential: Credential,
  dependencies: Pick<ApiDependencies, 'useCases'>,
): Promise<RequestContext> => {
  const clinician = await clinicianOf(credential, dependencies);
  const insurer = insurerOf(credential);
  if (insurer !== undefined) {
    const actor = `insurer:${insurer}`;
    const { practice, roles } = credential;
    return { practice, actor, principal: actor, roles, reach: { kind: 'nothing' }, insurer };
  }
  const viewer = { roles: credential.roles, ...(clinician === undefined ? {} : { clinician }) };
  return {
    practice: credential.practice,
    actor: credential.subject,
    principal: credential.subject,
    ...viewer,
    reach: reachOf(viewer),
  };
};
