import { type Issue, issue } from '#libs/kernel';
import type { FoundLoop } from './match.js';
import { textAt } from './text-at.js';

const LEVELS = new Set(['2000A', '2000B', '2000C']);

/**
 * HL01 counts from 1 over all levels of a set, HL02 names the level above, HL04 says whether levels follow below it. The
 * table cannot say this, and few readers check it.
 */
export const hierarchyIssues = (root: FoundLoop): readonly Issue[] => {
  const issues: Issue[] = [];
  let number = 0;
  const visit = (level: FoundLoop, parent: string | undefined): void => {
    number += 1;
    const [head] = level.segments;
    const own = textAt(head, 1);
    const children = level.loops.filter((child) => LEVELS.has(child.id));
    const expected: readonly [number, string, string][] = [
      [1, own, String(number)],
      [2, textAt(head, 2), parent ?? ''],
      [4, textAt(head, 4), children.length > 0 ? '1' : '0'],
    ];
    for (const [element, found, wanted] of expected) {
      if (found !== wanted)
        issues.push(issue('x12_hierarchy', `${level.id}/HL0${element}`, `segment ${head?.position ?? 0}`));
    }
    for (const child of children) visit(child, own);
  };
  for (const level of root.loops.filter((child) => LEVELS.has(child.id))) visit(level, undefined);
  return issues;
};
