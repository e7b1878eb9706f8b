import { Alert, Button, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { ImportReport } from '#libs/contracts';
import { type Column, DataTable } from '../../parts/data-table.js';
import { Figures } from '../../parts/figures.js';
import { saveCsv } from '../../parts/save-file.js';
import { Section } from '../../parts/section.js';
import { StateBadge } from '../../parts/state-badge.js';
import { useWords } from '../../words/language.js';
import { reportLines, type ReportRow, reportRows } from './report-rows.js';
import { importWords } from './words.js';

const TONES = { made: 'good', there: 'off', refused: 'bad' } as const;

const number = (count: number): string => count.toLocaleString('en-US');

const useSentences = () => {
  const words = useWords(importWords);
  return ({ code, column }: ReportRow['faults'][number]): string => {
    const sentence = words.faults[code] ?? words.unknownFault(code);
    return column === undefined ? sentence : `${column} ${sentence}`;
  };
};

const useColumns = (): readonly Column<ReportRow>[] => {
  const words = useWords(importWords);
  const sentenceOf = useSentences();
  return [
    {
      ...{ id: 'row', header: words.row, width: '8rem' },
      cell: ({ from, to }) => (from === to ? number(from) : `${number(from)} – ${number(to)}`),
    },
    {
      ...{ id: 'outcome', header: words.outcome, width: '9rem' },
      cell: ({ outcome }) => <StateBadge tone={TONES[outcome]}>{words.outcomes[outcome]}</StateBadge>,
    },
    {
      ...{ id: 'fault', header: words.fault, width: '3fr' },
      cell: ({ faults }) => faults.map(sentenceOf).join(' · '),
    },
  ];
};

/** What became, or would become, of each row. */
export const ImportResult = ({ report }: { readonly report: ImportReport }) => {
  const words = useWords(importWords);
  const columns = useColumns();
  const sentenceOf = useSentences();
  const [shown, setShown] = useState<'refused' | 'all'>(report.refused > 0 ? 'refused' : 'all');
  const rows = useMemo(() => reportRows(report), [report]);
  const filtered = useMemo(
    () => (shown === 'all' ? rows : rows.filter(({ outcome }) => outcome === 'refused')),
    [rows, shown],
  );
  const { stopped } = report;
  return (
    <Section
      title={report.dryRun ? words.rehearsal : words.done}
      actions={
        <Button
          size="xs"
          variant="default"
          leftSection={<IconDownload size={14} aria-hidden />}
          onClick={() => saveCsv(`sluice-import-${report.kind}.csv`, reportLines(report))}
        >
          {words.download}
        </Button>
      }
    >
      <Stack gap="sm">
        {stopped === undefined ? null : (
          <Alert color="red" role="alert" title={words.brokeOff(stopped.row)}>
            <Text size="sm">{sentenceOf(stopped)}</Text>
            <Text size="sm">{words.brokeOffNext}</Text>
          </Alert>
        )}
        <Figures
          label={words.results}
          rows={[
            { name: words.rows, value: number(report.rows) },
            { name: report.dryRun ? words.wouldBeMade : words.made, value: number(report.made) },
            { name: words.there, value: number(report.there) },
            { name: words.refused, value: number(report.refused) },
          ]}
        />
        {rows.length === 0 ? null : (
          <>
            <Group justify="space-between">
              <SegmentedControl
                aria-label={words.results}
                size="xs"
                value={shown}
                onChange={setShown}
                data={[
                  { value: 'refused', label: words.onlyRefused },
                  { value: 'all', label: words.allRows },
                ]}
              />
            </Group>
            {filtered.length === 0 ? (
              <Text size="sm">{words.noneRefused}</Text>
            ) : (
              <DataTable
                label={words.results}
                rows={filtered}
                columns={columns}
                idOf={({ id }) => id}
                height={Math.min(420, 60 + filtered.length * 44)}
              />
            )}
          </>
        )}
      </Stack>
    </Section>
  );
};
