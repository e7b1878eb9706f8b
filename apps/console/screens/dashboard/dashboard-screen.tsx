import { SegmentedControl, Stack } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { Dashboard } from '#libs/contracts';
import { useToday } from '../../app/today.js';
import { useRead } from '../../ask/queries.js';
import { daysBefore } from '../../parts/days.js';
import { Empty } from '../../parts/empty.js';
import { type Figure, Figures } from '../../parts/figures.js';
import { Loaded } from '../../parts/loaded.js';
import { Screen } from '../../parts/screen.js';
import { useWords } from '../../words/language.js';
import { DashboardCharts } from './dashboard-charts.js';
import { percentOf, spanOf } from './figures-of.js';
import { dashboardWords } from './words.js';

const PERIODS = ['week', 'month', 'quarter', 'year'] as const;

const DAYS = { week: 7, month: 30, quarter: 90, year: 365 } as const satisfies Record<(typeof PERIODS)[number], number>;

const useFigures = ({ totals, firstPass, latency, expiring }: Dashboard): readonly Figure[] => {
  const words = useWords(dashboardWords);
  const said = (seconds: number): string => {
    const { unit, count } = spanOf(seconds);
    return words[unit](count);
  };
  const percent = percentOf(firstPass.accepted, firstPass.answered);
  const { median, p90 } = latency;
  return [
    { name: words.accepted, value: totals.accepted },
    { name: words.sent, value: totals.sent },
    { name: words.held, value: totals.held, note: words.heldNote },
    { name: words.blocked, value: totals.blocked, note: words.blockedNote },
    { name: words.parked, value: totals.parked, note: words.heldNote },
    {
      name: words.firstPass,
      value: percent === undefined ? '–' : `${percent} %`,
      note: percent === undefined ? words.noAnswers : words.firstPassNote(firstPass.accepted, firstPass.answered),
    },
    {
      name: words.latency,
      value: median === undefined ? '–' : said(median),
      note: p90 === undefined ? words.noAnswers : words.latencyNote(said(p90)),
    },
    { name: words.expiring, value: expiring, note: words.expiringNote },
  ];
};

const Told = ({ told }: { readonly told: Dashboard }) => {
  const words = useWords(dashboardWords);
  const figures = useFigures(told);
  return (
    <Stack>
      <Figures label={words.figures} rows={figures} />
      {told.totals.accepted === 0 ? (
        <Empty title={words.empty}>{words.emptyAbout}</Empty>
      ) : (
        <DashboardCharts told={told} />
      )}
    </Stack>
  );
};

export const DashboardScreen = () => {
  const words = useWords(dashboardWords);
  const navigate = useNavigate();
  const search = useSearch({ from: '/dashboard' });
  const period = PERIODS.find((one) => one === search.period) ?? 'month';
  const days = DAYS[period];
  const from = daysBefore(useToday(), days);
  const dashboard = useRead(
    'GET /v1/dashboard',
    { query: { from, step: days > 30 ? 'week' : 'day' } },
    { every: 60_000, keep: true },
  );
  return (
    <Screen
      title={words.title}
      about={words.about}
      actions={
        <SegmentedControl
          aria-label={words.period}
          size="xs"
          value={period}
          onChange={(next) => void navigate({ to: '/dashboard', search: { period: next } })}
          data={PERIODS.map((one) => ({ value: one, label: words.periods[one] }))}
        />
      }
    >
      <Loaded of={dashboard}>{(told) => <Told told={told} />}</Loaded>
    </Screen>
  );
};
