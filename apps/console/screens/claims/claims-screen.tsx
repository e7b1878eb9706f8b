import { Text } from '@mantine/core';
import { useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { DisclosureSummary } from '#libs/contracts';
import { usePages } from '../../ask/queries.js';
import { type Column, DataTable } from '../../parts/data-table.js';
import { Empty } from '../../parts/empty.js';
import { day, instant, money } from '../../parts/format.js';
import { Loaded } from '../../parts/loaded.js';
import { Screen } from '../../parts/screen.js';
import { StatusChip } from '../../parts/status-chip.js';
import { useWords } from '../../words/language.js';
import { claimWords } from './words.js';

const servicesOf = ({ firstServiceOn, lastServiceOn }: DisclosureSummary): string => {
  if (firstServiceOn === undefined) return '';
  return lastServiceOn === undefined || lastServiceOn === firstServiceOn
    ? day(firstServiceOn)
    : `${day(firstServiceOn)} – ${day(lastServiceOn)}`;
};

const useColumns = (): readonly Column<DisclosureSummary>[] => {
  const words = useWords(claimWords);
  return useMemo(
    () => [
      { id: 'status', header: words.status, width: '8rem', cell: (row) => <StatusChip status={row.status} /> },
      { id: 'client', header: words.client, width: '7rem', cell: (row) => row.client.code },
      { id: 'insurer', header: words.insurer, width: '12rem', cell: (row) => row.insurer.name },
      { id: 'format', header: words.format, width: '9rem', cell: (row) => row.format },
      { id: 'services', header: words.services, width: '14rem', cell: servicesOf },
      {
        ...{ id: 'total', header: words.total, width: '7rem', align: 'end' },
        cell: (row) => (row.total === undefined ? '' : money(row.total)),
      },
      { id: 'next', header: words.next, width: '3fr', cell: (row) => <Text size="sm">{row.nextStep}</Text> },
      { id: 'created', header: words.created, width: '13rem', cell: (row) => instant(row.createdAt) },
    ],
    [words],
  );
};

export const ClaimsScreen = () => {
  const words = useWords(claimWords);
  const search = useSearch({ from: '/claims' });
  const columns = useColumns();
  const pages = usePages('GET /v1/disclosures', { query: { limit: '100', ...search } }, { every: 15_000 });
  return (
    <Screen title={words.title} about={words.about}>
      <Loaded of={pages}>
        {({ pages: read }) => {
          const rows = read.flatMap((page) => page.rows);
          if (rows.length === 0)
            return Object.keys(search).length === 0 ? (
              <Empty title={words.empty}>{words.emptyAbout}</Empty>
            ) : (
              <Empty title={words.noMatch}>{words.noMatchAbout}</Empty>
            );
          return (
            <DataTable
              label={words.title}
              rows={rows}
              columns={columns}
              idOf={({ id }) => id}
              {...(pages.hasNextPage ? { onEnd: () => void pages.fetchNextPage() } : {})}
            />
          );
        }}
      </Loaded>
    </Screen>
  );
};
