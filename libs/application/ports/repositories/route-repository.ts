import type { InsurerId, LaneId } from '#libs/kernel';
import type { LaneRecord, RouteRecord } from '../records/route.js';

export interface LaneRepository {
  all(): Promise<readonly LaneRecord[]>;
  /** Their direct ones. */
  ofInsurers(ids: readonly InsurerId[]): Promise<ReadonlyMap<InsurerId, LaneRecord>>;
  /** Nothing of it for a lane that is stopped, unless it is to stay so. */
  save(lane: Pick<LaneRecord, 'id' | 'breaker' | 'openUntil' | 'failures' | 'slow'>): Promise<void>;
  /** As if nothing had ever failed. False for a lane that is not stopped. */
  clear(lane: LaneId): Promise<boolean>;
  saveCursor(lane: LaneId, cursor: string): Promise<void>;
  /** When anything last came back on each; absent where nothing ever did. */
  lastAnswers(): Promise<ReadonlyMap<LaneId, number>>;
}

export interface RouteRepository {
  /** Also makes the route's lane, unless it is the insurer's direct one. */
  add(route: RouteRecord): Promise<void>;
  /** Newest first. */
  of(insurer: InsurerId): Promise<readonly RouteRecord[]>;
  /** The newest of each insurer; absent where none was ever recorded, which is direct. */
  current(insurers: readonly InsurerId[]): Promise<ReadonlyMap<InsurerId, RouteRecord>>;
  ofLanes(lanes: readonly LaneId[]): Promise<ReadonlyMap<LaneId, RouteRecord>>;
  /** Everything through a clearinghouse, oldest first. */
  throughAgents(): Promise<readonly RouteRecord[]>;
}
