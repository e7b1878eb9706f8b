import { type Issue, issue } from '#libs/kernel';
import type { Segment } from '../../read/interchange.js';
import { fallsUnder, segmentIssues } from './check-segment.js';
import type { LoopRule, SegmentRule } from './rule.js';

/** A loop as it was found, for the rules that look at more than one segment. */
export interface FoundLoop {
  readonly id: string;
  readonly segments: readonly Segment[];
  readonly loops: readonly FoundLoop[];
}

/** Lays segments over the guide: order, presence, repetition and the content of each. */
export const matchGuide = (
  segments: readonly Segment[],
  guide: LoopRule,
): { found: FoundLoop; issues: readonly Issue[] } => {
  const walk = new Walk(segments);
  const found = walk.loop(guide);
  const left = walk.next;
  if (left !== undefined) walk.report('x12_segment_unexpected', `${walk.deepest}/${left.name}`);
  return { found, issues: walk.issues };
};

class Walk {
  readonly issues: Issue[] = [];
  /** The loop in which the last segment was placed; an unexpected one is reported there. */
  deepest = '';
  #at = 0;

  constructor(private readonly segments: readonly Segment[]) {}

  get next(): Segment | undefined {
    return this.segments[this.#at];
  }

  report(code: string, path: string): void {
    const position = this.next?.position ?? this.segments.at(-1)?.position ?? 0;
    this.issues.push(issue(code, path, `segment ${position}`));
  }

  loop(rule: LoopRule): FoundLoop {
    const [opening, ...rest] = rule.segments;
    const found = opening === undefined ? [] : [...this.#opening(opening, rule.id)];
    for (const run of runsOf(rule, rest)) found.push(...this.#run(run, rule.id));
    const loops = rule.loops.flatMap((child) => this.#children(child, rule.id));
    return { id: rule.id, segments: found, loops };
  }

  /** Exactly one: a second one opens the loop again. */
  #opening(rule: SegmentRule, loop: string): readonly Segment[] {
    const segment = this.next;
    if (segment !== undefined && fallsUnder(segment, rule)) return [this.#take(segment, rule, loop)];
    this.report('x12_required_missing', `${loop}/${rule.name}`);
    return [];
  }

  #take(segment: Segment, rule: SegmentRule, loop: string): Segment {
    this.issues.push(...segmentIssues(segment, rule, loop));
    this.deepest = loop;
    this.#at += 1;
    return segment;
  }

  #run(rules: readonly SegmentRule[], loop: string): readonly Segment[] {
    const taken = new Map<SegmentRule, number>();
    const found: Segment[] = [];
    for (let next = this.next; next !== undefined; next = this.next) {
      const segment = next;
      const rule = rules.find((candidate) => fallsUnder(segment, candidate));
      if (rule === undefined) break;
      const times = (taken.get(rule) ?? 0) + 1;
      if (times > rule.most) this.report('x12_segment_repeated', `${loop}/${segment.name}`);
      taken.set(rule, times);
      found.push(this.#take(segment, rule, loop));
    }
    for (const rule of rules) {
      if (rule.usage === 'R' && !taken.has(rule)) this.report('x12_required_missing', `${loop}/${rule.name}`);
    }
    return found;
  }

  #children(rule: LoopRule, parent: string): readonly FoundLoop[] {
    const found: FoundLoop[] = [];
    const [opening] = rule.segments;
    for (
      let next = this.next;
      next !== undefined && opening !== undefined && fallsUnder(next, opening);
      next = this.next
    ) {
      if (found.length === rule.most) this.report('x12_loop_repeated', `${parent}/${rule.id}`);
      found.push(this.loop(rule));
    }
    if (rule.usage === 'R' && found.length === 0) this.report('x12_required_missing', `${parent}/${rule.id}`);
    return found;
  }
}

/** The guide is a constant, so that it is cut into runs once. */
const runs = new WeakMap<LoopRule, readonly (readonly SegmentRule[])[]>();

const runsOf = (rule: LoopRule, rest: readonly SegmentRule[]): readonly (readonly SegmentRule[])[] => {
  const known = runs.get(rule);
  if (known !== undefined) return known;
  const cut = runsOfOneName(rest);
  runs.set(rule, cut);
  return cut;
};

const runsOfOneName = (rules: readonly SegmentRule[]): readonly (readonly SegmentRule[])[] => {
  const runs: SegmentRule[][] = [];
  for (const rule of rules) {
    const last = runs.at(-1);
    if (last?.[0]?.name === rule.name) last.push(rule);
    else runs.push([rule]);
  }
  return runs;
};
