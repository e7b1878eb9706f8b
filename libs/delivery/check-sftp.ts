import type { CheckedStep, CheckStep, InsurerRecord, SendFailure, SftpConnection } from '#libs/application';
import { type CheckOptions, CheckSteps, type StepFailure } from './check-steps.js';
import { ConnectFailure } from './connect-failure.js';
import { resolveDestination } from './egress-guard.js';
import { SftpFailure } from './sftp-failure.js';
import { SftpSession } from './sftp-session.js';

type Insurer = InsurerRecord<SftpConnection>;

/** SSH does these at one go; the failure says which of them it was. */
const FAILS_AT: ReadonlyMap<SendFailure, CheckStep> = new Map<SendFailure, CheckStep>([
  ['host_key_changed', 'host-key'],
  ['unauthorized', 'authenticate'],
]);

const attempted = async (work: () => Promise<unknown>): Promise<StepFailure | undefined> => {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (!(error instanceof SftpFailure)) throw error;
    return { code: error.failure };
  }
};

/** An empty file, under a name that is in nobody's pattern, made and taken away again. */
const tryWriting = async (session: SftpSession, directory: string, id: string): Promise<void> => {
  const path = `${directory.replace(/\/+$/, '')}/.check-${id}.part`;
  await session.close(await session.create(path));
  await session.remove(path);
};

/** The connection, the host's key, who we are to it, and whether its directory is there. */
export const checkSftp = async (to: Insurer, options: CheckOptions): Promise<readonly CheckedStep[]> => {
  const { rules, answerTimeoutMs } = options;
  const { url, inbound } = to.connection;
  const steps = new CheckSteps();
  await steps.take('address', async () => {
    const found = await resolveDestination(url, rules);
    if (found.ok) return undefined;
    return { code: found.issues[0]?.code === 'name_not_resolved' ? 'name_not_resolved' : 'egress_denied' };
  });
  let session: SftpSession | undefined;
  let failure: ConnectFailure | undefined;
  const failedAt = (step: CheckStep): StepFailure | undefined =>
    failure !== undefined && (FAILS_AT.get(failure.failure) ?? 'connect') === step
      ? { code: failure.failure }
      : undefined;
  await steps.take('connect', async () => {
    try {
      session = await SftpSession.open(to, { rules, answerTimeoutMs });
    } catch (error) {
      failure = error instanceof ConnectFailure ? error : new ConnectFailure('unknown_failure');
    }
    return failedAt('connect');
  });
  await steps.take('host-key', () => Promise.resolve(failedAt('host-key')));
  await steps.take('authenticate', () => Promise.resolve(failedAt('authenticate')));
  const opened = session;
  await steps.take('list', async () =>
    opened === undefined ? { code: 'unavailable' } : attempted(() => opened.list(inbound)),
  );
  if (to.profile.check?.write === true)
    await steps.take('write', async () =>
      opened === undefined ? { code: 'unavailable' } : attempted(() => tryWriting(opened, inbound, options.ids.uuid())),
    );
  opened?.end();
  return steps.all;
};
