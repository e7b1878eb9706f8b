import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './figures.module.css';

export interface Figure {
  readonly name: string;
  readonly value: ReactNode;
  /** What it is of, or where to look. */
  readonly note?: ReactNode;
}

/** A few numbers that say how things stand. */
export const Figures = ({ label, rows }: { readonly label: string; readonly rows: readonly Figure[] }) => (
  <ul className={classes.figures} aria-label={label}>
    {rows.map(({ name, value, note }) => (
      <li key={name} className={classes.figure}>
        <Text size="sm" c="dimmed">
          {name}
        </Text>
        <div className={classes.number}>{value}</div>
        {note === undefined ? null : (
          <Text size="xs" c="dimmed">
            {note}
          </Text>
        )}
      </li>
    ))}
  </ul>
);
