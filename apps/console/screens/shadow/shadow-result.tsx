import { Button, SimpleGrid, Stack, Table, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { type ShadowReport, words as wire } from '#libs/contracts';
import { ChartPanel } from '../../parts/charts/chart-panel.js';
import { Figures } from '../../parts/figures.js';
import { saveCsv } from '../../parts/save-file.js';
import { Section } from '../../parts/section.js';
import { useFieldLabels } from '../../parts/use-field-labels.js';
import { documentWords } from '../../words/documents.js';
import { useWords } from '../../words/language.js';
import { ShadowDocuments, whyOf } from './shadow-documents.js';
import { shadowWords } from './words.js';

const COUNTS = ['goes', 'changed', 'withheld', 'held', 'blocked', 'refused'] as const;
const ENDS = ['goes', 'held', 'blocked', 'refused'] as const;

const Gaps = ({ gaps }: Pick<ShadowReport, 'gaps'>) => {
  const words = useWords(shadowWords);
  const labelOf = useFieldLabels();
  return (
    <Section title={words.gaps}>
      {gaps.length === 0 ? (
        <Text size="sm">{words.gapsNone}</Text>
      ) : (
        <Table.ScrollContainer minWidth={560} type="native" mah={420} tabIndex={0}>
          <Table stickyHeader aria-label={words.gaps}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{words.gap}</Table.Th>
                <Table.Th>{words.field}</Table.Th>
                <Table.Th>{words.curer}</Table.Th>
                <Table.Th ta="end">{words.documents}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {gaps.map(({ cause, field, position, curer, sentence, documents }) => (
                <Table.Tr key={[cause, field, position, curer].join(' ')}>
                  <Table.Td>{sentence}</Table.Td>
                  <Table.Td>{field === undefined ? '' : labelOf(field)}</Table.Td>
                  <Table.Td>{words.curers[curer]}</Table.Td>
                  <Table.Td ta="end">{documents}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Section>
  );
};

/** What would become of the invoices, drawn, counted and one by one. */
export const ShadowResult = ({ report }: { readonly report: ShadowReport }) => {
  const words = useWords(shadowWords);
  const { format: formats } = useWords(documentWords);
  const { counts } = report;
  const next =
    counts.held + counts.blocked > 0 ? words.nextHeld : counts.refused > 0 ? words.nextRefused : words.nextFine;
  const save = (): void =>
    saveCsv('sluice-shadow-run.csv', [
      [words.number, words.outcome, words.format, words.why],
      ...report.documents.map((row) => [
        row.index + 1,
        words.outcomes[row.outcome],
        row.format === undefined ? '' : formats[row.format],
        whyOf(row),
      ]),
    ]);
  return (
    <Stack>
      <Section
        title={words.result}
        actions={
          <Button size="xs" variant="default" leftSection={<IconDownload size={14} aria-hidden />} onClick={save}>
            {words.download}
          </Button>
        }
      >
        <Figures label={words.result} rows={COUNTS.map((one) => ({ name: words.counts[one], value: counts[one] }))} />
        <Text size="sm">
          <strong>{words.next}:</strong> {next}
        </Text>
      </Section>
      <SimpleGrid cols={{ base: 1, lg: 2 }}>
        <ChartPanel
          title={words.byInsurer}
          kind="bars"
          empty={words.noInsurer}
          data={{
            head: words.insurer,
            series: ENDS.map((one) => words.counts[one]),
            rows: report.byInsurer.map((one) => ({ name: one.name, values: ENDS.map((end) => one.counts[end]) })),
          }}
        />
        <ChartPanel
          title={words.byCurer}
          kind="bars"
          empty={words.noHeld}
          data={{
            head: words.curer,
            series: [words.documents],
            rows: wire.CURERS.map((curer) => ({ name: words.curers[curer], values: [report.byCurer[curer]] })),
          }}
        />
      </SimpleGrid>
      <Gaps gaps={report.gaps} />
      <ShadowDocuments report={report} />
    </Stack>
  );
};
