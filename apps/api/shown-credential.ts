import type { FastifyRequest } from 'fastify';
import { digestSecret, digestsEqual, isSecret } from '#libs/access';
import type { Credential } from '#libs/application';
import type { ApiDependencies } from './dependencies.js';
import { headerOf } from './headers.js';
import { sessionCookie } from './session-cookie.js';

/** What a request shows to prove who sends it. An Authorization header counts alone, even if it is no good. */
interface Shown {
  readonly kind: Credential['kind'];
  readonly secret: string;
}

type Dependencies = Pick<ApiDependencies, 'directory' | 'clock' | 'secureCookies'>;

/** What an Authorization header may carry. */
const BEARERS = ['api-key', 'inbox-token'] as const;

const shownIn = (request: FastifyRequest, { secureCookies }: Dependencies): Shown | undefined => {
  const authorization = headerOf(request, 'authorization');
  if (authorization !== undefined) {
    const [scheme, secret, ...rest] = authorization.split(' ');
    const bearer = scheme?.toLowerCase() === 'bearer' && rest.length === 0 ? secret : undefined;
    const kind = BEARERS.find((one) => bearer !== undefined && isSecret(one, bearer));
    return bearer === undefined || kind === undefined ? undefined : { kind, secret: bearer };
  }
  const session = sessionCookie.read(headerOf(request, 'cookie'), secureCookies);
  return session === undefined ? undefined : { kind: 'session', secret: session };
};

/** The credential that a request shows, if it is known and holds at this moment. */
export const shownCredential = async (
  request: FastifyRequest,
  dependencies: Dependencies,
): Promise<Credential | undefined> => {
  const shown = shownIn(request, dependencies);
  if (shown === undefined) return undefined;
  const digest = digestSecret(shown.secret);
  const credential = await dependencies.directory.findCredential(digest);
  const holds =
    credential !== undefined &&
    digestsEqual(credential.digest, digest) &&
    credential.kind === shown.kind &&
    credential.expiresAt > dependencies.clock.now();
  return holds ? credential : undefined;
};
