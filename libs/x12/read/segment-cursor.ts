import { type Issue, issue } from '#libs/kernel';
import type { Segment } from './interchange.js';

/**
 * Walks segments once, forwards, and remembers what was wrong. An unexpected one is reported as `path/n`, where the first
 * segment walked has the number `first`.
 */
export class SegmentCursor {
  readonly issues: Issue[] = [];
  #at = 0;

  constructor(
    private readonly segments: readonly Segment[],
    private readonly path: string,
    private readonly first: number,
  ) {}

  get next(): Segment | undefined {
    return this.segments[this.#at];
  }

  takeIf(...names: readonly string[]): Segment | undefined {
    const next = this.next;
    if (next === undefined || !names.includes(next.name)) return undefined;
    this.#at += 1;
    return next;
  }

  take(name: string): Segment | undefined {
    const taken = this.takeIf(name);
    if (taken === undefined) this.#unexpected(name);
    return taken;
  }

  /** All that follow with one of these names. */
  takeAll(...names: readonly string[]): readonly Segment[] {
    return this.takeWhile((segment) => names.includes(segment.name));
  }

  takeWhile(wanted: (segment: Segment) => boolean): readonly Segment[] {
    const from = this.#at;
    for (let next = this.next; next !== undefined && wanted(next); next = this.next) this.#at += 1;
    return this.segments.slice(from, this.#at);
  }

  expect(holds: boolean, code: string, path: string): void {
    if (!holds) this.issues.push(issue(code, path));
  }

  finish(): void {
    if (this.next !== undefined) this.#unexpected('the end');
  }

  /** Ends the walk: after a segment in the wrong place nothing further can be told. */
  #unexpected(wanted: string): void {
    const next = this.next;
    if (next === undefined && this.issues.length > 0) return;
    const at = next === undefined ? this.path : `${this.path}/${this.first + this.#at}`;
    this.issues.push(issue('x12_segment_unexpected', at, `expected ${wanted}`));
    this.#at = this.segments.length;
  }
}
