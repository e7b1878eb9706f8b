import { Checkbox } from '@mantine/core';
import { FlexRender, type Row, tableFeatures } from '@tanstack/react-table';
import { memo } from 'react';
import { common } from '../words/common.js';
import { useWords } from '../words/language.js';
import classes from './data-table.module.css';
import type { Column } from './table-model.js';

/** Of the model: none; order, filters and pages are the gateway's. */
export const features = tableFeatures({});

/** What can be done to a row; the same object as long as the table is there. */
export interface RowActions<Data> {
  readonly stand: (id: string) => void;
  readonly open: (row: Data) => void;
  readonly toggle: (id: string) => void;
}

interface DataRowProps<Data extends object> {
  readonly row: Row<typeof features, Data>;
  readonly index: number;
  /** Pixels from the top of the list. */
  readonly start: number;
  readonly size: number;
  readonly template: string;
  readonly columns: readonly Pick<Column<Data>, 'id' | 'align'>[];
  readonly actions: RowActions<Data>;
  readonly isCurrent: boolean;
  /** The tab key comes to this row. */
  readonly isStop: boolean;
  /** Absent where nothing can be selected. */
  readonly isSelected: boolean | undefined;
}

const DrawnRow = <Data extends object>(props: DataRowProps<Data>) => {
  const { row, index, start, size, template, columns, actions, isCurrent, isStop, isSelected } = props;
  const words = useWords(common);
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      data-index={index}
      data-current={isCurrent}
      data-selected={isSelected === true}
      tabIndex={isStop ? 0 : -1}
      className={classes.row}
      style={{ gridTemplateColumns: template, blockSize: size, transform: `translateY(${start}px)` }}
      onFocus={() => actions.stand(row.id)}
      onDoubleClick={() => actions.open(row.original)}
    >
      {isSelected === undefined ? null : (
        <div role="cell" className={classes.cell}>
          <Checkbox
            aria-label={words.select}
            checked={isSelected}
            onChange={() => actions.toggle(row.id)}
            tabIndex={isCurrent ? 0 : -1}
          />
        </div>
      )}
      {row.getAllCells().map((cell, place) => (
        <div role="cell" key={cell.id} className={classes.cell} data-align={columns[place]?.align}>
          <FlexRender cell={cell} />
        </div>
      ))}
    </div>
  );
};

const isAsDrawn = <Data extends object>(before: DataRowProps<Data>, after: DataRowProps<Data>): boolean =>
  before.row.original === after.row.original &&
  before.index === after.index &&
  before.start === after.start &&
  before.size === after.size &&
  before.template === after.template &&
  before.columns === after.columns &&
  before.isCurrent === after.isCurrent &&
  before.isStop === after.isStop &&
  before.isSelected === after.isSelected;

/**
 * One row of a table. The table is drawn at every step of a scroll, a row only when something in it is another: the model
 * makes its rows anew, so what they were made of is compared.
 */
export const DataRow = memo(DrawnRow, isAsDrawn) as typeof DrawnRow;
