import { repetitionsOf, type Segment } from '../../read/interchange.js';
import type { FoundLoop } from './match.js';

/** The value of an element (and component, from 1), or `''`. */
export const textAt = (segment: Segment | undefined, element: number, component = 1): string =>
  repetitionsOf(segment?.elements[element - 1])[0]?.[component - 1] ?? '';

/** The segments of a loop with this name and, where given, this first element. */
export const segmentsOf = (loop: FoundLoop, name: string, first?: string): readonly Segment[] =>
  loop.segments.filter((segment) => segment.name === name && (first === undefined || textAt(segment, 1) === first));

export const loopsOf = (loop: FoundLoop | undefined, id: string): readonly FoundLoop[] =>
  loop?.loops.filter((child) => child.id === id) ?? [];
