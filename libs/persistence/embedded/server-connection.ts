import { realpath } from 'node:fs/promises';
import pg from 'pg';
import { failed, issue, ok, type Result } from '#libs/kernel';
import { SUPERUSER } from './initialise.js';
import type { ServerState } from './state-file.js';

export const HOST = '127.0.0.1';
export const OWNER = 'sluice_owner';
const DATABASE = 'sluice';

const urlOf = (role: { name: string; password: string }, place: { port: number; database: string }): string =>
  `postgres://${role.name}:${role.password}@${HOST}:${place.port}/${place.database}`;

export const superuserUrl = (state: ServerState): string =>
  urlOf({ name: SUPERUSER, password: state.superuserPassword }, { port: state.port, database: DATABASE });

export const ownerUrl = (state: ServerState): string =>
  urlOf({ name: OWNER, password: state.ownerPassword }, { port: state.port, database: DATABASE });

const withClient = async <T>(url: string, task: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000, query_timeout: 15_000 });
  // A connection that breaks also fails the query in hand, which is where it is dealt with.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await task(client);
  } finally {
    await client.end().catch(() => undefined);
  }
};

const maintenanceUrl = (state: ServerState): string =>
  urlOf({ name: SUPERUSER, password: state.superuserPassword }, { port: state.port, database: 'postgres' });

/** Whether the server on the port takes our password and serves our directory, and not some other server's. */
export const isOurServer = async (state: ServerState): Promise<boolean> => {
  try {
    const served = await withClient(maintenanceUrl(state), async (client) => {
      const shown = await client.query<{ data_directory: string }>('show data_directory');
      return shown.rows[0]?.data_directory ?? '';
    });
    return (await realpath(served)) === (await realpath(state.dataDirectory));
  } catch {
    return false;
  }
};

/**
 * Makes the owner role and the database where they are missing. The owner makes the schema and the roles of the running
 * program, and is itself neither superuser nor exempt from row-level security. `embedded.provision-failed`.
 */
export const provision = async (state: ServerState): Promise<Result<void>> => {
  try {
    await withClient(maintenanceUrl(state), async (client) => {
      const role = await client.query('select 1 from pg_roles where rolname = $1', [OWNER]);
      if (role.rowCount === 0) {
        await client.query(
          `create role ${OWNER} login createrole password ${client.escapeLiteral(state.ownerPassword)}`,
        );
      }
      const database = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
      if (database.rowCount === 0) await client.query(`create database ${DATABASE} owner ${OWNER}`);
    });
    return ok(undefined);
  } catch {
    return failed(issue('embedded.provision-failed', state.dataDirectory));
  }
};
