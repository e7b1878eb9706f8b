import { Group, SegmentedControl, Switch } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { WorklistCounts } from '#libs/contracts';
import { useSession } from '../../app/session.js';
import { useRead } from '../../ask/queries.js';
import { Empty } from '../../parts/empty.js';
import { Loaded } from '../../parts/loaded.js';
import { Screen } from '../../parts/screen.js';
import { useWords } from '../../words/language.js';
import { QueueList } from './queue-list.js';
import { QueueRows } from './queue-rows.js';
import classes from './worklist.module.css';
import { worklistWords } from './words.js';

const Board = ({ counts }: { readonly counts: WorklistCounts }) => {
  const words = useWords(worklistWords);
  const search = useSearch({ from: '/worklist' });
  const navigate = useNavigate({ from: '/worklist' });
  const { queue: asked, scope, snoozed } = search;
  const first = counts.queues.find(({ count }) => count.counted > 0) ?? counts.queues[0];
  const current = asked ?? first?.queue ?? 'needs-release';
  const off = counts.queues.find(({ queue }) => queue === current)?.snoozed;
  const show = (change: { readonly mine: boolean; readonly snoozed: boolean }): void => {
    void navigate({
      search: {
        queue: current,
        ...(change.mine ? { scope: 'mine' } : {}),
        ...(change.snoozed ? { snoozed: true } : {}),
      },
      replace: true,
    });
  };
  return (
    <div className={classes.board}>
      <QueueList counts={counts} current={current} search={search} />
      <div className={classes.main}>
        <Group mb="sm" gap="md">
          <SegmentedControl
            aria-label={words.scope}
            data={[
              { value: 'all', label: words.all },
              { value: 'mine', label: words.mine },
            ]}
            value={scope ?? 'all'}
            onChange={(value) => show({ mine: value === 'mine', snoozed: snoozed === true })}
          />
          <Switch
            label={words.snoozed(words.count(off?.counted ?? 0, off?.more ?? false))}
            checked={snoozed === true}
            onChange={(event) => show({ mine: scope === 'mine', snoozed: event.currentTarget.checked })}
          />
        </Group>
        <QueueRows key={`${current} ${scope ?? ''} ${String(snoozed)}`} queue={current} search={search} />
      </div>
    </div>
  );
};

/** The home of whoever works here: what waits for somebody. */
export const WorklistScreen = () => {
  const words = useWords(worklistWords);
  const { scope } = useSearch({ from: '/worklist' });
  const { may } = useSession();
  const counts = useRead(
    'GET /v1/worklist',
    { query: scope === undefined ? {} : { scope } },
    { every: 30_000, keep: true, enabled: may('worklist.read') },
  );
  return (
    <Screen title={words.title} about={words.about}>
      {may('worklist.read') ? (
        <Loaded of={counts}>{(read) => <Board counts={read} />}</Loaded>
      ) : (
        <Empty title={words.none}>{words.noneAbout}</Empty>
      )}
    </Screen>
  );
};
