import { SimpleGrid, Stack } from '@mantine/core';
import { type Dashboard, words as wire } from '#libs/contracts';
import { ChartPanel } from '../../parts/charts/chart-panel.js';
import { day } from '../../parts/format.js';
import { useWords } from '../../words/language.js';
import { sharesOf } from './figures-of.js';
import { dashboardWords } from './words.js';

export const DashboardCharts = ({ told }: { readonly told: Dashboard }) => {
  const words = useWords(dashboardWords);
  return (
    <Stack>
      <ChartPanel
        title={words.series}
        about={told.step === 'day' ? words.days : words.weeks}
        kind="lines"
        empty={words.noSeries}
        data={{
          head: told.step === 'day' ? words.on : words.week,
          series: [words.accepted, words.sent, words.held, words.answered],
          rows: told.series.map(({ on, accepted, sent, held, answered }) => ({
            name: day(on),
            values: [accepted, sent, held, answered],
          })),
        }}
      />
      <SimpleGrid cols={{ base: 1, lg: 2 }}>
        <ChartPanel
          title={words.heldBy}
          about={words.heldByAbout}
          kind="bars"
          empty={words.noHeld}
          data={{
            head: words.curer,
            series: [words.count],
            rows: wire.CURERS.map((curer) => ({ name: words.curers[curer], values: [told.heldBy[curer]] })),
          }}
        />
        <ChartPanel
          title={words.withheld}
          about={words.withheldAbout(told.withheld.sample.disclosures, told.withheld.sample.of)}
          kind="bars"
          unit=" %"
          empty={words.noWithheld}
          data={{
            head: words.insurer,
            series: [words.share],
            rows: sharesOf(told.withheld).map(({ name, share }) => ({ name, values: [share] })),
          }}
        />
      </SimpleGrid>
    </Stack>
  );
};
