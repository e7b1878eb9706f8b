import { Group, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import type { DisclosureSummary } from '#libs/contracts';
import { useNextPage, usePages, useRead } from '../../ask/queries.js';
import { DataTable } from '../../parts/data-table.js';
import { Empty } from '../../parts/empty.js';
import { Loaded } from '../../parts/loaded.js';
import { Screen } from '../../parts/screen.js';
import { common } from '../../words/common.js';
import { useWords } from '../../words/language.js';
import { MOST_AT_ONCE } from './bulk-action.js';
import { BulkBar } from './bulk-bar.js';
import { BulkDialog } from './bulk-dialog.js';
import { useClaimColumns } from './claim-columns.js';
import { ClaimFilters } from './claim-filters.js';
import { type ClaimSearch, columnsOf, filterOf, readClaimSearch, sortingOf } from './claim-search.js';
import { ColumnMenu } from './column-menu.js';
import { ExportButton } from './export-button.js';
import { PreviewDrawer } from './preview-drawer.js';
import { useSelected } from './selected.js';
import { ViewMenu } from './view-menu.js';
import { claimWords } from './words.js';

/** Pages up to which the list is read again by itself; nobody wants ten thousand rows read again every few seconds. */
const FEW_PAGES = 2;
const idOf = ({ id }: DisclosureSummary): string => id;

export const ClaimsScreen = () => {
  const words = useWords(claimWords);
  const shortcuts = useWords(common);
  const search = useSearch({ from: '/claims' });
  const navigate = useNavigate({ from: '/claims' });
  const [typedCode, setTypedCode] = useState('');
  const [clientCode] = useDebouncedValue(typedCode.trim(), 250);
  const [previewed, setPreviewed] = useState<DisclosureSummary>();
  const [acting, setActing] = useState(false);
  const filter = useMemo(
    () => ({ ...filterOf(search), ...(clientCode === '' ? {} : { clientCode }) }),
    [search, clientCode],
  );
  const query = { ...filter, ...(search.sort === undefined ? {} : { sort: search.sort }) };
  const pages = usePages(
    'GET /v1/disclosures',
    { query: { limit: '100', ...query } },
    { every: 15_000, upTo: FEW_PAGES },
  );
  const counted = useRead('GET /v1/disclosures', { query: { ...filter, limit: '1', count: 'true' } }, { keep: true });
  const rows = useMemo(() => pages.data?.pages.flatMap((page) => page.rows) ?? [], [pages.data]);
  const names = useMemo(() => columnsOf(search), [search]);
  const columns = useClaimColumns(names);
  const selected = useSelected(rows);
  const count = counted.data?.count;

  const change = useCallback(
    (to: Partial<Record<keyof ClaimSearch, string | undefined>>) => {
      void navigate({ search: readClaimSearch({ ...search, ...to }), replace: true });
    },
    [navigate, search],
  );
  const nextPage = useNextPage(pages);
  const open = useCallback(
    ({ id }: DisclosureSummary) => void navigate({ to: '/claims/$id', params: { id } }),
    [navigate],
  );
  const clear = (): void => {
    setTypedCode('');
    const { sort, columns: shown } = search;
    void navigate({
      search: { ...(sort === undefined ? {} : { sort }), ...(shown === undefined ? {} : { columns: shown }) },
      replace: true,
    });
  };
  const filtered = Object.keys(filter).length > 0;
  return (
    <Screen
      title={words.title}
      about={words.about}
      actions={
        <>
          <ViewMenu search={search} onShow={(view) => void navigate({ search: view })} />
          <ColumnMenu shown={names} onChange={(shown) => change({ columns: shown.join(',') })} />
          <ExportButton query={query} />
        </>
      }
    >
      <ClaimFilters
        filter={filterOf(search)}
        onChange={change}
        clientCode={typedCode}
        onClientCode={setTypedCode}
        onClear={clear}
      />
      <Loaded of={pages}>
        {() =>
          rows.length === 0 ? (
            filtered ? (
              <Empty title={words.noMatch}>{words.noMatchAbout}</Empty>
            ) : (
              <Empty title={words.empty}>{words.emptyAbout}</Empty>
            )
          ) : (
            <>
              <Group justify="space-between">
                <Text size="sm" c="dimmed" role="status">
                  {count === undefined ? '' : words.matching(count.counted, count.more)}
                </Text>
              </Group>
              <DataTable
                label={words.title}
                rows={rows}
                columns={columns}
                idOf={idOf}
                onOpen={open}
                selection={{ ids: selected.ids, change: selected.change }}
                sorting={{
                  by: sortingOf(search),
                  change: (by) => change({ sort: by.length === 0 ? undefined : by.join(',') }),
                }}
                keys={[
                  { key: 'p', does: shortcuts.shortcutPreview, run: setPreviewed },
                  {
                    key: 'e',
                    does: shortcuts.shortcutEdit,
                    run: ({ id }) => void navigate({ to: '/claims/$id', params: { id }, search: { edit: true } }),
                  },
                ]}
                {...nextPage}
              />
            </>
          )
        }
      </Loaded>
      {selected.ids.size === 0 ? null : (
        <BulkBar
          count={selected.ids.size}
          matching={count?.counted ?? rows.length}
          busy={selected.busy}
          onSelectMatching={() => selected.selectMatching({ ...query, most: MOST_AT_ONCE })}
          onClear={() => selected.change(new Set())}
          onAct={() => setActing(true)}
        />
      )}
      {acting ? (
        <BulkDialog
          rows={selected.rows}
          onClose={() => {
            setActing(false);
          }}
          onDone={() => selected.change(new Set())}
        />
      ) : null}
      {previewed === undefined ? null : <PreviewDrawer row={previewed} onClose={() => setPreviewed(undefined)} />}
    </Screen>
  );
};
