import type { GatewayClient } from '#libs/client';
import { type Clock, failed, issue, type Issue, ok, type PlainDate, type Result } from '#libs/kernel';
import { signedIn } from '../gateway/open-gateway.js';
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
  readonly billing: GatewayClient;
  readonly privacy: GatewayClient;
  /** By the label of the clinician. */
  readonly clinicians: ReadonlyMap<string, GatewayClient>;
}

const missing = (role: string): Issue => issue('demo.nobody-for-role', `config/demo#${role}`);

/** Signs everybody in. Codes as of `signedIn`, and `demo.nobody-for-role`. */
export const signEverybodyIn = async (address: string, demo: Demo): Promise<Result<Cast>> => {
  const roles = new Map<string, GatewayClient>();
  const clinicians = new Map<string, GatewayClient>();
  for (const { signIn, password, roles: own, clinician } of demo.staff) {
    const desk = await signedIn(address, { signIn, password });
    if (!desk.ok) return desk;
    for (const role of own) if (!roles.has(role)) roles.set(role, desk.value);
    if (clinician !== undefined) clinicians.set(clinician, desk.value);
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
