import { assignClinician } from '#libs/application';
import type { ClientId } from '#libs/kernel';
import { ago, type Stage, valueOf } from '../support/stage.js';

/** Says that the clinician who signs in treats somebody. */
export const treat = async (stage: Stage, client: ClientId): Promise<void> => {
  const assignment = { client, clinician: stage.clinicians.oregon, from: ago(100) };
  valueOf(await assignClinician(stage.services, stage.context, assignment));
};

/** Somebody whom the clinician who signs in treats, with a release for reports. */
export const treatedClient = async (stage: Stage): Promise<ClientId> => {
  const { client } = await stage.client('cobalt-valley-hmo');
  await treat(stage, client);
  await stage.release(client, 'cobalt-valley-hmo', { preset: 'treatment-report-min' });
  return client;
};
