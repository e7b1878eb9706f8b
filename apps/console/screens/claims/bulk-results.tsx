import { Table, Text } from '@mantine/core';
import type { BulkActed, BulkRehearsed, DisclosureSummary } from '#libs/contracts';
import { documentWords } from '../../words/documents.js';
import { useWords } from '../../words/language.js';
import { bulkWords } from './bulk-words.js';
import classes from './claims.module.css';

type Result = BulkActed['results'][number] | BulkRehearsed['results'][number];

const Outcome = ({ result }: { readonly result: Result }) => {
  const words = useWords(bulkWords);
  const { curer: curers } = useWords(documentWords);
  if (result.outcome === 'refused')
    return (
      <>
        {words.refused}: {result.problem.title}
      </>
    );
  return (
    <>
      {result.state}
      {result.curer === undefined ? '' : ` · ${curers[result.curer]}`}
      {result.outcome === 'done' && result.replayed ? ` · ${words.replayed}` : ''}
    </>
  );
};

interface BulkResultsProps {
  readonly results: readonly Result[];
  readonly rows: ReadonlyMap<string, DisclosureSummary>;
}

/** What came, or would come, of each. */
export const BulkResults = ({ results, rows }: BulkResultsProps) => {
  const words = useWords(bulkWords);
  return (
    <div className={classes.results} tabIndex={0} role="group" aria-label={words.results}>
      <Table aria-label={words.results} stickyHeader>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{words.submission}</Table.Th>
            <Table.Th>{words.result}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {results.map((result) => {
            const row = rows.get(result.id);
            return (
              <Table.Tr key={result.index}>
                <Table.Td>{row === undefined ? result.id : `${row.client.code} · ${row.insurer.name}`}</Table.Td>
                <Table.Td>
                  <Text size="sm">
                    <Outcome result={result} />
                  </Text>
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </div>
  );
};
