import { ok, type Result } from '#libs/kernel';
import { type EmbeddedStep, startEmbeddedPostgres } from './embedded/index.js';

/** Where the database is: a server that somebody runs, or the built-in one with its data here. */
export type DatabasePlace =
  { readonly kind: 'url'; readonly url: string } | { readonly kind: 'embedded'; readonly dataDirectory: string };

export interface ReachedDatabase {
  /** The role that owns the tables. Holds a password: never to be shown. */
  readonly ownerUrl: string;
  /** Stops the built-in server if nobody else needs it. */
  close(): Promise<void>;
}

/** The database that is meant; the built-in one is started if it does not run. Codes as of `startEmbeddedPostgres`. */
export const reachDatabase = async (
  place: DatabasePlace,
  log?: (step: EmbeddedStep) => void,
): Promise<Result<ReachedDatabase>> => {
  if (place.kind === 'url') return ok({ ownerUrl: place.url, close: () => Promise.resolve() });
  const server = await startEmbeddedPostgres({ dataDirectory: place.dataDirectory, ...(log ? { log } : {}) });
  if (!server.ok) return server;
  return ok({ ownerUrl: server.value.ownerUrl, close: () => server.value.stop() });
};
