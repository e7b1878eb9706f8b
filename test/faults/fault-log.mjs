import { existsSync, readFileSync } from 'node:fs';

const linesOf = ({ faultLog }) =>
  existsSync(faultLog)
    ? readFileSync(faultLog, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
    : [];

/** Whether the fault that was asked of this process came about. */
export const hasStruck = (child) => linesOf(child).some((line) => line.startsWith('struck '));

/** The points that these processes came by. */
export const hitsOf = (children) => [
  ...new Set(
    children
      .flatMap(linesOf)
      .filter((line) => line.startsWith('hit '))
      .map((line) => line.slice(4)),
  ),
];
