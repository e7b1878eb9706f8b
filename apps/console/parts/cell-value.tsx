import { IconLock } from '@tabler/icons-react';
import { useWords } from '../words/language.js';
import { disclosureWords } from './disclosure-words.js';
import classes from './disclosure-view.module.css';
import type { Cell } from './row-state.js';

const textOf = (value: Exclude<Cell, { masked: true }>['value']): string =>
  Array.isArray(value) ? value.join(', ') : String(value);

/** A value, or that it is hidden from the reader, or what its absence means. */
export const CellValue = ({ cell, absent }: { readonly cell: Cell | undefined; readonly absent: string }) => {
  const words = useWords(disclosureWords);
  if (cell === undefined) return <span className={classes.absent}>{absent}</span>;
  if (cell.masked)
    return (
      <span className={classes.masked}>
        <IconLock size={14} aria-hidden />
        {words.masked}
      </span>
    );
  return <span>{textOf(cell.value)}</span>;
};
