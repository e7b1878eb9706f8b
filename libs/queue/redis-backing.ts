import { Redis, type RedisOptions } from 'ioredis';
import { failed, issue, type Issue, ok, type Result, warning } from '#libs/kernel';
import type { Backing } from './backing.js';

const CONNECT_MS = 2_000;
const LONGEST_PAUSE = 2_000;

const retryStrategy = (times: number): number => Math.min(times * 100, LONGEST_PAUSE);

const optionsOf = (url: URL): RedisOptions => ({
  host: url.hostname.replace(/^\[|\]$/g, ''),
  port: url.port === '' ? 6379 : Number(url.port),
  ...(url.username === '' ? {} : { username: decodeURIComponent(url.username) }),
  ...(url.password === '' ? {} : { password: decodeURIComponent(url.password) }),
  ...(url.pathname.length > 1 ? { db: Number(url.pathname.slice(1)) } : {}),
  ...(url.protocol === 'rediss:' ? { tls: { servername: url.hostname } } : {}),
  connectTimeout: CONNECT_MS,
  retryStrategy,
});

const field = (info: string, name: string): string | undefined =>
  new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1]?.trim();

/**
 * A Redis that evicts drops jobs and locks at its pleasure, so it is refused. One without an append-only file forgets the
 * queue when it dies; that costs time and no claim, and is told.
 */
const judge = (info: string): Result<readonly Issue[]> => {
  if (field(info, 'maxmemory_policy') !== 'noeviction')
    return failed(issue('queue.redis-evicts', 'REDIS_URL', 'maxmemory-policy noeviction'));
  return ok(field(info, 'aof_enabled') === '1' ? [] : [warning('queue.redis-without-aof', 'REDIS_URL')]);
};

/** Codes: `queue.url-invalid`, `queue.unreachable`, `queue.redis-evicts`. */
export const openRedisBacking = async (text: string): Promise<Result<Backing>> => {
  if (!URL.canParse(text)) return failed(issue('queue.url-invalid', 'REDIS_URL'));
  const options = optionsOf(new URL(text));
  const producer = new Redis({
    ...options,
    lazyConnect: true,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    commandTimeout: CONNECT_MS,
  });
  producer.on('error', () => undefined);
  const info = await connect(producer);
  const judged = info === undefined ? failed<readonly Issue[]>(issue('queue.unreachable', 'REDIS_URL')) : judge(info);
  if (!judged.ok) {
    producer.disconnect();
    return judged;
  }
  return ok({
    kind: 'redis',
    producerConnection: producer,
    workerConnection: { ...options, maxRetriesPerRequest: null },
    warnings: judged.value,
    close: () => {
      producer.disconnect();
      return Promise.resolve();
    },
  });
};

const connect = async (producer: Redis): Promise<string | undefined> => {
  try {
    await producer.connect();
    return await producer.info();
  } catch {
    return undefined;
  }
};
