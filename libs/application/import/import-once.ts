import { createHash, type Hash } from 'node:crypto';
import type { ImportKind, ImportReport } from '#libs/contracts';
import { failed, issue, ok, type Result } from '#libs/kernel';
import { isUniqueViolation } from '../idempotency/once.js';
import type { IdempotencyClaim } from '../intake/submission.js';
import type { Services } from '../ports/services.js';
import type { PracticeContext } from '../ports/store.js';
import { type FileToImport, importFile } from './import-file.js';

/** The key of a request whose body is read only once, so that what it asks is known at its end. */
export type OpenClaim = Omit<IdempotencyClaim, 'fingerprint'>;

const hashing = async function* (file: AsyncIterable<Uint8Array>, hash: Hash): AsyncGenerator<Uint8Array, undefined> {
  for await (const chunk of file) {
    hash.update(chunk);
    yield chunk;
  }
  return undefined;
};

const digestOf = async (file: AsyncIterable<Uint8Array>): Promise<string> => {
  const hash = createHash('sha256');
  for await (const chunk of file) hash.update(chunk);
  return hash.digest('hex');
};

/**
 * Imports a file under an idempotency key: the same key with the same bytes gives the report of the first time, other
 * bytes are `idempotency_key_reused`. A run that was broken off left no report, and goes on where it was.
 */
export const importOnce = async <Kind extends ImportKind>(
  services: Services,
  asked: { readonly context: PracticeContext; readonly claim: OpenClaim },
  wanted: Omit<FileToImport<Kind>, 'dryRun'>,
): Promise<Result<{ readonly report: ImportReport; readonly replayed: boolean }>> => {
  const { context, claim } = asked;
  const [found] = await services.store.inPractice(context, ({ idempotency }) => idempotency.find([claim]));
  if (found !== undefined) {
    return (await digestOf(wanted.file)) === found.fingerprint
      ? ok({ report: JSON.parse(found.body) as ImportReport, replayed: true })
      : failed(issue('idempotency_key_reused', 'Idempotency-Key'));
  }
  const hash = createHash('sha256');
  const report = await importFile(services, context, {
    kind: wanted.kind,
    dryRun: false,
    file: hashing(wanted.file, hash),
  });
  // A file that was given up before its end was not read to it.
  for await (const chunk of wanted.file) hash.update(chunk);
  try {
    await services.store.inPractice(context, ({ idempotency }) =>
      idempotency.add([{ ...claim, fingerprint: hash.digest('hex'), body: JSON.stringify(report) }]),
    );
  } catch (error) {
    if (isUniqueViolation(error)) return failed(issue('idempotency_in_progress', 'Idempotency-Key'));
    throw error;
  }
  return ok({ report, replayed: false });
};
