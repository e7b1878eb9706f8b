import { Group, Stack, Switch, Table, Text } from '@mantine/core';
import { useState } from 'react';
import type { Comparison } from '#libs/contracts';
import { useRead } from '../../ask/queries.js';
import { CellValue } from '../../parts/cell-value.js';
import { Empty } from '../../parts/empty.js';
import { InnerLink } from '../../parts/inner-link.js';
import { Loaded } from '../../parts/loaded.js';
import { useWords } from '../../words/language.js';
import { submissionWords } from './words.js';

const Compared = ({ comparison }: { readonly comparison: Comparison }) => {
  const { comparison: words } = useWords(submissionWords);
  const [differences, setDifferences] = useState(true);
  const { previous, rows, counts } = comparison;
  if (previous === undefined) return <Empty title={words.none}>{words.noneAbout}</Empty>;
  const shown = differences ? rows.filter(({ change }) => change !== 'same' && change !== 'hidden') : rows;
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <div>
          <Text fw={600}>{words.counts(counts)}</Text>
          <Text size="sm" c="dimmed">
            {words[previous.because]} ·{' '}
            <InnerLink href={`/claims/${previous.disclosure}`} size="sm">
              {words.open}
            </InnerLink>
          </Text>
        </div>
        <Switch
          label={words.differences}
          checked={differences}
          onChange={(event) => setDifferences(event.currentTarget.checked)}
        />
      </Group>
      {shown.length === 0 ? (
        <Text c="dimmed">{words.same}</Text>
      ) : (
        <Table.ScrollContainer minWidth={640} tabIndex={0} aria-label={words.label}>
          <Table aria-label={words.label} verticalSpacing="xs">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{words.field}</Table.Th>
                <Table.Th>{words.change}</Table.Th>
                <Table.Th>{words.before}</Table.Th>
                <Table.Th>{words.after}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {shown.map((row) => (
                <Table.Tr key={`${row.locus.field} ${row.locus.occurrence ?? ''}`}>
                  <Table.Th scope="row" fw={400}>
                    {row.label} {row.locus.occurrence ?? ''}
                  </Table.Th>
                  <Table.Td>{words.changes[row.change]}</Table.Td>
                  <Table.Td>
                    <CellValue cell={row.before} absent={words.absent} isMoney={row.category === 'fees'} />
                  </Table.Td>
                  <Table.Td>
                    <CellValue cell={row.after} absent={words.absent} isMoney={row.category === 'fees'} />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Stack>
  );
};

/** What goes beside what went before: for a correction the claim that it corrects, for a report the one before it. */
export const ComparisonTab = ({ id }: { readonly id: string }) => {
  const read = useRead('GET /v1/disclosures/{id}/comparison', { params: { id } });
  return <Loaded of={read}>{(comparison) => <Compared comparison={comparison} />}</Loaded>;
};
