import { Checkbox, Text, UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { common } from '../words/common.js';
import { useWords } from '../words/language.js';
import classes from './data-table.module.css';
import type { Column, Selection, Sorting } from './table-model.js';
import { nextSorting, sortOf } from './sorting.js';

interface HeadCellProps {
  readonly column: Pick<Column<never>, 'header' | 'sortable' | 'align'>;
  readonly sorting: Sorting | undefined;
}

const HeadCell = ({ column, sorting }: HeadCellProps) => {
  const words = useWords(common);
  const { header, sortable, align } = column;
  if (sortable === undefined || sorting === undefined)
    return (
      <div role="columnheader" className={classes.cell} data-align={align}>
        <Text size="sm" fw={600} truncate>
          {header}
        </Text>
      </div>
    );
  const { order, rank } = sortOf(sorting.by, sortable);
  return (
    <div role="columnheader" aria-sort={order} className={classes.cell} data-align={align}>
      <UnstyledButton
        className={classes.sort}
        title={words.sortBeside}
        onClick={(event) => sorting.change(nextSorting(sorting.by, sortable, event.shiftKey))}
      >
        <Text size="sm" fw={600} truncate>
          {header}
        </Text>
        {order === 'ascending' ? <IconArrowUp size={14} aria-hidden /> : null}
        {order === 'descending' ? <IconArrowDown size={14} aria-hidden /> : null}
        {rank > 0 && sorting.by.length > 1 ? (
          <Text size="xs" c="dimmed" aria-label={words.sortRank(rank)}>
            {rank}
          </Text>
        ) : null}
      </UnstyledButton>
    </div>
  );
};

interface DataTableHeadProps {
  readonly columns: readonly HeadCellProps['column'][];
  readonly ids: readonly string[];
  readonly template: string;
  readonly selection: Selection | undefined;
  readonly sorting: Sorting | undefined;
}

export const DataTableHead = ({ columns, ids, template, selection, sorting }: DataTableHeadProps) => {
  const words = useWords(common);
  const all = selection !== undefined && ids.length > 0 && ids.every((id) => selection.ids.has(id));
  return (
    <div role="rowgroup" className={classes.top}>
      <div role="row" aria-rowindex={1} className={classes.head} style={{ gridTemplateColumns: template }}>
        {selection === undefined ? null : (
          <div role="columnheader" className={classes.cell}>
            <Checkbox
              aria-label={words.selectAll}
              checked={all}
              indeterminate={!all && selection.ids.size > 0}
              onChange={() => selection.change(all ? new Set() : new Set(ids))}
            />
          </div>
        )}
        {columns.map((column) => (
          <HeadCell key={column.header} column={column} sorting={sorting} />
        ))}
      </div>
    </div>
  );
};
