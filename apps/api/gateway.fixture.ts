import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { digestSecret, hashPassword, newSecret } from '#libs/access';
import type { Credential, Directory } from '#libs/application';
import type { Role } from '#libs/contracts';
import type { PracticeId, StaffId } from '#libs/kernel';
import { createMetrics, Health, type Log, type LogEvent } from '#libs/telemetry';
import { createApp } from './create-app.js';
import { FakeUseCases } from './fake-use-cases.fixture.js';
import { INSURER, PRACTICE, THING } from './samples.fixture.js';

export const PASSWORD = 'seven grey herons';
export const SIGN_IN = 'billing@meadow.example';
const STAFF = '20000000-0000-4000-8000-000000000001' as StaffId;

class FakeDirectory implements Directory {
  readonly credentials = new Map<string, Credential>();
  /** Whether the one member of staff signs in with a password of somebody else’s making. */
  mustChange = false;

  constructor(private readonly passwordHash: string) {}

  findStaff: Directory['findStaff'] = (signIn) =>
    Promise.resolve(
      signIn === SIGN_IN
        ? {
            practice: PRACTICE,
            staff: STAFF,
            passwordHash: this.passwordHash,
            roles: ['billing'],
            name: 'Bo Ledger',
            mustChangePassword: this.mustChange,
          }
        : undefined,
    );

  putCredential = (credential: Credential): Promise<void> => {
    this.credentials.set(credential.digest, credential);
    return Promise.resolve();
  };

  findCredential = (digest: string): Promise<Credential | undefined> => Promise.resolve(this.credentials.get(digest));

  revokeCredential = (digest: string): Promise<void> => {
    this.credentials.delete(digest);
    return Promise.resolve();
  };

  findSigningLink: Directory['findSigningLink'] = () => Promise.resolve(undefined);

  practices = (): Promise<readonly PracticeId[]> => Promise.resolve([PRACTICE]);
}

interface Written {
  readonly event: LogEvent;
  readonly cause: unknown;
}

export interface Gateway {
  readonly app: NestFastifyApplication;
  readonly useCases: FakeUseCases;
  readonly directory: FakeDirectory;
  readonly written: Written[];
  readonly clock: { now: () => number; at: number };
  readonly ready: { now: boolean };
  /** A session’s cookie and the header that changes need. */
  session(roles: readonly Role[], practice?: PracticeId): Record<string, string>;
  /** The Authorization header of a program. */
  apiKey(roles: readonly Role[]): Record<string, string>;
  /** The Authorization header of an insurer. */
  insurer(practice?: PracticeId): Record<string, string>;
  metrics(): Promise<string>;
  close(): Promise<void>;
}

/** A gateway over invented use cases, for what HTTP itself promises. */
export const openGateway = async (
  options: {
    readonly secureCookies?: boolean;
    readonly trustedProxies?: readonly string[];
    readonly isLocal?: boolean;
    readonly consoleDirectory?: string;
    /** How long a body that is no file may take to arrive. */
    readonly patienceMs?: number;
  } = {},
): Promise<Gateway> => {
  const hashed = await hashPassword(PASSWORD);
  if (!hashed.ok) throw new Error('the password of the fixture is refused');
  const clock = { at: 1_790_000_000_000, now: (): number => clock.at };
  const written: Written[] = [];
  const log: Log = { write: (event, cause) => void written.push({ event, cause }) };
  const ready = { now: true };
  const useCases = new FakeUseCases();
  const directory = new FakeDirectory(hashed.value);
  const metrics = createMetrics();
  let ids = 0;
  const uuid = (): string => `30000000-0000-4000-8000-${String((ids += 1)).padStart(12, '0')}`;
  const app = await createApp(
    {
      useCases,
      directory,
      clock,
      ids: { uuid },
      log,
      metrics,
      health: new Health({ database: () => Promise.resolve(ready.now ? undefined : 'database.unreachable') }),
      trustedProxies: options.trustedProxies ?? [],
      isLocal: options.isLocal ?? false,
      secureCookies: options.secureCookies ?? true,
      ...(options.consoleDirectory === undefined ? {} : { consoleDirectory: options.consoleDirectory }),
    },
    options.patienceMs,
  );
  await app.init();
  await app.getHttpAdapter().getInstance().ready();

  const credential = (kind: Credential['kind'], of: Pick<Credential, 'practice' | 'subject' | 'roles'>): string => {
    const { secret } = newSecret(kind);
    const digest = digestSecret(secret);
    directory.credentials.set(digest, { ...of, digest, kind, expiresAt: clock.at + 3_600_000 });
    return secret;
  };
  return {
    app,
    useCases,
    directory,
    written,
    clock,
    ready,
    session: (roles, practice = PRACTICE) => ({
      cookie: `${options.secureCookies === false ? '' : '__Host-'}sluice=${credential('session', { practice, subject: `staff:${STAFF}`, roles })}`,
      'sluice-request': '1',
    }),
    apiKey: (roles) => ({
      authorization: `Bearer ${credential('api-key', { practice: PRACTICE, subject: 'key:20000000-0000-4000-8000-000000000009', roles })}`,
    }),
    insurer: (practice = PRACTICE) => ({
      authorization: `Bearer ${credential('inbox-token', { practice, subject: `insurer:${INSURER}/${THING}`, roles: ['insurer'] })}`,
    }),
    metrics: () => metrics.text(),
    close: () => app.close(),
  };
};
