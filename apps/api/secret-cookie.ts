import { isSecret } from '#libs/access';

interface CookieTerms {
  /** Sent over TLS only, and for the whole host. */
  readonly secure: boolean;
  readonly seconds: number;
}

/** A cookie that holds one secret and nothing else (RFC 6265). Scripts cannot read it. */
export class SecretCookie {
  constructor(
    private readonly name: string,
    private readonly kind: Parameters<typeof isSecret>[0],
    private readonly sameSite: 'Strict' | 'Lax',
  ) {}

  set(secret: string, { secure, seconds }: CookieTerms): string {
    return [
      `${this.#nameWhen(secure)}=${secret}`,
      'Path=/',
      `Max-Age=${seconds}`,
      'HttpOnly',
      `SameSite=${this.sameSite}`,
      ...(secure ? ['Secure'] : []),
    ].join('; ');
  }

  clear(secure: boolean): string {
    return this.set('', { secure, seconds: 0 });
  }

  /** The secret in a Cookie header; undefined if there is none, or more than one. */
  read(header: string | undefined, secure: boolean): string | undefined {
    const prefix = `${this.#nameWhen(secure)}=`;
    const found = (header ?? '')
      .split(';')
      .map((pair) => pair.trim())
      .filter((pair) => pair.startsWith(prefix));
    const secret = found[0]?.slice(prefix.length);
    return found.length === 1 && secret !== undefined && isSecret(this.kind, secret) ? secret : undefined;
  }

  /** Browsers take `__Host-…` only over TLS (RFC 6265bis 4.1.3.2); on a loopback demonstration there is no TLS. */
  #nameWhen(secure: boolean): string {
    return secure ? `__Host-${this.name}` : this.name;
  }
}
