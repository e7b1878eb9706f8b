import { digestSecret, digestsEqual, isSecret, newSecret } from '#libs/access';
import type { Credential } from '#libs/application';
import { Attempts } from '../attempts.js';
import type { ApiDependencies } from '../dependencies.js';
import { contextOf } from '../request-context.js';
import { type ShownClient, readTokenRequest } from './client-authentication.js';

/** The longest that an access token lives, in seconds. */
const TOKEN_SECONDS = 3_600;

/** RFC 6749 §5.1 and §5.2; `slowed` has no word there and gets 429. */
export type TokenAnswer =
  | { readonly kind: 'granted'; readonly token: string; readonly seconds: number }
  | {
      readonly kind: 'refused';
      readonly error:
        'invalid_request' | 'invalid_client' | 'unsupported_grant_type' | 'invalid_scope' | 'temporarily_unavailable';
      /** That the refusal says how to authenticate, where HTTP authentication was used. */
      readonly way?: ShownClient['way'];
    }
  | { readonly kind: 'slowed'; readonly waitSeconds: number };

type Dependencies = Pick<ApiDependencies, 'useCases' | 'directory' | 'clock' | 'log'>;

const refused = (error: Extract<TokenAnswer, { kind: 'refused' }>['error'], way?: ShownClient['way']): TokenAnswer => ({
  kind: 'refused',
  error,
  ...(way === undefined ? {} : { way }),
});

/** Exchanges an insurer's credentials for an access token (RFC 6749 §4.4). Whatever is wrong with them is told alike. */
export class TokenDesk {
  readonly #attempts: Attempts;

  constructor(private readonly dependencies: Dependencies) {
    this.#attempts = new Attempts(dependencies.clock);
  }

  async exchange(
    body: string,
    from: { readonly authorization: string | undefined; readonly address: string },
  ): Promise<TokenAnswer> {
    const asked = readTokenRequest(body, from.authorization);
    if (asked === undefined) return refused('invalid_request');
    const { client } = asked;
    const attempt = Attempts.nameOf(`inbox ${client?.id ?? ''}`, from.address);
    const wait = this.#attempts.wait(attempt);
    if (wait > 0) return { kind: 'slowed', waitSeconds: Math.ceil(wait / 1_000) };
    const credential = client === undefined ? undefined : await this.#known(client);
    if (credential === undefined) {
      this.#attempts.failed(attempt);
      this.dependencies.log.write({ event: 'access.refused', code: 'access.client-refused' });
      return refused('invalid_client', from.authorization === undefined ? undefined : 'basic');
    }
    this.#attempts.succeeded(attempt);
    if (asked.grant !== 'client_credentials') return refused('unsupported_grant_type');
    // There is one scope, which is the insurer's inbox, and it has no name.
    if (asked.scope !== undefined) return refused('invalid_scope');
    return this.#grant(credential);
  }

  async #known({ id, secret }: ShownClient): Promise<Credential | undefined> {
    if (!isSecret('inbox-credential', secret)) return undefined;
    const digest = digestSecret(secret);
    const credential = await this.dependencies.directory.findCredential(digest);
    const holds =
      credential !== undefined &&
      digestsEqual(credential.digest, digest) &&
      credential.kind === 'inbox-credential' &&
      digestsEqual(digestSecret(clientOf(credential)), digestSecret(id)) &&
      credential.expiresAt > this.dependencies.clock.now();
    return holds ? credential : undefined;
  }

  /** The ledger first: without the entry there is no token. */
  async #grant(credential: Credential): Promise<TokenAnswer> {
    const { useCases, directory, clock } = this.dependencies;
    const { practice, subject, roles } = credential;
    const { secret, digest } = newSecret('inbox-token');
    const expiresAt = Math.min(clock.now() + TOKEN_SECONDS * 1_000, credential.expiresAt);
    const recorded = await useCases.recordAccess(await contextOf(credential, this.dependencies), {
      kind: 'signed-in',
      subject: clientOf(credential),
    });
    if (!recorded.ok) return refused('temporarily_unavailable');
    await directory.putCredential({ digest, kind: 'inbox-token', practice, subject, roles, expiresAt });
    // Revoked in between: revoking ends the tokens that are there, and this one was not there yet.
    if ((await directory.findCredential(credential.digest)) === undefined) {
      await directory.revokeCredential(digest);
      return refused('invalid_client');
    }
    return { kind: 'granted', token: secret, seconds: Math.floor((expiresAt - clock.now()) / 1_000) };
  }
}

const clientOf = ({ subject }: Credential): string => subject.slice(subject.indexOf('/') + 1);
