import type { PracticeView } from '#libs/contracts';
import type { ClinicianId, PracticeId } from '#libs/kernel';
import type { Answer, RequestContext } from './asked.js';

export interface ActorDescription {
  readonly practice: Pick<PracticeView, 'name' | 'timeZone'>;
  readonly name?: string;
  readonly clinician?: ClinicianId;
}

export type AccessEvent =
  /** `subject`: the credentials of an insurer. */
  | { readonly kind: 'signed-in'; readonly subject?: string }
  | {
      readonly kind: 'settings-changed';
      readonly code: 'api_key_created' | 'inbox_credential_created';
      readonly subject: string;
    };

/** Who is there. */
export interface ActorUseCases {
  /** Names for the session, and which clinician the actor is; read for every session, so that a change counts at once. */
  describeActor(actor: { readonly practice: PracticeId; readonly actor: string }): Promise<ActorDescription>;
  /** Into the ledger: `signed-in`, or `settings-changed` with the code and the subject. Without it nothing is granted. */
  recordAccess(context: RequestContext, event: AccessEvent): Answer<void>;
}
