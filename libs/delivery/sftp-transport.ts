import { createHash } from 'node:crypto';
import type { InsurerRecord, Permit, ProbeOutcome, SendFailure, SendOutcome, SftpConnection } from '#libs/application';
import type { Sealed } from '#libs/disclosure';
import { ConnectFailure } from './connect-failure.js';
import { registeredUrl, type Resolve } from './egress-guard.js';
import type { ReadAnswers } from './insurer-protocol.js';
import { SftpFailure } from './sftp-failure.js';
import { SftpPickup } from './sftp-pickup.js';
import type { SftpSession } from './sftp-session.js';
import { SftpSessions } from './sftp-sessions.js';
import { type RemoteNames, upload, whereIs } from './sftp-upload.js';

export interface SftpTransportOptions {
  /** Milliseconds on a clock that never jumps: the one the permit was granted on. */
  readonly monotonic: () => number;
  /** Only for tests on this machine. */
  readonly allowLoopback: boolean;
  readonly privateNetworks?: readonly string[];
  readonly resolve?: Resolve;
  /** In milliseconds; connection and handshake 5 seconds, one request 15 and the whole upload 30 unless said. */
  readonly timeouts?: {
    readonly connect?: number;
    readonly headers?: number;
    readonly upload?: number;
    readonly idle?: number;
  };
}

type Insurer = InsurerRecord<SftpConnection>;

/** The part of `Transport` that is done with files. */
export interface SftpTransport {
  send(sealed: Sealed, permit: Permit, to: Insurer): Promise<SendOutcome>;
  probe(idempotencyKey: string, to: Insurer, attempt: number): Promise<ProbeOutcome>;
  answers(to: Insurer): Promise<ReadAnswers & { readonly taken?: () => Promise<void> }>;
  /** Breaks what is under way. */
  close(): Promise<void>;
}

/** Hands sealed bytes to an insurer as a file, and picks up the files in which it answers. Retries nothing. */
export const createSftpTransport = (options: SftpTransportOptions): SftpTransport => new OverSftp(options);

/** The key says nothing, and neither does a name made of it; what could not stand in a name is not let into one. */
const nameOf = (idempotencyKey: string): string =>
  /^[A-Za-z0-9_-]{1,100}$/.test(idempotencyKey)
    ? idempotencyKey
    : createHash('sha256').update(idempotencyKey).digest('hex').slice(0, 40);

/** A name that begins with a dot is in nobody's pattern. */
const namesOf = ({ inbound, suffix = '' }: SftpConnection, idempotencyKey: string, attempt: number): RemoteNames => {
  const directory = inbound.replace(/\/+$/, '');
  const name = nameOf(idempotencyKey);
  return { final: `${directory}/${name}${suffix}`, temporary: `${directory}/.${name}.${attempt}.part` };
};

const failureOf = (error: unknown): SendFailure =>
  error instanceof SftpFailure || error instanceof ConnectFailure ? error.failure : 'unknown_failure';

class OverSftp implements SftpTransport {
  private readonly sessions: SftpSessions;
  private readonly pickup = new SftpPickup();

  constructor(private readonly options: SftpTransportOptions) {
    const { allowLoopback, privateNetworks, resolve, timeouts } = options;
    const rules = {
      allowLoopback,
      connectTimeoutMs: timeouts?.connect ?? 5_000,
      ...(privateNetworks === undefined ? {} : { privateNetworks }),
      ...(resolve === undefined ? {} : { resolve }),
    };
    this.sessions = new SftpSessions({ rules, answerTimeoutMs: timeouts?.headers ?? 15_000 }, timeouts?.idle);
  }

  async send(sealed: Sealed, permit: Permit, to: Insurer): Promise<SendOutcome> {
    const { record } = sealed;
    const digest = createHash('sha256').update(record.bytes).digest('hex');
    if (digest !== record.digest) return { kind: 'refused', code: 'unknown_failure' };
    if (permit.transmission !== record.transmission) return { kind: 'not-sent', code: 'permit_expired' };
    if (!registeredUrl(to.connection.url, this.options).ok) return { kind: 'refused', code: 'egress_denied' };
    const { monotonic, timeouts } = this.options;
    const longest = timeouts?.upload ?? 30_000;
    let began = 0;
    return upload((work) => this.sessions.use(to, work), {
      names: namesOf(to.connection, record.idempotencyKey, permit.ordinal),
      bytes: Buffer.from(record.bytes),
      mayStart: () => {
        began = monotonic();
        return permit.use(began);
      },
      mayFinish: () => monotonic() - began <= longest,
    });
  }

  /**
   * Absent only where the attempt was found unfinished and withdrawn, or where the insurer keeps what it picked up. At
   * any other a file that is not there may have been picked up: that is `unknown`.
   */
  async probe(idempotencyKey: string, to: Insurer, attempt: number): Promise<ProbeOutcome> {
    const names = namesOf(to.connection, idempotencyKey, attempt);
    return this.reading(to, async (session): Promise<ProbeOutcome> => {
      const found = await whereIs(session, names);
      switch (found.kind) {
        case 'there':
          return { kind: 'present', size: found.size };
        case 'withdrawn':
          return { kind: 'absent' };
        case 'gone':
          return { kind: to.connection.keeps === true ? 'absent' : 'unknown' };
      }
    });
  }

  async answers(to: Insurer): Promise<ReadAnswers & { readonly taken?: () => Promise<void> }> {
    return this.reading(to, async (session) => {
      const { answers, take } = await this.pickup.look(session, to);
      // What cannot be taken away now comes again, and is known then.
      const taken = () => this.sessions.use(to, take).catch(() => undefined);
      return { kind: 'read', answers, next: '', taken } as const;
    });
  }

  close(): Promise<void> {
    return this.sessions.close();
  }

  private async reading<T>(
    to: Insurer,
    work: (session: SftpSession) => Promise<T>,
  ): Promise<T | { readonly kind: 'failed'; readonly code: SendFailure }> {
    try {
      return await this.sessions.use(to, work);
    } catch (error) {
      return { kind: 'failed', code: failureOf(error) };
    }
  }
}
