/**
 * Holds the entities against the migrations: on a database of its own, migrated from nothing, a generated migration must
 * be empty. Runs the built code. Exit code 1 and the statements when one was forgotten.
 */
import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrateDatabase, pendingSchemaChanges, startEmbeddedPostgres } from '#libs/persistence';

const valueOf = (result) => {
  if (!result.ok) throw new Error(result.issues.map((found) => `${found.code} ${found.path}`).join(', '));
  return result.value;
};

const password = () => randomBytes(16).toString('hex');

const directory = await mkdtemp(join(tmpdir(), 'sluice-migrations-'));
await chmod(directory, 0o755);
try {
  const server = valueOf(await startEmbeddedPostgres({ dataDirectory: join(directory, 'postgres'), durable: false }));
  try {
    const passwords = { app: password(), relay: password(), queue: password() };
    const { applied } = valueOf(await migrateDatabase(server.ownerUrl, { passwords }));
    const pending = await pendingSchemaChanges(server.ownerUrl);
    for (const statement of pending) console.error(statement);
    console.log(`${applied.length} migrations, ${pending.length} statements missing`);
    if (pending.length > 0) process.exitCode = 1;
  } finally {
    await server.stop();
  }
} finally {
  await rm(directory, { recursive: true, force: true });
}
