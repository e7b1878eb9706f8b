import type { ReactNode } from 'react';

const colorOf = (at: number): string => `var(--series-${at % 5})`;

const MARKS: readonly ReactNode[] = [
  null,
  <path key="up" d="M0 8 L8 0" />,
  <circle key="dot" cx="4" cy="4" r="1.5" fill="var(--mantine-color-body)" stroke="none" />,
  <path key="down" d="M0 0 L8 8" />,
  <path key="across" d="M0 4 L8 4" />,
];

interface PatternFillsProps {
  /** Of the drawing, since a page may have several. */
  readonly id: string;
  readonly count: number;
}

/** Each series has a colour and a hatching of its own, so that nobody needs to tell colours apart. */
export const PatternFills = ({ id, count }: PatternFillsProps) => (
  <defs>
    {Array.from({ length: count }, (_, at) => (
      <pattern key={at} id={`${id}-${at}`} width="8" height="8" patternUnits="userSpaceOnUse">
        <rect width="8" height="8" fill={colorOf(at)} />
        <g stroke="var(--mantine-color-body)" strokeWidth="1.5">
          {MARKS[at % MARKS.length]}
        </g>
      </pattern>
    ))}
  </defs>
);

export const fillOf = (id: string, at: number): string => `url(#${id}-${at})`;

export const strokeOf = colorOf;

const DASHES = ['', '6 3', '2 3', '10 3 2 3', '1 4'] as const;

/** The stroke of a line, for whoever does not see its colour. */
export const dashOf = (at: number): string => DASHES[at % DASHES.length] ?? '';
