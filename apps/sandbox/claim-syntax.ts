import {
  composites,
  type ElementRule,
  elementRules,
  loopsBelow,
  opening,
  requiredIn,
  segmentsOf,
} from './element-rules.js';
import type { Loop, LoopName } from './x12-loops.js';
import { type Delimiters, elementOf, type Segment } from './x12-reading.js';

/** IK4 without IK404: an insurer need not repeat the bad value, and this one never does. */
export interface ElementError {
  readonly element: number;
  readonly component?: number;
  readonly code: string;
}

/** IK3 with its CTX and IK4. */
export interface SegmentError {
  readonly segment: string;
  readonly position: number;
  readonly loop: LoopName;
  readonly code: '1' | '2' | '3' | '8';
  readonly claim?: string;
  readonly elements: readonly ElementError[];
}

/** An answer lists no more than this; the transaction set is rejected in any case. */
const MOST_ERRORS = 20;

const everySegment = new Set(Object.values(segmentsOf).flat());

const at = (loop: Loop, error: Pick<SegmentError, 'segment' | 'position' | 'code'>): SegmentError => ({
  ...error,
  loop: loop.name,
  elements: [],
  ...(loop.claim === undefined ? {} : { claim: loop.claim }),
});

/** Segments that do not belong to the loop or stand in the wrong order. */
const misplaced = (loop: Loop): readonly SegmentError[] => {
  const order = segmentsOf[loop.name];
  const errors: SegmentError[] = [];
  let furthest = 0;
  for (const segment of loop.segments) {
    const rank = order.indexOf(segment.id);
    if (rank < furthest) {
      const code = everySegment.has(segment.id) ? '2' : '1';
      errors.push(at(loop, { segment: segment.id, position: segment.position, code }));
    } else furthest = rank;
  }
  return errors;
};

const lastPosition = (loop: Loop): number => loop.segments.at(-1)?.position ?? 1;

/** A billing provider needs its tax number, a service line its date: not any REF, not any DTP. */
const counts = (loop: LoopName, segment: Segment): boolean => {
  if (loop === '2010AA' && segment.id === 'REF') return ['EI', 'SY'].includes(elementOf(segment, 1));
  if (loop === '2400' && segment.id === 'DTP') return elementOf(segment, 1) === '472';
  return true;
};

const missingSegments = (loop: Loop): readonly SegmentError[] =>
  (requiredIn[loop.name] ?? [])
    .filter((id) => !loop.segments.some((segment) => segment.id === id && counts(loop.name, segment)))
    .map((id) => at(loop, { segment: id, position: lastPosition(loop) + 1, code: '3' }));

const depth: Readonly<Partial<Record<LoopName, number>>> = { HEADER: 0, '2000A': 1, '2000B': 2, '2000C': 3, '2300': 4 };

/** The loops that must stand under another one: until the next loop of the same level or above. */
const missingLoops = (loops: readonly Loop[]): readonly SegmentError[] =>
  loops.flatMap((loop, index) => {
    const rule = loopsBelow.find((candidate) => candidate.loop === loop.name);
    if (rule === undefined) return [];
    const level = depth[loop.name] ?? 0;
    const below = new Set<LoopName>();
    for (let next = index + 1; next < loops.length; next++) {
      const later = loops[next];
      if (later === undefined || (depth[later.name] ?? Infinity) <= level) break;
      below.add(later.name);
    }
    return rule.needs
      .filter((name) => !below.has(name))
      .map((name) => ({
        ...at(loop, { segment: opening(name), position: lastPosition(loop) + 1, code: '3' }),
        loop: name,
      }));
  });

const rulesBySegment = new Map([...everySegment].map((id) => [id, elementRules.filter((rule) => rule.segment === id)]));

const applies = (rule: ElementRule, loop: LoopName): boolean => rule.loops === undefined || rule.loops.includes(loop);

const checkRule = (rule: ElementRule, text: string): string | undefined => {
  if (text === '') return rule.required ? '1' : undefined;
  if (rule.longest !== undefined && text.length > rule.longest) return '5';
  return rule.test(text) ? undefined : rule.fails;
};

