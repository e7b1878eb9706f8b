import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from '#libs/persistence';

declare module 'vitest' {
  interface ProvidedContext {
    /** As the role that owns and migrates the database; not a superuser. */
    databaseUrl: string;
    databaseSuperuserUrl: string;
  }
}

/** One database server for all test files of a project: private, not durable, gone afterwards. */
const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const directory = await mkdtemp(join(tmpdir(), 'sluice-test-'));
  await chmod(directory, 0o755);
  const remove = () => rm(directory, { recursive: true, force: true });
  const server = await startEmbeddedPostgres({ dataDirectory: join(directory, 'postgres'), durable: false });
  if (!server.ok) {
    await remove();
    throw new Error(`no database server for the tests: ${server.issues.map((found) => found.code).join(', ')}`);
  }
  project.provide('databaseUrl', server.value.ownerUrl);
  project.provide('databaseSuperuserUrl', server.value.superuserUrl);
  return async () => {
    await server.value.stop();
    await remove();
  };
};

export default setup;
