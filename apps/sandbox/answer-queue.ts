import type { LedgerEntry } from './ledger-row.js';

/** One answer that can be collected: which row, and which of the row's answers. */
interface Published<Entry> {
  readonly entry: Entry;
  readonly index: number;
}

const order = (left: LedgerEntry, right: LedgerEntry): number => {
  const [a, b] = [Date.parse(left.terms.availableAt), Date.parse(right.terms.availableAt)];
  return a === b ? left.seq - right.seq : a - b;
};

/**
 * The answers of one insurer in the order in which they become available. What has been published keeps its place, and
 * a restart gives every answer the same place: the order follows from the ledger alone.
 */
export class AnswerQueue<Entry extends LedgerEntry> {
  private readonly published: Published<Entry>[] = [];
  private waiting: Entry[] = [];
  private sorted = true;

  constructor(private readonly count: (entry: Entry) => number) {}

  add(entry: Entry): void {
    this.waiting.push(entry);
    this.sorted = false;
  }

  /** Publishes what is due, but no more than is needed to have so many answers. */
  publish(now: number, atLeast: number): void {
    if (!this.sorted) this.waiting.sort(order);
    this.sorted = true;
    let taken = 0;
    for (const entry of this.waiting) {
      if (this.published.length >= atLeast || Date.parse(entry.terms.availableAt) > now) break;
      for (let index = 0, count = this.count(entry); index < count; index++) this.published.push({ entry, index });
      taken++;
    }
    this.waiting = this.waiting.slice(taken);
  }

  get length(): number {
    return this.published.length;
  }

  slice(from: number, to: number): readonly Published<Entry>[] {
    return this.published.slice(from, to);
  }
}
