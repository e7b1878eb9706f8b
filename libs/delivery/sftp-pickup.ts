import { createHash } from 'node:crypto';
import type { IncomingAnswer, InsurerRecord, SftpConnection } from '#libs/application';
import type { InsurerId } from '#libs/kernel';
import { ANSWERS_PER_READING } from './insurer-protocol.js';
import { SftpFailure } from './sftp-failure.js';
import type { RemoteFile, SftpSession } from './sftp-session.js';

const MEGABYTE = 1024 * 1024;
export const LARGEST_ANSWER = 16 * MEGABYTE;
/** In one reading, however many files there are. */
const LARGEST_READING = 32 * MEGABYTE;
/** Of a file that is too large only so much is looked at: enough to set it aside for a person. */
const BEGINNING = 1_024;

type Outbound = NonNullable<SftpConnection['outbound']>;

/** What was picked up, and how it is taken from the directory once it is stored. */
export interface PickedUp {
  readonly answers: readonly IncomingAnswer[];
  take(session: SftpSession): Promise<void>;
}

export const NOTHING: PickedUp = { answers: [], take: () => Promise.resolve() };

/** Not hidden, not a place elsewhere, and nothing that a terminal would obey. */
const isPlainName = ({ name }: RemoteFile): boolean => /^[^./\p{Cc}][^/\p{Cc}]{0,250}$/u.test(name);

const byAge = (left: RemoteFile, right: RemoteFile): number =>
  left.modified - right.modified || (left.name < right.name ? -1 : 1);

/** X12 begins with ISA or TA1; JSON is told by its brace; anything else is read as X12 and set aside. */
const mediaTypeOf = (bytes: Buffer): IncomingAnswer['mediaType'] =>
  /^\s*\{/.test(bytes.subarray(0, 64).toString('latin1')) ? 'application/json' : 'application/edi-x12';

/** What insurers leave in their outbound directories. */
export class SftpPickup {
  /** Sizes at the last look: a file that has grown since is still being written. */
  private readonly seen = new Map<InsurerId, ReadonlyMap<string, number>>();

  /** Throws `SftpFailure`. */
  async look(session: SftpSession, to: InsurerRecord<SftpConnection>): Promise<PickedUp> {
    const { outbound } = to.connection;
    if (outbound === undefined) return NOTHING;
    const files = (await session.list(outbound.directory)).filter((file) => isPlainName(file) && file.size > 0);
    const before = this.seen.get(to.id);
    this.seen.set(to.id, new Map(files.map(({ name, size }) => [name, size])));
    const settled = files.filter(({ name, size }) => before?.get(name) === size).sort(byAge);
    return this.fetch(session, outbound, settled.slice(0, ANSWERS_PER_READING));
  }

  private async fetch(session: SftpSession, outbound: Outbound, files: readonly RemoteFile[]): Promise<PickedUp> {
    const answers: IncomingAnswer[] = [];
    const taken: RemoteFile[] = [];
    let total = 0;
    for (const file of files) {
      if (total > LARGEST_READING) break;
      const bytes = await readWhole(session, `${outbound.directory}/${file.name}`, file.size);
      if (bytes === undefined) continue;
      total += bytes.length;
      // The same content is the same answer, under whatever name it comes again.
      const id = createHash('sha256').update(bytes).digest('hex');
      answers.push({ id, mediaType: mediaTypeOf(bytes), bytes });
      if (bytes.length === file.size) taken.push(file);
    }
    return { answers, take: (later) => takeAway(later, outbound, taken) };
  }
}

/** Undefined for a file that vanished or changed meanwhile; its beginning for one that is too large. */
const readWhole = async (session: SftpSession, path: string, size: number): Promise<Buffer | undefined> => {
  try {
    if (size > LARGEST_ANSWER) return await session.read(path, BEGINNING);
    const bytes = await session.read(path, size + 1);
    return bytes.length === size ? bytes : undefined;
  } catch (error) {
    // Somebody else took it, or may not let us: the others are still read. A connection that is gone ends the reading.
    if (error instanceof SftpFailure && error.status !== undefined) return undefined;
    throw error;
  }
};

/** Only the file that was read: one that the insurer has replaced since stays. What cannot be taken away comes again. */
const takeAway = async (session: SftpSession, outbound: Outbound, files: readonly RemoteFile[]): Promise<void> => {
  for (const { name, size, modified } of files) {
    const path = `${outbound.directory}/${name}`;
    try {
      const now = await session.look(path);
      if (now?.size !== size || now.modified !== modified) continue;
      if (outbound.archive === undefined) await session.remove(path);
      else await archive(session, path, { directory: outbound.archive, name });
    } catch (error) {
      if (!(error instanceof SftpFailure) || error.status === undefined) throw error;
    }
  }
};

/** Under its own name, or where that is taken under one beside it. */
const archive = async (
  session: SftpSession,
  path: string,
  to: { readonly directory: string; readonly name: string },
): Promise<void> => {
  const place = `${to.directory}/${to.name}`;
  for (let number = 0; number < 10; number += 1) {
    const free = number === 0 ? place : `${place}.${number}`;
    if ((await session.look(free)) !== undefined) continue;
    await session.rename(path, free);
    return;
  }
};
