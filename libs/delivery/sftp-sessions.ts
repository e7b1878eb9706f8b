import { createHash } from 'node:crypto';
import type { InsurerRecord, SftpConnection } from '#libs/application';
import type { InsurerId } from '#libs/kernel';
import { type SessionOptions, SftpSession } from './sftp-session.js';

/** Servers count sessions per account, and some forget to close what is idle. */
const IDLE_MS = 10_000;

interface Lane {
  readonly terms: string;
  session?: Promise<SftpSession>;
  users: number;
  readonly queue: (() => void)[];
  idle?: NodeJS.Timeout;
}

type Insurer = InsurerRecord<SftpConnection>;

/** One connection per insurer, shared by as many uses at once as the insurer allows, closed when it has been idle. */
export class SftpSessions {
  private readonly lanes = new Map<InsurerId, Lane>();

  constructor(
    private readonly options: SessionOptions,
    private readonly idleMs = IDLE_MS,
  ) {}

  /** Throws `ConnectFailure` if there is no connection, and whatever the work throws. */
  async use<T>(to: Insurer, work: (session: SftpSession) => Promise<T>): Promise<T> {
    const lane = this.laneOf(to);
    await this.enter(lane, Math.max(1, to.profile.inFlightCap));
    try {
      return await work(await this.sessionOf(lane, to));
    } finally {
      this.leave(lane);
    }
  }

  async close(): Promise<void> {
    const lanes = [...this.lanes.values()];
    this.lanes.clear();
    await Promise.all(lanes.map(endSession));
  }

  /** A lane for the insurer as it is registered now; what uses an older registration finishes with it. */
  private laneOf(to: Insurer): Lane {
    const terms = termsOf(to);
    const found = this.lanes.get(to.id);
    if (found?.terms === terms) return found;
    if (found !== undefined && found.users === 0) void endSession(found);
    const lane: Lane = { terms, users: 0, queue: [] };
    this.lanes.set(to.id, lane);
    return lane;
  }

  private async enter(lane: Lane, cap: number): Promise<void> {
    clearTimeout(lane.idle);
    if (lane.users >= cap) await new Promise<void>((resolve) => lane.queue.push(resolve));
    else lane.users += 1;
  }

  /** Hands its place to whoever waits longest, or begins to count the idle time. */
  private leave(lane: Lane): void {
    const next = lane.queue.shift();
    if (next !== undefined) {
      next();
      return;
    }
    lane.users -= 1;
    if (lane.users > 0) return;
    const isCurrent = [...this.lanes.values()].includes(lane);
    lane.idle = setTimeout(() => void endSession(lane), isCurrent ? this.idleMs : 0).unref();
  }

  private async sessionOf(lane: Lane, to: Insurer): Promise<SftpSession> {
    const { session: opening } = lane;
    if (opening !== undefined) {
      const session = await opening;
      if (session.isOpen) return session;
      if (lane.session !== opening) return this.sessionOf(lane, to);
    }
    const session = SftpSession.open(to, this.options);
    lane.session = session;
    // One that did not come about is nobody's: the next use tries anew.
    session.catch(() => {
      if (lane.session === session) delete lane.session;
    });
    return session;
  }
}

const endSession = async (lane: Lane): Promise<void> => {
  clearTimeout(lane.idle);
  const { session } = lane;
  delete lane.session;
  await session?.then(
    (open) => open.end(),
    () => undefined,
  );
};

/** What a session was opened for; the secret only by its digest. */
const termsOf = ({ connection, token }: Insurer): string => {
  const { url, hostKey, user, authentication } = connection;
  return JSON.stringify([url, hostKey, user, authentication, createHash('sha256').update(token).digest('hex')]);
};
