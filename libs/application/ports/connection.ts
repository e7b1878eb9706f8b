/** What every connection says, whatever it speaks. */
interface Registered {
  readonly receiverId: string;
  readonly production: boolean;
  /**
   * CLM07, as the practice recorded it of its contract with this insurer: `A` it takes assignment, `B` for laboratory
   * services only, `C` it does not. Without a record a claim says `C`: it asserts no contract that nobody wrote down.
   */
  readonly participation?: 'A' | 'B' | 'C';
}

/** A service that is spoken to over TLS, and how its certificate is known. */
export interface WebService {
  /** Base address of the service. */
  readonly url: string;
  /** SHA-256 of the server certificate's public key (SPKI), base64; nobody else is spoken to. */
  readonly pin?: string;
  /** Authority that signed the server's certificate, PEM, where it is not a public one. */
  readonly certificateAuthority?: string;
}

/** The secret is a bearer token that somebody handed over. A connection without a kind was recorded before there were others. */
export interface BearerConnection extends Registered, WebService {
  readonly kind?: 'https';
}

/** Bearer tokens are fetched by client credentials (RFC 6749 §4.4); the secret is the client's. */
export interface OAuthConnection extends Registered, WebService {
  readonly kind: 'https-oauth2';
  readonly token: WebService & {
    readonly clientId: string;
    /** `client-secret`: HTTP Basic (RFC 6749 §2.3.1). `private-key-jwt`: an assertion signed with the key (RFC 7523). */
    readonly authentication: 'client-secret' | 'private-key-jwt';
    readonly keyId?: string;
    readonly scope?: string;
  };
}

/** The client's certificate says who asks; the secret is its private key, PEM. Only the authority named here is trusted. */
export interface MutualTlsConnection extends Registered, WebService {
  readonly kind: 'https-mtls';
  /** PEM, with the chain that the insurer asks for. */
  readonly clientCertificate: string;
  readonly certificateAuthority: string;
}

/** Files in a directory of the insurer's SSH server; the secret is a private key (PEM) or a password. */
export interface SftpConnection extends Registered {
  readonly kind: 'sftp';
  /** `sftp://host:port`, without a path. */
  readonly url: string;
  /** Of the server's host key: `SHA256:` and base64 without padding, as ssh-keygen shows it; nobody else is spoken to. */
  readonly hostKey: string;
  readonly user: string;
  readonly authentication: 'private-key' | 'password';
  /** Where the insurer picks up. */
  readonly inbound: string;
  /** What was picked up stays where it was. Only then does it prove something that a file is not there. */
  readonly keeps?: boolean;
  /** What its file names end with; the rest of a name is the idempotency key. */
  readonly suffix?: string;
  /** Where it leaves its answers. What was taken in is deleted, or moved to `archive`. */
  readonly outbound?: { readonly directory: string; readonly archive?: string };
}

/** The insurer comes and fetches, with credentials of its own; nothing is connected to, and there is no secret of ours. */
export interface InboxConnection extends Registered {
  readonly kind: 'inbox';
}

export type InsurerConnection =
  BearerConnection | OAuthConnection | MutualTlsConnection | SftpConnection | InboxConnection;

/** A connection that speaks HTTPS. */
export type WebConnection = Exclude<InsurerConnection, SftpConnection | InboxConnection>;
