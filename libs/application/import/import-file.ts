import type { ImportKind, ImportReport } from '#libs/contracts';
import { isUniqueViolation } from '../idempotency/once.js';
import type { Services } from '../ports/services.js';
import type { PracticeContext } from '../ports/store.js';
import { RowReader } from './columns.js';
import { FileStopped, readCsvRecords } from './csv-records.js';
import { type Imported, KINDS } from './import-kinds.js';
import { type RowOutcome, RowReport } from './row-report.js';

/** Rows in one transaction: enough that a round trip costs little, few enough to be done with in moments. */
const BATCH = 500;
/** Somebody else may make the same thing at the same moment. */
const TRIES = 3;

export interface FileToImport<Kind extends ImportKind = ImportKind> {
  readonly kind: Kind;
  readonly dryRun: boolean;
  readonly file: AsyncIterable<Uint8Array>;
}

interface ReadyRow<Kind extends ImportKind> {
  readonly row: number;
  readonly read: { readonly body: Imported<Kind> } | { readonly outcome: RowOutcome };
}

/** Undoes the batch of a dry run, and brings out what would have come of it. */
class Rehearsed extends Error {
  override readonly name = 'Rehearsed';

  constructor(readonly outcomes: readonly RowOutcome[]) {
    super('rehearsed');
  }
}

class Importing<Kind extends ImportKind> {
  /** Natural keys of rows that the file had before: in a dry run nothing of them is stored. */
  readonly #seen = new Set<string>();

  constructor(
    private readonly services: Services,
    private readonly context: PracticeContext,
    private readonly asked: Pick<FileToImport<Kind>, 'kind' | 'dryRun'>,
  ) {}

  /** What became of each row of a batch, in their order. */
  async take(rows: readonly ReadyRow<Kind>[]): Promise<readonly RowOutcome[]> {
    const { keyOf } = KINDS[this.asked.kind];
    const fresh: Imported<Kind>[] = [];
    const places: (number | RowOutcome)[] = rows.map(({ read }) => {
      if ('outcome' in read) return read.outcome;
      const key = keyOf(read.body);
      if (this.#seen.has(key)) return { kind: 'there' };
      this.#seen.add(key);
      return fresh.push(read.body) - 1;
    });
    const outcomes = fresh.length === 0 ? [] : await this.#load(fresh);
    outcomes.forEach((outcome, index) => {
      const body = fresh[index];
      // What was refused may stand in the file once more, without the fault.
      if (body !== undefined && outcome.kind === 'refused') this.#seen.delete(keyOf(body));
    });
    if (!this.asked.dryRun) this.#seen.clear();
    return places.map((place) => (typeof place === 'number' ? (outcomes[place] ?? { kind: 'there' }) : place));
  }

  async #load(bodies: readonly Imported<Kind>[]): Promise<readonly RowOutcome[]> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#inOneTransaction(bodies);
      } catch (error) {
        if (error instanceof Rehearsed) return error.outcomes;
        if (!isUniqueViolation(error) || attempt === TRIES) throw error;
      }
    }
  }

  #inOneTransaction(bodies: readonly Imported<Kind>[]): Promise<readonly RowOutcome[]> {
    const { services, context } = this;
    return services.store.inPractice(context, async (transaction) => {
      // Of two files at once, the second sees what the first has made.
      await transaction.imports.lock();
      const outcomes = await KINDS[this.asked.kind].load({ services, transaction, context, bodies });
      if (this.asked.dryRun) throw new Rehearsed(outcomes);
      return outcomes;
    });
  }
}

/**
 * Reads a file and makes of each row what it says, through the use cases that the API has, in transactions of five
 * hundred rows. What is there already is left as it is, so that the same file again makes nothing twice and one that
 * was broken off goes on. A dry run does the same and undoes each batch. Never more of the file in memory than a batch.
 */
export const importFile = async <Kind extends ImportKind>(
  services: Services,
  context: PracticeContext,
  { kind, dryRun, file }: FileToImport<Kind>,
): Promise<ImportReport> => {
  const report = new RowReport({ kind, dryRun });
  const importing = new Importing<Kind>(services, context, { kind, dryRun });
  let reader: RowReader<Kind> | undefined;
  let batch: ReadyRow<Kind>[] = [];
  const flush = async (): Promise<void> => {
    const rows = batch;
    batch = [];
    const outcomes = await importing.take(rows);
    rows.forEach(({ row }, index) => {
      const outcome = outcomes[index];
      if (outcome !== undefined) report.add(row, outcome);
    });
  };
  try {
    for await (const { row, cells } of readCsvRecords(file)) {
      if (reader === undefined) {
        reader = new RowReader(kind, cells);
        continue;
      }
      const read = reader.read(row, cells);
      batch.push({
        row,
        read: read.ok ? { body: read.body } : { outcome: { kind: 'refused', faults: read.faults } },
      });
      if (batch.length < BATCH) continue;
      await flush();
      if (report.isFull) throw new FileStopped('too_many_refused', row + 1);
    }
    await flush();
    if (reader === undefined) report.stop({ row: 1, code: 'header_missing' });
  } catch (error) {
    if (!(error instanceof FileStopped)) throw error;
    await flush();
    const { row, code, column } = error;
    report.stop({ row, code, ...(column === undefined ? {} : { column }) });
  }
  const { made, there, refused } = report.told();
  services.log.event('import.finished', { practice: context.practice, accepted: made + there, refused });
  return report.told();
};
