import { setTimeout as sleep } from 'node:timers/promises';
import { newSecret } from '#libs/access';
import { failed, issue, ok, type PracticeId, type Result } from '#libs/kernel';
import { answered } from '../gateway/answered.js';
import { gatewayAt } from '../gateway/open-gateway.js';
import type { OpenServices } from '../store/open-services.js';
import type { Child } from './child.js';

const READY_WITHIN_MS = 60_000;
const PAUSE_MS = 100;

const answers = async (url: string): Promise<boolean> => {
  try {
    return (await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false;
  }
};

/** Waits until a child can be worked with. `up.not-ready` with its name; its log file says more. */
export const waitUntilReady = async (
  child: Child,
  isReady: () => Promise<boolean>,
  over: AbortSignal,
): Promise<Result<void>> => {
  const deadline = performance.now() + READY_WITHIN_MS;
  while (!over.aborted && performance.now() < deadline && !child.isLost()) {
    // An answer counts only while the child is alive: somebody else may have taken its port.
    if ((await isReady()) && child.isRunning()) return ok(undefined);
    await sleep(PAUSE_MS, undefined, { signal: over }).catch(() => undefined);
  }
  return failed(issue('up.not-ready', child.plan.name));
};

export const healthOf = (baseUrl: string) => (): Promise<boolean> => answers(`${baseUrl}/health/ready`);

/**
 * Whether the gateway that answers reads our own database: it is shown a secret that has just been put there, and that
 * nobody else knows. Another one on the same port, from somewhere else, does not know it.
 */
export const readsOurDatabase = async (
  baseUrl: string,
  { directory, services }: OpenServices,
  practice: PracticeId,
): Promise<boolean> => {
  const { secret, digest } = newSecret('api-key');
  const expiresAt = services.clock.now() + READY_WITHIN_MS;
  await directory.putCredential({
    digest,
    kind: 'api-key',
    practice,
    subject: `key:${services.ids.uuid()}`,
    label: 'Readiness of this start',
    roles: ['billing'],
    expiresAt,
  });
  try {
    const session = await answered(gatewayAt(baseUrl, { kind: 'key', secret }).ask('readSession', {}));
    return session.ok && session.value.practice.id === practice;
  } finally {
    await directory.revokeCredential(digest);
  }
};
