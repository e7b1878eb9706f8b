import { Button, Group, Stack } from '@mantine/core';
import { IconPlus, type TablerIcon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Empty } from './empty.js';
import { Loaded } from './loaded.js';

interface RecordedProps<Row> {
  /** What a query of TanStack Query tells of the list. */
  readonly of: {
    readonly data: { readonly rows: readonly Row[] } | undefined;
    readonly error: Error | null;
    readonly refetch: () => unknown;
  };
  /** How another is added; absent for whoever may not. */
  readonly add: { readonly label: string; readonly icon?: TablerIcon; readonly open: () => void } | undefined;
  readonly empty: { readonly title: string; readonly about: string };
  readonly children: (rows: readonly Row[]) => ReactNode;
}

/** What was recorded under a button to add more; where there is nothing, what it is for. */
export const Recorded = <Row,>({ of, add, empty, children }: RecordedProps<Row>) => {
  const Icon = add?.icon ?? IconPlus;
  const button =
    add === undefined ? null : (
      <Button leftSection={<Icon size={16} aria-hidden />} onClick={add.open}>
        {add.label}
      </Button>
    );
  return (
    <Loaded of={of}>
      {({ rows }) =>
        rows.length === 0 ? (
          <Empty title={empty.title} action={button}>
            {empty.about}
          </Empty>
        ) : (
          <Stack>
            <Group justify="flex-end">{button}</Group>
            {children(rows)}
          </Stack>
        )
      }
    </Loaded>
  );
};
