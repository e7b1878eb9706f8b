import { Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useRouter } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import type { WorklistItem, WorklistQueue } from '#libs/contracts';
import { useSession } from '../../app/session.js';
import { useDo, useNextPage, usePages } from '../../ask/queries.js';
import { DataTable } from '../../parts/data-table.js';
import { Empty } from '../../parts/empty.js';
import { Failure } from '../../parts/failure.js';
import { Loaded } from '../../parts/loaded.js';
import { common } from '../../words/common.js';
import { useWords } from '../../words/language.js';
import { hrefOf, type ItemAction, useItemColumns } from './item-columns.js';
import { NotesDialog } from './notes-dialog.js';
import { AssignDialog, SnoozeDialog, tagOf } from './work-dialogs.js';
import type { WorklistSearch } from './worklist-search.js';
import { worklistWords } from './words.js';

const idOf = ({ id }: WorklistItem): string => id;

/** Takes an item for whoever is signed in, or takes it up again, with nothing to ask. */
const useAtOnce = () => {
  const words = useWords(worklistWords);
  const { session } = useSession();
  const take = useDo('PUT /v1/worklist/items/{id}/assignment', {
    then: () => notifications.show({ message: words.assigned }),
  });
  const wake = useDo('PUT /v1/worklist/items/{id}/snooze', {
    then: () => notifications.show({ message: words.woken }),
  });
  const staff = session.actor.startsWith('staff:') ? session.actor.slice('staff:'.length) : null;
  return {
    error: take.error ?? wake.error,
    take: (item: WorklistItem) => take.mutate({ params: { id: item.id }, body: { staff }, ifMatch: tagOf(item) }),
    wake: (item: WorklistItem) => wake.mutate({ params: { id: item.id }, body: { until: null }, ifMatch: tagOf(item) }),
  };
};

interface QueueRowsProps {
  readonly queue: WorklistQueue;
  readonly search: WorklistSearch;
}

/** What waits in one queue. */
export const QueueRows = ({ queue, search }: QueueRowsProps) => {
  const words = useWords(worklistWords);
  const shortcuts = useWords(common);
  const router = useRouter();
  const { may } = useSession();
  const { scope, snoozed } = search;
  const pages = usePages(
    'GET /v1/worklist/{queue}',
    {
      params: { queue },
      query: {
        limit: '100',
        ...(scope === undefined ? {} : { scope }),
        ...(snoozed === true ? { snoozed: 'true' } : {}),
      },
    },
    { every: 30_000 },
  );
  const rows = useMemo(() => pages.data?.pages.flatMap((page) => page.rows) ?? [], [pages.data]);
  const [opened, setOpened] = useState<{ readonly action: ItemAction; readonly item: WorklistItem }>();
  const atOnce = useAtOnce();
  const { take, wake } = atOnce;
  const act = (action: ItemAction, item: WorklistItem): void => {
    if (action === 'take') take(item);
    else if (action === 'wake') wake(item);
    else setOpened({ action, item });
  };
  const columns = useItemColumns(may('worklist.write') ? act : undefined);
  const nextPage = useNextPage(pages);
  const item = opened?.item;
  const dialog = {
    onClose: () => setOpened(undefined),
    onReadAgain: async () =>
      (await pages.refetch()).data?.pages.flatMap((page) => page.rows).find(({ id }) => id === item?.id),
  };
  return (
    <>
      <Group mb="xs">
        <Text size="sm" c="dimmed">
          {words.queueAbout[queue]}
        </Text>
      </Group>
      {atOnce.error === null ? null : <Failure error={atOnce.error} />}
      <Loaded of={pages}>
        {() =>
          rows.length === 0 ? (
            <Empty title={words.empty}>{scope === 'mine' ? words.emptyMine : words.queueAbout[queue]}</Empty>
          ) : (
            <DataTable
              label={words.queue[queue]}
              rows={rows}
              columns={columns}
              idOf={idOf}
              onOpen={(row) => router.history.push(hrefOf(row))}
              {...(may('worklist.write')
                ? {
                    keys: [{ key: 'e', does: shortcuts.shortcutEdit, run: (row: WorklistItem) => act('note', row) }],
                  }
                : {})}
              {...nextPage}
            />
          )
        }
      </Loaded>
      {opened?.action === 'assign' ? <AssignDialog item={opened.item} {...dialog} /> : null}
      {opened?.action === 'snooze' ? <SnoozeDialog item={opened.item} {...dialog} /> : null}
      {opened?.action === 'note' ? <NotesDialog id={opened.item.id} onClose={dialog.onClose} /> : null}
    </>
  );
};
