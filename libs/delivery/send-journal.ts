import { type FileHandle, mkdir, open, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { JournalEntry, SendJournal } from '#libs/application';
import {
  type Clock,
  dateOfInstant,
  type DisclosureId,
  type IdSource,
  isUuid,
  type PracticeId,
  UTC,
} from '#libs/kernel';

const FILE = /^sends-\d{4}-\d{2}-\d{2}-[0-9a-f]{8}\.jsonl$/;
const DAY = 86_400_000;

const id = <Id extends string>() => z.string().refine((text): text is Id => isUuid(text));

const line = z.strictObject({ practice: id<PracticeId>(), disclosure: id<DisclosureId>(), attempt: id<string>() });

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';

/** A line that a crash cut off was never answered for, so that nothing went because of it. */
const entriesIn = (text: string): readonly JournalEntry[] =>
  text.split('\n').flatMap((one): readonly JournalEntry[] => {
    if (one === '') return [];
    try {
      const read = line.safeParse(JSON.parse(one));
      return read.success ? [read.data] : [];
    } catch {
      return [];
    }
  });

export interface JournalPlace {
  /** Shared by all workers of an installation, and never restored together with the database. */
  readonly directory: string;
  /** Files whose day is longer ago are removed. Longer than the oldest backup that would ever be restored. */
  readonly keepDays: number;
  readonly clock: Clock;
  readonly ids: IdSource;
}

/** One file a day and process, appended and synced. Several processes never write to the same file. */
class FileJournal implements SendJournal {
  #open: { readonly day: string; readonly file: FileHandle } | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  readonly #own: string;

  constructor(private readonly place: JournalPlace) {
    this.#own = place.ids.uuid().slice(0, 8);
  }

  record(entries: readonly JournalEntry[]): Promise<void> {
    const written = this.#turn.then(() => this.#append(entries));
    this.#turn = written.catch(() => undefined);
    return written;
  }

  async entries(newest?: number): Promise<readonly JournalEntry[]> {
    const found: JournalEntry[] = [];
    for (const name of await this.#files()) {
      const entries = entriesIn(await readFile(join(this.place.directory, name), 'utf8'));
      found.push(...(newest === undefined ? entries : entries.slice(-newest)));
    }
    return found;
  }

  async isNew(): Promise<boolean> {
    return (await this.#files()).length === 0;
  }

  async begin(): Promise<void> {
    await this.record([]);
  }

  async close(): Promise<void> {
    await this.#turn;
    await this.#open?.file.close();
    this.#open = undefined;
  }

  async #append(entries: readonly JournalEntry[]): Promise<void> {
    const file = await this.#fileOfToday();
    if (entries.length === 0) return;
    const text = entries
      .map(({ practice, disclosure, attempt }) => JSON.stringify({ practice, disclosure, attempt }))
      .join('\n');
    await file.appendFile(`${text}\n`);
    await file.datasync();
  }

  async #fileOfToday(): Promise<FileHandle> {
    const day = dateOfInstant(this.place.clock.now(), UTC);
    if (this.#open?.day === day) return this.#open.file;
    await this.#open?.file.close();
    this.#open = undefined;
    const { directory } = this.place;
    await mkdir(directory, { recursive: true, mode: 0o700 });
    await this.#prune();
    const file = await open(join(directory, `sends-${day}-${this.#own}.jsonl`), 'a', 0o600);
    this.#open = { day, file };
    // The name of a new file is durable only with its directory.
    const listing = await open(directory, 'r');
    await listing.sync().finally(() => listing.close());
    return file;
  }

  async #prune(): Promise<void> {
    const oldest = this.place.clock.now() - this.place.keepDays * DAY;
    for (const name of await this.#files()) {
      const file = join(this.place.directory, name);
      if ((await stat(file)).mtimeMs < oldest) await rm(file, { force: true });
    }
  }

  async #files(): Promise<readonly string[]> {
    try {
      return (await readdir(this.place.directory)).filter((name) => FILE.test(name)).sort();
    } catch (error) {
      if (isMissing(error)) return [];
      throw error;
    }
  }
}

export type OpenJournal = Pick<FileJournal, 'record' | 'entries' | 'isNew' | 'begin' | 'close'>;

export const openSendJournal = (place: JournalPlace): OpenJournal => new FileJournal(place);
