import { createColumnHelper, useTable } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useShortcuts } from '../app/shortcuts.js';
import { common } from '../words/common.js';
import { useWords } from '../words/language.js';
import { DataRow, features, type RowActions } from './data-row.js';
import { DataTableHead } from './data-table-head.js';
import type { Column, RowKey, Selection, Sorting } from './table-model.js';

export type { Column } from './table-model.js';
import classes from './data-table.module.css';

interface DataTableProps<Row> {
  /** What the table is, for those who do not see it. */
  readonly label: string;
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
  readonly idOf: (row: Row) => string;
  readonly onOpen?: (row: Row) => void;
  readonly selection?: Selection;
  readonly sorting?: Sorting;
  readonly keys?: readonly RowKey<Row>[];
  /** Asks for the next page; absent on the last one. */
  readonly onEnd?: () => void;
  /** Pixels; a page high unless said. */
  readonly height?: number;
}

const ROW_HEIGHT = 44;
/** Rows before the end at which the next page is asked for. */
const AHEAD = 40;

/** A column has its width, or a share of what is left; when nothing is left the table scrolls sideways, not the page. */
const trackOf = ({ width = '1fr' }: Pick<Column<never>, 'width'>): string =>
  width.endsWith('fr') ? `minmax(16rem, ${width})` : width;

/**
 * A list of any length: only what is seen is drawn, the rest is asked for as somebody scrolls. `j` and `k` move, `x`
 * selects, Enter opens. It is a table to those who hear it, too.
 */
export const DataTable = <Row extends object>(props: DataTableProps<Row>) => {
  const { label, rows, columns, idOf, onOpen, selection, sorting, onEnd, keys = [] } = props;
  const words = useWords(common);
  const scroller = useRef<HTMLDivElement>(null);
  const ids = useMemo(() => rows.map(idOf), [rows, idOf]);
  // Whoever stands on a row stands on it wherever it goes; where it is gone they go on from its place.
  const [standing, setStanding] = useState<string>();
  const current = useMemo(() => (standing === undefined ? -1 : ids.indexOf(standing)), [ids, standing]);
  const stood = useRef(0);
  useEffect(() => {
    if (current >= 0) stood.current = current;
  }, [current]);
  const definitions = useMemo(() => {
    const helper = createColumnHelper<typeof features, Row>();
    return helper.columns(
      columns.map(({ id, header, cell }) => helper.display({ id, header, cell: ({ row }) => cell(row.original) })),
    );
  }, [columns]);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
  });
  const shown = virtual.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (rows.length > 0 && last >= rows.length - AHEAD) onEnd?.();
  }, [last, rows.length, onEnd]);
  // A model of what is seen, not of all: that would be made anew with every page that comes.
  const seen = useMemo(() => shown.flatMap(({ index }) => rows[index] ?? []), [shown, rows]);
  const table = useTable({ features, columns: definitions, data: seen, getRowId: idOf });
  const model = table.getRowModel().rows;

  const move = useCallback(
    (by: number) => {
      const from = current >= 0 ? current : by > 0 ? stood.current - 1 : stood.current;
      const next = Math.min(Math.max(from + by, 0), rows.length - 1);
      setStanding(ids[next]);
      if (next < 0) return;
      virtual.scrollToIndex(next);
      requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`[data-index="${next}"]`)?.focus());
    },
    [current, ids, rows.length, virtual],
  );
  const toggle = (id: string): void => {
    if (selection === undefined) return;
    const ids = new Set(selection.ids);
    if (!ids.delete(id)) ids.add(id);
    selection.change(ids);
  };
  const latest = useRef({ onOpen, toggle });
  useEffect(() => {
    latest.current = { onOpen, toggle };
  });
  const actions = useMemo<RowActions<Row>>(
    () => ({
      stand: setStanding,
      open: (row) => latest.current.onOpen?.(row),
      toggle: (id) => latest.current.toggle(id),
    }),
    [],
  );
  const at = rows[current];
  useShortcuts([
    { key: 'j', does: words.shortcutNext, run: () => move(1) },
    { key: 'k', does: words.shortcutPrevious, run: () => move(-1) },
    ...(selection === undefined
      ? []
      : [{ key: 'x', does: words.shortcutSelect, run: () => at !== undefined && toggle(idOf(at)) }]),
    ...(onOpen === undefined
      ? []
      : [{ key: 'Enter', does: words.shortcutOpen, run: () => at !== undefined && onOpen(at) }]),
    ...keys.map(({ key, does, run }) => ({ key, does, run: () => at !== undefined && run(at) })),
  ]);

  const template = [...(selection === undefined ? [] : ['2.75rem']), ...columns.map(trackOf)].join(' ');
  return (
    <div
      className={classes.scroller}
      ref={scroller}
      {...(props.height === undefined ? {} : { style: { maxBlockSize: props.height } })}
      tabIndex={0}
      role="group"
      aria-label={label}
    >
      <div
        role="table"
        aria-label={label}
        aria-rowcount={onEnd === undefined ? rows.length + 1 : -1}
        className={classes.table}
      >
        <DataTableHead {...{ columns, ids, template, selection, sorting }} />
        <div role="rowgroup" className={classes.body} style={{ blockSize: virtual.getTotalSize() }}>
          {shown.map(({ index, start, size }, place) => {
            const row = model[place];
            if (row === undefined) return null;
            return (
              <DataRow
                key={row.id}
                {...{ row, index, start, size, template, columns, actions }}
                isCurrent={index === current}
                isStop={index === Math.max(current, 0)}
                isSelected={selection?.ids.has(row.id)}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
};
