import { Stack } from '@mantine/core';
import { useState } from 'react';
import type { LedgerRowView } from '#libs/contracts';
import { useSession } from '../../app/session.js';
import { useNextPage, usePages, useRead } from '../../ask/queries.js';
import { type Column, DataTable } from '../../parts/data-table.js';
import { Empty } from '../../parts/empty.js';
import { instant } from '../../parts/format.js';
import { Loaded } from '../../parts/loaded.js';
import { useWords } from '../../words/language.js';
import { EntryDetails } from './entry-details.js';
import { ExportEntries } from './export-entries.js';
import { LedgerFilters } from './filters.js';
import { ledgerQueryOf, type LedgerSearch } from './ledger-filter.js';
import { ledgerWords } from './words.js';

export const EntriesView = ({ search }: { readonly search: LedgerSearch }) => {
  const words = useWords(ledgerWords);
  const { session } = useSession();
  const [opened, setOpened] = useState<LedgerRowView>();
  const query = ledgerQueryOf(search);
  const pages = usePages('GET /v1/ledger', { query: { ...query, limit: '100' } });
  const nextPage = useNextPage(pages);
  const insurers = useRead('GET /v1/insurers', {});
  const insurerOf = (id: string): string => insurers.data?.rows.find((one) => one.id === id)?.name ?? id;
  const actorOf = (actor: string): string => {
    if (actor === session.actor) return words.you;
    if (actor.startsWith('staff:')) return `${words.staff} ${actor.slice(6, 14)}`;
    return actor.startsWith('key:') ? `${words.key} ${actor.slice(4, 12)}` : words.sluice;
  };
  const columns: readonly Column<LedgerRowView>[] = [
    { id: 'at', header: words.at, width: '14rem', cell: ({ at }) => instant(at) },
    { id: 'kind', header: words.kind, width: '11rem', cell: ({ kind }) => kind },
    { id: 'actor', header: words.actor, width: '9rem', cell: ({ actor }) => actorOf(actor) },
    {
      ...{ id: 'insurer', header: words.insurer, width: '12rem' },
      cell: ({ insurer }) => (insurer === undefined ? '' : insurerOf(insurer)),
    },
    { id: 'codes', header: words.codes, width: '3fr', cell: ({ codes }) => (codes ?? []).join(', ') },
    { id: 'block', header: words.block, width: '6rem', align: 'end', cell: ({ height }) => height },
  ];
  return (
    <Stack>
      <LedgerFilters search={search} />
      <Loaded of={pages}>
        {({ pages: read }) => {
          const rows = read.flatMap((page) => page.rows);
          if (rows.length === 0)
            return Object.keys(query).length === 0 ? (
              <Empty title={words.empty}>{words.emptyAbout}</Empty>
            ) : (
              <Empty title={words.noMatch}>{words.noMatchAbout}</Empty>
            );
          return (
            <>
              <DataTable
                label={words.viewEntries}
                rows={rows}
                columns={columns}
                idOf={({ height, index }) => `${height}-${index}`}
                onOpen={setOpened}
                {...nextPage}
              />
              <ExportEntries query={query} />
            </>
          );
        }}
      </Loaded>
      {opened === undefined ? null : (
        <EntryDetails row={opened} insurerOf={insurerOf} actorOf={actorOf} onClose={() => setOpened(undefined)} />
      )}
    </Stack>
  );
};
