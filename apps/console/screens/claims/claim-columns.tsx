import { Text } from '@mantine/core';
import { useMemo } from 'react';
import type { DisclosureSummary } from '#libs/contracts';
import { useToday } from '../../app/today.js';
import type { Column } from '../../parts/data-table.js';
import { day, instant, money } from '../../parts/format.js';
import { InnerLink } from '../../parts/inner-link.js';
import { StatusChip } from '../../parts/status-chip.js';
import { documentWords } from '../../words/documents.js';
import { useWords } from '../../words/language.js';
import type { ColumnName } from './claim-search.js';
import { claimWords } from './words.js';

type Row = DisclosureSummary;

const dayOr = (plain: string | undefined): string => (plain === undefined ? '' : day(plain));

/** A deadline that is over is said in red and bold; that it is over the date itself says. */
const Deadline = ({ on }: { readonly on: string | undefined }) => {
  const today = useToday();
  return on === undefined ? null : (
    <Text span size="sm" {...(on < today ? { c: 'red', fw: 700 } : {})}>
      {day(on)}
    </Text>
  );
};

/** The columns that are asked for. */
export const useClaimColumns = (names: readonly ColumnName[]): readonly Column<Row>[] => {
  const words = useWords(claimWords);
  const documents = useWords(documentWords);
  return useMemo(() => {
    const all: Readonly<Record<ColumnName, Omit<Column<Row>, 'id' | 'header'>>> = {
      status: { width: '8.5rem', sortable: 'state', cell: ({ status }) => <StatusChip status={status} /> },
      client: {
        width: '8rem',
        cell: ({ id, client }) => (
          <InnerLink href={`/claims/${id}`} size="sm">
            {client.code}
          </InnerLink>
        ),
      },
      insurer: { width: '12rem', cell: ({ insurer }) => insurer.name },
      format: { width: '9.5rem', sortable: 'format', cell: ({ format }) => documents.format[format] },
      purpose: { width: '12rem', sortable: 'purpose', cell: ({ purpose }) => documents.purpose[purpose] },
      nextStep: { width: '3fr', cell: ({ nextStep }) => <span title={nextStep}>{nextStep}</span> },
      curer: { width: '8rem', cell: ({ curer }) => (curer === undefined ? '' : documents.curer[curer]) },
      correction: {
        width: '8rem',
        cell: ({ correction }) => {
          if (correction === undefined) return '';
          const { kind, frequency } = correction;
          return kind === 'resubmission' && frequency === '8' ? words.voidAgain : words.correction[kind];
        },
      },
      filingDeadline: {
        ...{ width: '9rem', sortable: 'filingDeadline' },
        cell: ({ filingDeadline }) => <Deadline on={filingDeadline} />,
      },
      firstServiceOn: {
        ...{ width: '8.5rem', sortable: 'firstServiceOn' },
        cell: ({ firstServiceOn }) => dayOr(firstServiceOn),
      },
      lastServiceOn: {
        ...{ width: '8.5rem', sortable: 'lastServiceOn' },
        cell: ({ lastServiceOn }) => dayOr(lastServiceOn),
      },
      total: {
        ...{ width: '7rem', sortable: 'total', align: 'end' },
        cell: ({ total }) => (total === undefined ? '' : money(total)),
      },
      createdAt: { width: '14rem', sortable: 'createdAt', cell: ({ createdAt }) => instant(createdAt) },
      updatedAt: { width: '14rem', sortable: 'updatedAt', cell: ({ updatedAt }) => instant(updatedAt) },
    };
    return names.map((id) => ({ id, header: words.columns[id], ...all[id] }));
  }, [names, words, documents]);
};
