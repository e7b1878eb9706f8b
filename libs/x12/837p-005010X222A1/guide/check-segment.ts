import { type Issue, issue } from '#libs/kernel';
import { type Element, repetitionsOf, type Segment } from '../../read/interchange.js';
import { elementProblem } from './check-element.js';
import type { ElementRule, SegmentRule } from './rule.js';

/** Everything that one segment does against its rule. */
export const segmentIssues = (segment: Segment, rule: SegmentRule, loop: string): readonly Issue[] => {
  const issues: Issue[] = [];
  const report = (code: string, place: string): void => {
    issues.push(issue(code, `${loop}/${segment.name}${place}`, `segment ${segment.position}`));
  };
  for (const [index, elementRule] of rule.elements.entries()) {
    const place = String(index + 1).padStart(2, '0');
    const element = segment.elements[index] ?? '';
    const [components = [], ...more] = repetitionsOf(element);
    if (elementRule.kind.is === 'composite' && more.length === 0) {
      checkComposite(elementRule, { components, place }, report);
    } else if (typeof element === 'object') {
      report('x12_delimiter_in_value', place);
    } else {
      const problem = elementProblem(elementRule, element);
      if (problem !== undefined) report(problem, place);
    }
  }
  if (segment.elements.length > rule.elements.length) report('x12_too_many_elements', '');
  if (segment.padded) report('x12_padding', '');
  const last = segment.elements.at(-1);
  if (last !== undefined && isEmpty(last)) report('x12_trailing_separator', '');
  for (const [left, right] of rule.pairs) {
    if (isPresent(segment, left) !== isPresent(segment, right))
      report('x12_pair_incomplete', String(right).padStart(2, '0'));
  }
  return issues;
};

const checkComposite = (
  rule: ElementRule,
  found: { readonly components: readonly string[]; readonly place: string },
  report: (code: string, place: string) => void,
): void => {
  if (rule.kind.is !== 'composite') return;
  const { components, place } = found;
  if (components.every((component) => component === '')) {
    if (rule.usage === 'R') report('x12_required_missing', place);
    if (components.length > 1) report('x12_trailing_separator', place);
    return;
  }
  for (const [index, componentRule] of rule.kind.components.entries()) {
    const problem = elementProblem(componentRule, components[index] ?? '');
    if (problem !== undefined) report(problem, `${place}-${index + 1}`);
  }
  if (components.length > rule.kind.components.length) report('x12_too_many_elements', place);
  if (components.at(-1) === '') report('x12_trailing_separator', place);
};

const isEmpty = (element: Element): boolean =>
  repetitionsOf(element).every((repetition) => repetition.every((component) => component === ''));

const isPresent = (segment: Segment, number: number): boolean => !isEmpty(segment.elements[number - 1] ?? '');

/** Whether a segment falls under a rule: same name, and the identifying code where the rule has one. */
export const fallsUnder = (segment: Segment, rule: SegmentRule): boolean =>
  segment.name === rule.name &&
  rule.elements.every((element, index) => {
    if (!element.identifies) return true;
    const kind = element.kind.is === 'composite' ? element.kind.components[0]?.kind : element.kind;
    return kind?.is === 'code' && kind.values.includes(repetitionsOf(segment.elements[index])[0]?.[0] ?? '');
  });
