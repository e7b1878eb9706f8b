import type { Transaction } from '../ports/store.js';
import type { Heartbeat } from '../ports/system.js';

export type CheckName = 'api' | 'database' | 'worker' | 'ledger-head' | 'checkpoint' | 'quarantine';

export interface HealthCheck {
  readonly name: CheckName;
  readonly status: 'ok' | 'warning' | 'failed';
  readonly code?: string;
  /** When what is checked last happened, in milliseconds. */
  readonly last?: number;
  readonly count?: number;
}

/** Workers beat four times a minute; one that has been silent for so long is taken for dead. */
const SILENT_MS = 60_000;

/** A checkpoint is due hourly; twice that, nobody signs. */
const UNSIGNED_MS = 2 * 3_600_000;

type Beat = Heartbeat & { readonly at: number };

const workerCheck = (beats: readonly Beat[], now: number): HealthCheck => {
  const newest = beats[0];
  const living = beats.filter(({ at }) => now - at <= SILENT_MS).length;
  if (newest === undefined) return { name: 'worker', status: 'failed', code: 'worker_never_seen', count: 0 };
  const silent = living === 0 ? ({ status: 'failed', code: 'worker_silent' } as const) : ({ status: 'ok' } as const);
  return { name: 'worker', ...silent, last: newest.at, count: living };
};

const quarantineCheck = (beats: readonly Beat[], setAside: number, now: number): HealthCheck => {
  const why = beats.find(({ at, quarantine }) => quarantine !== undefined && now - at <= SILENT_MS)?.quarantine;
  const name = 'quarantine';
  if (why !== undefined) return { name, status: 'failed', code: `quarantine.${why}`, count: setAside };
  return setAside > 0
    ? { name, status: 'warning', code: 'answers_set_aside', count: setAside }
    : { name, status: 'ok', count: 0 };
};

/** Every part of the installation that one practice depends on, by name. Reaching the database is itself a check. */
export const healthIn = async (transaction: Transaction): Promise<readonly HealthCheck[]> => {
  const { system, ledger } = transaction;
  const now = await transaction.clock();
  const beats = await system.heartbeats();
  const end = await system.ledgerEnd();
  const signed = await ledger.lastCheckpoint();
  const overdue = end.unsignedSince !== undefined && now - end.unsignedSince > UNSIGNED_MS;
  return [
    { name: 'api', status: 'ok' },
    { name: 'database', status: 'ok' },
    workerCheck(beats, now),
    {
      name: 'ledger-head',
      ...(end.agrees ? ({ status: 'ok' } as const) : ({ status: 'failed', code: 'head_mismatch' } as const)),
      ...(end.writtenAt === undefined ? {} : { last: end.writtenAt }),
      count: end.height,
    },
    {
      name: 'checkpoint',
      ...(overdue ? ({ status: 'warning', code: 'checkpoint_overdue' } as const) : ({ status: 'ok' } as const)),
      ...(signed === undefined ? {} : { last: signed.at }),
    },
    quarantineCheck(beats, await system.setAside(), now),
  ];
};
