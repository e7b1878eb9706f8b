import { IconLock } from '@tabler/icons-react';
import { useWords } from '../words/language.js';
import { disclosureWords } from './disclosure-words.js';
import classes from './disclosure-view.module.css';
import { day, money } from './format.js';
import type { Cell } from './row-state.js';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

const textOf = (value: Exclude<Cell, { masked: true }>['value'], isMoney: boolean): string => {
  if (Array.isArray(value)) return value.join(', ');
  if (typeof value === 'number' && isMoney) return money(value);
  return typeof value === 'string' && DAY.test(value) ? day(value) : String(value);
};

interface CellValueProps {
  readonly cell: Cell | undefined;
  readonly absent: string;
  /** A number is an amount in cents. */
  readonly isMoney?: boolean;
}

/** A value, or that it is hidden from the reader, or what its absence means. */
export const CellValue = ({ cell, absent, isMoney = false }: CellValueProps) => {
  const words = useWords(disclosureWords);
  if (cell === undefined) return <span className={classes.absent}>{absent}</span>;
  if (cell.masked)
    return (
      <span className={classes.masked}>
        <IconLock size={14} aria-hidden />
        {words.masked}
      </span>
    );
  return <span>{textOf(cell.value, isMoney)}</span>;
};
