import pg from 'pg';
import type { OpenStore } from '#libs/persistence';
import { aRelease, aTransmission, aWorld, submitted, type World } from './store-fixtures.js';

/** Connects as the role of the address. */
export const as = async <T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};

/** SQLSTATE of a statement that fails, or how many rows it gave or touched. */
export const outcome = (client: pg.Client, statement: string): Promise<string | number | null> =>
  client.query(statement).then(
    (result) => result.rowCount,
    (error: unknown) => (error instanceof pg.DatabaseError ? (error.code ?? '') : 'not a database error'),
  );

/** Insufficient privilege. */
export const REFUSED = '42501';

/** A world with at least one row in every table that the application may read. */
export const filled = async (open: OpenStore): Promise<World> => {
  const world = await aWorld(open);
  const [disclosure] = await submitted(world, 1);
  if (!disclosure) throw new Error('one was submitted');
  const sealed = aTransmission(world, disclosure);
  await world.run(async (transaction) => {
    await transaction.authority.sign(aRelease(world.client.id, world.practice.id));
    await transaction.transmissions.add([sealed]);
    await transaction.transmissions.takeNumbers('a>b', 1);
    await transaction.answers.admit(world.lane, { digest: 'a', bytes: new Uint8Array(3), mediaType: 'text/plain' });
    transaction.ledger.record({ kind: 'accepted', actor: 'worker' });
  });
  return world;
};
