import { createHash } from 'node:crypto';
import { Client } from 'undici';
import { z } from 'zod';
import type { InsurerRecord, OAuthConnection, SendFailure } from '#libs/application';
import type { InsurerId } from '#libs/kernel';
import { type AssertionSources, clientAssertion } from './client-assertion.js';
import { registeredUrl } from './egress-guard.js';
import { exchange, type Exchange } from './exchange.js';
import { type ConnectRules, guardedConnector } from './guarded-connect.js';

export type Granted =
  { readonly kind: 'granted'; readonly token: string } | { readonly kind: 'failed'; readonly code: SendFailure };

export interface TokenOptions extends AssertionSources {
  readonly rules: ConnectRules;
  /** Milliseconds on a clock that never jumps. */
  readonly monotonic: () => number;
  readonly answerTimeoutMs: number;
}

interface Entry {
  readonly terms: string;
  readonly granted: Promise<Granted>;
  /** Milliseconds of the monotonic clock; absent while it is being asked for. */
  expiresAt?: number;
  /** Fetched because the one before it was not taken, and not taken by the insurer itself so far. */
  afterRefusal: boolean;
}

/** Given up so long before it expires that it is still good when it arrives; of a short-lived one a tenth. */
const MARGIN_MS = 30_000;
/** For a token whose end is not told (RFC 6749 §5.1 leaves it out where it is documented elsewhere). */
const UNTOLD_LIFE_S = 60;
const LARGEST_ANSWER = 64 * 1024;

/** RFC 6749 §5.1; the token is what RFC 6750 §2.1 lets into a header. */
const answer = z.looseObject({
  access_token: z
    .string()
    .max(16_000)
    .regex(/^[A-Za-z0-9._~+/-]+=*$/),
  token_type: z.string().regex(/^bearer$/i),
  expires_in: z
    .number()
    .min(0)
    .max(365 * 86_400)
    .optional(),
});

const parsed = (body: Uint8Array): unknown => {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'));
  } catch {
    return undefined;
  }
};

/** RFC 6749 Appendix B: form encoding, also of what then goes into Basic. */
const formed = (text: string): string => new URLSearchParams({ v: text }).toString().slice(2);

/**
 * Tokens by client credentials (RFC 6749 §4.4), one per insurer, kept until shortly before they expire and asked for once
 * however many wait. The token end point stands behind the same egress guard as the service itself.
 */
export class AccessTokens {
  private readonly entries = new Map<InsurerId, Entry>();

  constructor(private readonly options: TokenOptions) {}

  async get(to: InsurerRecord<OAuthConnection>): Promise<Granted> {
    const terms = termsOf(to);
    const entry = this.entries.get(to.id);
    if (entry?.terms === terms && this.isGood(entry)) return entry.granted;
    return this.fetch(to, terms, entry?.terms === terms && entry.afterRefusal);
  }

  /** The insurer took the token: when it refuses it one day, it is fetched anew again. */
  taken(to: InsurerRecord<OAuthConnection>): void {
    const entry = this.entries.get(to.id);
    if (entry !== undefined) entry.afterRefusal = false;
  }

  /**
   * The insurer did not take this token. True if it is worth asking with another one: it has been replaced meanwhile, or
   * is replaced now. False for one that was itself fetched after a refusal: then it is not the token.
   */
  async refused(to: InsurerRecord<OAuthConnection>, token: string): Promise<boolean> {
    const terms = termsOf(to);
    const entry = this.entries.get(to.id);
    if (entry?.terms !== terms) return true;
    const current = await entry.granted;
    if (current.kind !== 'granted' || current.token !== token) return true;
    if (entry.afterRefusal) return false;
    if (this.entries.get(to.id) === entry) void this.fetch(to, terms, true);
    return true;
  }

  private isGood(entry: Entry): boolean {
    return entry.expiresAt === undefined || this.options.monotonic() < entry.expiresAt;
  }

  private fetch(to: InsurerRecord<OAuthConnection>, terms: string, afterRefusal: boolean): Promise<Granted> {
    const asked = this.options.monotonic();
    const granted = this.ask(to).then((answered) => {
      entry.expiresAt = asked + answered.lifeMs - Math.min(MARGIN_MS, answered.lifeMs / 10);
      return answered.granted;
    });
    const entry: Entry = { terms, afterRefusal, granted };
    this.entries.set(to.id, entry);
    return entry.granted;
  }

  /** A failure is kept for no time: whoever asks next asks again. */
  private async ask(
    to: InsurerRecord<OAuthConnection>,
  ): Promise<{ readonly granted: Granted; readonly lifeMs: number }> {
    const failure = (code: SendFailure) => ({ granted: { kind: 'failed', code } as const, lifeMs: 0 });
    const { rules } = this.options;
    const base = registeredUrl(to.connection.token.url, rules);
    if (!base.ok) return failure('egress_denied');
    const request = this.requestOf(to);
    if (request === undefined) return failure('token_refused');
    const client = new Client(base.value.origin, {
      pipelining: 1,
      allowH2: false,
      connect: guardedConnector(to.connection.token, rules),
    });
    const { answerTimeoutMs } = this.options;
    const told = await exchange(
      client,
      { method: 'POST', path: base.value.pathname, ...request, alone: true, mayStart: () => true },
      { headersTimeoutMs: answerTimeoutMs, bodyTimeoutMs: answerTimeoutMs, largestBody: LARGEST_ANSWER },
    );
    await client.destroy().catch(() => undefined);
    if (told.kind !== 'answered' || told.status !== 200) return failure(failureOf(told));
    const read = answer.safeParse(parsed(told.body));
    if (!read.success) return failure('token_unavailable');
    const token = read.data.access_token;
    return { granted: { kind: 'granted', token }, lifeMs: (read.data.expires_in ?? UNTOLD_LIFE_S) * 1_000 };
  }

  private requestOf(
    to: InsurerRecord<OAuthConnection>,
  ): { readonly headers: Readonly<Record<string, string>>; readonly body: Buffer } | undefined {
    const { token } = to.connection;
    const form = new URLSearchParams({ grant_type: 'client_credentials' });
    if (token.scope !== undefined) form.set('scope', token.scope);
    const headers = { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' };
    if (token.authentication === 'client-secret') {
      const basic = Buffer.from(`${formed(token.clientId)}:${formed(to.token)}`).toString('base64');
      return { headers: { ...headers, authorization: `Basic ${basic}` }, body: Buffer.from(form.toString()) };
    }
    const assertion = clientAssertion(token, to.token, this.options);
    if (assertion === undefined) return undefined;
    form.set('client_id', token.clientId);
    form.set('client_assertion_type', 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer');
    form.set('client_assertion', assertion);
    return { headers, body: Buffer.from(form.toString()) };
  }
}

/** What a token was granted for; the secret only by its digest. */
const termsOf = ({ connection, token }: InsurerRecord<OAuthConnection>): string =>
  JSON.stringify([connection.token, createHash('sha256').update(token).digest('hex')]);

/** RFC 6749 §5.2: 400 and 401 say that this client gets none; everything else may pass. */
const failureOf = (told: Exchange): SendFailure => {
  if (told.kind !== 'answered') return told.failure === 'egress_denied' ? 'egress_denied' : 'token_unavailable';
  return told.status === 400 || told.status === 401 || told.status === 403 ? 'token_refused' : 'token_unavailable';
};
