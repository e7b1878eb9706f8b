import type { ImportKind, ImportReport } from '#libs/contracts';
import type { CellFault } from './columns.js';

export type RowOutcome =
  | { readonly kind: 'made' }
  | { readonly kind: 'there' }
  | { readonly kind: 'refused'; readonly faults: readonly CellFault[] };

type Range = ImportReport['ranges'][number];

/** A file of which so much is refused is another file than was meant. */
const MOST_REFUSALS = 10_000;

/** What became of the rows, as short as it can be told: a file without faults is one range. */
export class RowReport {
  readonly #ranges: Range[] = [];
  readonly #refusals: ImportReport['refusals'] = [];
  readonly #counts = { made: 0, there: 0, refused: 0 };
  #stopped: ImportReport['stopped'];

  constructor(private readonly about: { readonly kind: ImportKind; readonly dryRun: boolean }) {}

  /** Rows come in their order. */
  add(row: number, outcome: RowOutcome): void {
    this.#counts[outcome.kind] += 1;
    const last = this.#ranges.at(-1);
    if (last?.outcome === outcome.kind && last.to === row - 1) last.to = row;
    else this.#ranges.push({ from: row, to: row, outcome: outcome.kind });
    if (outcome.kind === 'refused') for (const fault of outcome.faults) this.#refusals.push({ row, ...fault });
  }

  get isFull(): boolean {
    return this.#counts.refused >= MOST_REFUSALS;
  }

  stop(at: NonNullable<ImportReport['stopped']>): void {
    this.#stopped ??= at;
  }

  told(): ImportReport {
    const { made, there, refused } = this.#counts;
    return {
      ...this.about,
      rows: made + there + refused,
      ...this.#counts,
      ranges: this.#ranges,
      refusals: this.#refusals.slice(0, 100_000),
      ...(this.#stopped === undefined ? {} : { stopped: this.#stopped }),
    };
  }
}
