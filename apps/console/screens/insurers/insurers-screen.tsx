import { Anchor, Tabs } from '@mantine/core';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { InsurerView } from '#libs/contracts';
import { useSession } from '../../app/session.js';
import { useRead } from '../../ask/queries.js';
import { type Column, DataTable } from '../../parts/data-table.js';
import { Empty } from '../../parts/empty.js';
import { LaneHealth } from '../../parts/lane-health.js';
import { Loaded } from '../../parts/loaded.js';
import { Screen } from '../../parts/screen.js';
import { StateBadge } from '../../parts/state-badge.js';
import { documentWords } from '../../words/documents.js';
import { useWords } from '../../words/language.js';
import { AskingView } from './asking-view.js';
import { insurerWords } from './words.js';

const useColumns = (): readonly Column<InsurerView>[] => {
  const words = useWords(insurerWords);
  const { format } = useWords(documentWords);
  return [
    {
      ...{ id: 'name', header: words.name, width: '14rem' },
      cell: ({ id, name }) => (
        <Anchor renderRoot={(props) => <Link to="/insurers/$insurer" params={{ insurer: id }} {...props} />}>
          {name}
        </Anchor>
      ),
    },
    {
      ...{ id: 'health', header: words.health, width: '13rem' },
      cell: ({ lane, routes }) => <LaneHealth lane={routes.find(({ current }) => current) ?? lane} />,
    },
    {
      id: 'formats',
      header: words.formats,
      width: '2fr',
      cell: ({ formats }) => formats.map((one) => format[one]).join(', '),
    },
    {
      ...{ id: 'transport', header: words.transport, width: '13rem' },
      cell: ({ connection }) => words.transports[connection.kind],
    },
    {
      ...{ id: 'environment', header: words.environment, width: '8rem' },
      cell: ({ production }) => (
        <StateBadge tone={production ? 'good' : 'off'}>{production ? words.live : words.test}</StateBadge>
      ),
    },
    {
      ...{ id: 'deadline', header: words.deadline, width: '9rem', align: 'end' },
      cell: ({ filingDeadlineDays: days }) => (days === undefined ? words.noDeadline : words.days(days)),
    },
  ];
};

const InsurerList = () => {
  const words = useWords(insurerWords);
  const { may } = useSession();
  const navigate = useNavigate();
  const columns = useColumns();
  const insurers = useRead('GET /v1/insurers', {}, { every: 15_000 });
  return (
    <Loaded of={insurers}>
      {({ rows }) =>
        rows.length === 0 ? (
          <Empty
            title={words.empty}
            action={
              may('insurers.write') ? (
                <Anchor renderRoot={(props) => <Link to="/imports" search={{ kind: 'insurers' }} {...props} />}>
                  {words.toImport}
                </Anchor>
              ) : undefined
            }
          >
            {words.emptyAbout}
          </Empty>
        ) : (
          <DataTable
            label={words.title}
            rows={rows}
            columns={columns}
            idOf={({ id }) => id}
            onOpen={({ id }) => void navigate({ to: '/insurers/$insurer', params: { insurer: id } })}
          />
        )
      }
    </Loaded>
  );
};

export const InsurersScreen = () => {
  const words = useWords(insurerWords);
  const { may } = useSession();
  const navigate = useNavigate();
  const { view } = useSearch({ from: '/insurers' });
  const asking = may('dashboard.read');
  const shown = view === 'asking' && asking ? 'asking' : 'list';
  return (
    <Screen title={words.title} about={words.about}>
      {asking ? (
        <Tabs
          value={shown}
          keepMounted={false}
          onChange={(next) => void navigate({ to: '/insurers', search: next === 'asking' ? { view: next } : {} })}
        >
          <Tabs.List aria-label={words.title}>
            <Tabs.Tab value="list">{words.viewList}</Tabs.Tab>
            <Tabs.Tab value="asking">{words.viewAsking}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="list" pt="md">
            <InsurerList />
          </Tabs.Panel>
          <Tabs.Panel value="asking" pt="md">
            <AskingView />
          </Tabs.Panel>
        </Tabs>
      ) : (
        <InsurerList />
      )}
    </Screen>
  );
};
