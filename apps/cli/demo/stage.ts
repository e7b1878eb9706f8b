import { type Clock, failed, issue, type Issue, ok, type PlainDate, type Result } from '#libs/kernel';
import type { ApiClient } from '../http/api-client.js';
import type { World } from '../seed/world.js';
import type { Screen } from '../up/screen.js';
import type { Demo } from './load-demo.js';
import type { Progress } from './progress.js';
import type { SandboxControl } from './sandbox-control.js';

/** Everybody and everything that plays. */
export interface Stage {
  readonly demo: Demo;
  readonly world: World;
  readonly progress: Progress;
  readonly sandbox: SandboxControl;
  readonly cast: Cast;
  readonly screen: Screen;
  readonly clock: Clock;
  /** Ends all waiting. */
  readonly over: AbortSignal;
}

/** The staff of the practice at their desks, signed in by name and password like anybody. */
export interface Cast {
  readonly billing: ApiClient;
  readonly privacy: ApiClient;
  /** By the label of the clinician. */
  readonly clinicians: ReadonlyMap<string, ApiClient>;
}

const missing = (role: string): Issue => issue('demo.nobody-for-role', `config/demo#${role}`);

/** Signs everybody in. Codes as of `ApiClient`, and `demo.nobody-for-role`. */
export const signEverybodyIn = async (gateway: ApiClient, demo: Demo): Promise<Result<Cast>> => {
  const roles = new Map<string, ApiClient>();
  const clinicians = new Map<string, ApiClient>();
  for (const { signIn, password, roles: own, clinician } of demo.staff) {
    const signedIn = await gateway.signIn({ signIn, password });
    if (!signedIn.ok) return signedIn;
    for (const role of own) if (!roles.has(role)) roles.set(role, signedIn.value);
    if (clinician !== undefined) clinicians.set(clinician, signedIn.value);
  }
  const [billing, privacy] = [roles.get('billing'), roles.get('privacy-officer')];
  if (billing === undefined) return failed(missing('billing'));
  if (privacy === undefined) return failed(missing('privacy-officer'));
  return ok({ billing, privacy, clinicians });
};

/** The id behind a label: `demo.unknown-reference` if the practice does not have it. */
export const idOf = (ids: ReadonlyMap<string, string>, label: string): Result<string> => {
  const id = ids.get(label);
  return id === undefined ? failed(issue('demo.unknown-reference', `config/demo#${label}`)) : ok(id);
};

export const todayOf = (stage: Stage): PlainDate => stage.progress.day;
