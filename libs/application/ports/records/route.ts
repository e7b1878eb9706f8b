import type { InsurerId, LaneId, RouteId } from '#libs/kernel';
import type { BearerConnection, SftpConnection } from '../connection.js';
import type { Agent } from './insurer.js';

/** Participation is between the practice and the insurer, whoever carries the claim. */
type WithoutParticipation<Connection> = Connection extends unknown ? Omit<Connection, 'participation'> : never;

/** How the practice reaches an insurer, from one moment on; the newest holds. Each has a lane of its own. */
export interface RouteRecord {
  readonly id: RouteId;
  readonly insurer: InsurerId;
  readonly lane: LaneId;
  readonly recordedBy: string;
  readonly recordedAt: number;
  /** Absent for a direct one. */
  readonly through?: {
    readonly agent: Omit<Agent, 'route'>;
    /** Clearinghouses are spoken to with a bearer token, or by files. */
    readonly connection: WithoutParticipation<BearerConnection | SftpConnection>;
    readonly token: string;
  };
}

export interface LaneRecord {
  readonly id: LaneId;
  readonly insurer: InsurerId;
  readonly route: 'direct' | 'clearinghouse';
  /** `stopped`: the insurer is not the one that was registered, and nothing is sent until a person has cleared it. */
  readonly breaker: 'closed' | 'open' | 'half-open' | 'stopped';
  readonly openUntil: number;
  readonly failures: number;
  readonly slow: boolean;
  readonly answersCursor: string;
}
