import { Button, Skeleton, Table, Text } from '@mantine/core';
import { IconChartBar, IconTable } from '@tabler/icons-react';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { catalogue, useWords } from '../../words/language.js';
import { Section } from '../section.js';
import type { ChartData } from './chart-data.js';
import classes from './charts.module.css';
import { Legend } from './legend.js';
import { LineLegend } from './line-legend.js';

const Bars = lazy(() => import('./bars.js'));
const Lines = lazy(() => import('./lines.js'));

const chartWords = catalogue({
  en: {
    asTable: 'Show as a table',
    asChart: 'Show as a chart',
    drawn: (title: string) => `${title}, as a chart. The same numbers can be shown as a table.`,
  },
});

interface ChartPanelProps {
  readonly title: string;
  readonly about?: ReactNode;
  readonly kind: 'bars' | 'lines';
  readonly data: ChartData;
  readonly unit?: string;
  /** What is said where there is nothing to draw. */
  readonly empty: string;
}

const DataAsTable = ({ title, data, unit }: { title: string; data: ChartData; unit: string }) => (
  <Table.ScrollContainer minWidth={280} type="native" mah={360} tabIndex={0}>
    <Table aria-label={title}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{data.head}</Table.Th>
          {data.series.map((name) => (
            <Table.Th key={name} ta="end">
              {name}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {data.rows.map(({ name, values }) => (
          <Table.Tr key={name}>
            <Table.Th scope="row" fw={500}>
              {name}
            </Table.Th>
            {values.map((value, at) => (
              <Table.Td key={data.series[at]} ta="end">
                {value.toLocaleString('en-US')}
                {unit}
              </Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  </Table.ScrollContainer>
);

/** A drawing, or the same numbers as a table, whichever somebody can read. Drawings are loaded when they are shown. */
export const ChartPanel = ({ title, about, kind, data, unit = '', empty }: ChartPanelProps) => {
  const words = useWords(chartWords);
  const [asTable, setAsTable] = useState(false);
  const nothing = data.rows.every(({ values }) => values.every((value) => value === 0));
  return (
    <Section
      title={title}
      about={about}
      actions={
        nothing ? undefined : (
          <Button
            size="compact-xs"
            variant="default"
            aria-label={`${asTable ? words.asChart : words.asTable}: ${title}`}
            leftSection={asTable ? <IconChartBar size={14} aria-hidden /> : <IconTable size={14} aria-hidden />}
            onClick={() => setAsTable(!asTable)}
          >
            {asTable ? words.asChart : words.asTable}
          </Button>
        )
      }
    >
      {nothing ? (
        <Text size="sm" c="dimmed">
          {empty}
        </Text>
      ) : asTable ? (
        <DataAsTable title={title} data={data} unit={unit} />
      ) : (
        <div className={classes.chart}>
          {data.series.length < 2 ? null : kind === 'bars' ? (
            <Legend series={data.series} />
          ) : (
            <LineLegend series={data.series} />
          )}
          <div role="img" aria-label={words.drawn(title)}>
            <Suspense fallback={<Skeleton h={200} />}>
              {kind === 'bars' ? <Bars data={data} unit={unit} /> : <Lines data={data} />}
            </Suspense>
          </div>
        </div>
      )}
    </Section>
  );
};
