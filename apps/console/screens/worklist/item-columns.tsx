import { ActionIcon, Menu, Text } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { WorklistItem } from '#libs/contracts';
import type { Column } from '../../parts/data-table.js';
import { day } from '../../parts/format.js';
import { InnerLink } from '../../parts/inner-link.js';
import { StatusChip } from '../../parts/status-chip.js';
import { useWords } from '../../words/language.js';
import { worklistWords } from './words.js';

export type ItemAction = 'take' | 'assign' | 'note' | 'snooze' | 'wake';

const codeOf = (item: WorklistItem): string =>
  (item.kind === 'disclosure' ? item.disclosure : item.release).client.code;

export const hrefOf = ({ kind, id }: WorklistItem): string =>
  kind === 'disclosure' ? `/claims/${id}` : `/releases/${id}`;

const deadlineOf = (item: WorklistItem): string | undefined =>
  item.kind === 'disclosure' ? item.disclosure.filingDeadline : item.release.validUntil;

const actionsOf = ({ snoozedUntil }: WorklistItem): readonly ItemAction[] => [
  ...(['take', 'assign', 'note'] as const),
  snoozedUntil === undefined ? 'snooze' : 'wake',
];

interface ActionsProps {
  readonly item: WorklistItem;
  readonly onAct: (action: ItemAction, item: WorklistItem) => void;
}

const Actions = ({ item, onAct }: ActionsProps) => {
  const words = useWords(worklistWords);
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={words.actionsOf(codeOf(item))}>
          <IconDots size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {actionsOf(item).map((action) => (
          <Menu.Item key={action} onClick={() => onAct(action, item)}>
            {words[action]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
};

/** What waits: for whom, how long, what to do next, who is on it. */
export const useItemColumns = (onAct: ActionsProps['onAct'] | undefined): readonly Column<WorklistItem>[] => {
  const words = useWords(worklistWords);
  return useMemo(
    () => [
      {
        ...{ id: 'client', header: words.client, width: '7.5rem' },
        cell: (item) => (
          <InnerLink href={hrefOf(item)} size="sm">
            {codeOf(item)}
          </InnerLink>
        ),
      },
      {
        ...{ id: 'status', header: words.status, width: '8.5rem' },
        cell: (item) =>
          item.kind === 'disclosure' ? (
            <StatusChip status={item.disclosure.status} />
          ) : (
            <Text size="sm">{words.daysLeft(item.release.daysLeft)}</Text>
          ),
      },
      {
        ...{ id: 'next', header: words.next, width: '2fr' },
        cell: ({ nextStep }) => <span title={nextStep}>{nextStep}</span>,
      },
      { id: 'age', header: words.age, width: '7rem', cell: ({ ageDays }) => words.days(ageDays) },
      {
        ...{ id: 'deadline', header: words.deadline, width: '8.5rem' },
        cell: (item) => {
          const on = deadlineOf(item);
          return on === undefined ? '' : day(on);
        },
      },
      {
        ...{ id: 'insurer', header: words.insurer, width: '11rem' },
        cell: (item) => (item.kind === 'disclosure' ? item.disclosure.insurer.name : words.release),
      },
      {
        ...{ id: 'assignee', header: words.assignee, width: '10rem' },
        cell: ({ assignee }) =>
          assignee?.name ?? (
            <Text size="sm" c="dimmed">
              {words.nobody}
            </Text>
          ),
      },
      {
        id: 'notes',
        header: words.notes,
        width: '5rem',
        align: 'end',
        cell: ({ notes }) => (notes === 0 ? '' : notes),
      },
      ...(onAct === undefined
        ? []
        : [
            {
              ...{ id: 'actions', header: words.actions, width: '6rem' },
              cell: (item: WorklistItem) => <Actions item={item} onAct={onAct} />,
            },
          ]),
    ],
    [words, onAct],
  );
};
