import type { Log } from '#libs/application';
import { failed, issue, type Result } from '#libs/kernel';
import { CURSOR_PLACE } from '../paging.js';
import type { Answer } from '../use-cases/asked.js';

/** What the store’s errors mean to whoever asked. What is not here is a defect and stays an exception. */
const MEANING: ReadonlyMap<string, string> = new Map([
  ['connection_lost', 'unavailable'],
  ['commit_ambiguous', 'unavailable'],
  ['too_many_connections', 'unavailable'],
  ['lock_timeout', 'unavailable'],
  ['canceled', 'unavailable'],
  ['serialization', 'unavailable'],
  ['deadlock', 'unavailable'],
  ['disk_full', 'unavailable'],
  ['read_only', 'unavailable'],
  // This process has an old key file.
  ['key_retired', 'unavailable'],
  ['illegal_transition', 'state_conflict'],
  ['fence_lost', 'state_conflict'],
  // Something may have been taken in: it cannot be sealed anew.
  ['transmission_attempted', 'state_conflict'],
  ['unique_violation', 'duplicate'],
  // The client’s key was destroyed: the client is no longer there.
  ['client_key_missing', 'not_found'],
  ['cursor_invalid', 'cursor_invalid'],
]);

/** Where in the request that stands which is the request’s own fault. */
const PLACE: ReadonlyMap<string, string> = new Map([['cursor_invalid', CURSOR_PLACE]]);

/** The code without the constraint that it names. */
const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code.split(':')[0] : undefined;

export const meaningOf = (error: unknown): string | undefined => MEANING.get(codeOf(error) ?? '');

/** What became of a use case, with what the store could not do as an issue. */
export const settled = async <T>(log: Log, work: Promise<Result<T>>): Answer<T> => {
  try {
    return await work;
  } catch (error) {
    const meaning = meaningOf(error);
    if (meaning === undefined) throw error;
    if (meaning === 'unavailable') log.failure('database.unreachable', error, { component: 'api' });
    return failed(issue(meaning, PLACE.get(meaning) ?? ''));
  }
};
