import type { Socket } from 'node:net';
import { Client } from 'undici';
import type { CheckedStep, InsurerRecord, OAuthConnection, WebConnection } from '#libs/application';
import { AccessTokens } from './access-tokens.js';
import { type CheckOptions, CheckSteps, type StepFailure } from './check-steps.js';
import { registeredUrl, resolveDestination } from './egress-guard.js';
import { exchange } from './exchange.js';
import { connectGuarded, guardedConnector, secure } from './guarded-connect.js';
import { failureOf } from './insurer-protocol.js';
import { counterpartOf } from './insurer-pools.js';

type Insurer = InsurerRecord<WebConnection>;

const LARGEST_ANSWER = 64 * 1024;

const end = (socket: Socket): void => {
  socket.on('error', () => undefined).destroy();
};

const isOAuth = (to: Insurer): to is InsurerRecord<OAuthConnection> => to.connection.kind === 'https-oauth2';

/** Asks what the profile names for this: nothing is in the request but who asks. */
const ask = async (to: Insurer, path: string, at: CheckOptions & { readonly token: string | undefined }) => {
  const base = registeredUrl(to.connection.url, at.rules);
  if (!base.ok) return { code: 'egress_denied' } as const;
  const client = new Client(base.value.origin, {
    pipelining: 1,
    allowH2: false,
    connect: guardedConnector(counterpartOf(to), at.rules),
  });
  const told = await exchange(
    client,
    {
      method: 'GET',
      path: `${base.value.pathname.replace(/\/+$/, '')}${path}`,
      headers: {
        accept: 'application/json',
        ...(at.token === undefined ? {} : { authorization: `Bearer ${at.token}` }),
      },
      alone: true,
      mayStart: () => true,
    },
    { headersTimeoutMs: at.answerTimeoutMs, bodyTimeoutMs: at.answerTimeoutMs, largestBody: LARGEST_ANSWER },
  );
  await client.destroy().catch(() => undefined);
  if (told.kind !== 'answered') return { code: told.failure };
  return told.status >= 200 && told.status < 300 ? undefined : { code: failureOf(told), status: told.status };
};

/** A token that was just granted proves who we are; a token or certificate that somebody handed over, only a request does. */
const authenticate = async (to: Insurer, options: CheckOptions): Promise<StepFailure | undefined> => {
  const path = to.profile.check?.path;
  if (isOAuth(to)) {
    const granted = await new AccessTokens(options).get(to);
    if (granted.kind === 'failed') return { code: granted.code };
    return path === undefined ? undefined : ask(to, path, { ...options, token: granted.token });
  }
  if (path === undefined) return { code: 'not_named_by_profile', skipped: true };
  const token = to.connection.kind === 'https-mtls' ? undefined : to.token;
  return ask(to, path, { ...options, token });
};

/** The connection, the certificate, and who we are to a service over HTTPS. */
export const checkWeb = async (to: Insurer, options: CheckOptions): Promise<readonly CheckedStep[]> => {
  const { rules } = options;
  const { url } = to.connection;
  const steps = new CheckSteps();
  await steps.take('address', async () => {
    const found = await resolveDestination(url, rules);
    if (found.ok) return undefined;
    return { code: found.issues[0]?.code === 'name_not_resolved' ? 'name_not_resolved' : 'egress_denied' };
  });
  const signal = AbortSignal.timeout(2 * rules.connectTimeoutMs);
  let opened: Awaited<ReturnType<typeof connectGuarded>> | undefined;
  await steps.take('connect', async () => {
    opened = await connectGuarded(url, rules, signal);
    return undefined;
  });
  if (url.startsWith('https:'))
    await steps.take('tls', async () => {
      if (opened === undefined) return { code: 'unavailable' };
      const { socket, destination } = opened;
      end(await secure(socket, { host: destination.host, connection: counterpartOf(to), signal }));
      return undefined;
    });
  if (opened !== undefined) end(opened.socket);
  await steps.take('authenticate', () => authenticate(to, options));
  return steps.all;
};