/** Control characters, and spaces at either end, are no part of a value. */
// eslint-disable-next-line no-control-regex -- control characters are exactly what is looked for
const notOfAValue = /^ | $|[\x00-\x1f]/;

/** IK403 for how an element is written, whatever it says. X12.6 forbids what trails empty. */
const shapeCode = (segment: Segment, element: number, delimiters: Delimiters): string | undefined => {
  const text = elementOf(segment, element);
  if (text === '') return element === segment.elements.length - 1 ? '4' : undefined;
  if (text.includes(delimiters.repetition)) return '6';
  const parts = text.split(delimiters.component);
  if (parts.some((part) => notOfAValue.test(part))) return '6';
  const most = composites[segment.id]?.[element];
  if (parts.length > 1 && most === undefined) return '6';
  if (parts.at(-1) === '') return '4';
  return parts.length > (most ?? 1) ? '13' : undefined;
};

const checkShape = (segment: Segment, delimiters: Delimiters): readonly ElementError[] =>
  segment.elements.flatMap((_, element) => {
    const code = element === 0 ? undefined : shapeCode(segment, element, delimiters);
    return code === undefined ? [] : [{ element, code }];
  });

const checkElements = (loop: Loop, delimiters: Delimiters): readonly SegmentError[] =>
  loop.segments.flatMap((segment) => {
    const errors: ElementError[] = [...checkShape(segment, delimiters)];
    for (const rule of rulesBySegment.get(segment.id) ?? []) {
      if (!applies(rule, loop.name)) continue;
      const whole = elementOf(segment, rule.element);
      const text = rule.component === undefined ? whole : (whole.split(delimiters.component)[rule.component - 1] ?? '');
      const code = checkRule(rule, text);
      if (code === undefined) continue;
      const { element, component } = rule;
      errors.push(component === undefined ? { element, code } : { element, component, code });
    }
    if (errors.length === 0) return [];
    return [{ ...at(loop, { segment: segment.id, position: segment.position, code: '8' }), elements: errors }];
  });

const levelAbove: Readonly<Record<string, string>> = { '22': '20', '23': '22' };

/** HL01 counts every level from 1, HL02 names an open level above, HL04 says whether there is one below. */
const checkHierarchy = (loops: readonly Loop[]): readonly SegmentError[] => {
  const levels = new Map<string, string>();
  const parents = new Set(
    loops.map((loop) => loop.segments[0]).map((one) => (one?.id === 'HL' ? elementOf(one, 2) : '')),
  );
  return loops.flatMap((loop) => {
    const level = loop.segments[0];
    if (level?.id !== 'HL') return [];
    const [number, kind] = [elementOf(level, 1), elementOf(level, 3)];
    const elements: ElementError[] = [];
    if (number !== String(levels.size + 1)) elements.push({ element: 1, code: '7' });
    if (levels.get(elementOf(level, 2)) !== levelAbove[kind]) elements.push({ element: 2, code: '7' });
    if (elementOf(level, 4) !== (parents.has(number) ? '1' : '0')) elements.push({ element: 4, code: '7' });
    levels.set(number, kind);
    if (elements.length === 0) return [];
    return [{ ...at(loop, { segment: 'HL', position: level.position, code: '8' }), elements }];
  });
};

/** Everything for which a 999 rejects the transaction set, in the order of its segments. */
export const checkSyntax = (loops: readonly Loop[], delimiters: Delimiters): readonly SegmentError[] => {
  const errors = [
    ...loops.flatMap(misplaced),
    ...loops.flatMap(missingSegments),
    ...missingLoops(loops),
    ...loops.flatMap((loop) => checkElements(loop, delimiters)),
    ...checkHierarchy(loops),
  ];
  if (!loops.some((loop) => loop.name === '2300')) {
    errors.push({
      segment: 'CLM',
      position: (loops.at(-1)?.segments.at(-1)?.position ?? 1) + 1,
      loop: '2300',
      code: '3',
      elements: [],
    });
  }
  return errors.sort((left, right) => left.position - right.position).slice(0, MOST_ERRORS);
};
