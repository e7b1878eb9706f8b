import { Paper, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

interface EmptyProps {
  readonly title: string;
  /** What would be here, and how it gets here. */
  readonly children: ReactNode;
  readonly action?: ReactNode;
}

/** A list without rows teaches what it is for. */
export const Empty = ({ title, children, action }: EmptyProps) => (
  <Paper withBorder p="xl">
    <Stack align="flex-start" gap="xs">
      <Title order={2} size="h4">
        {title}
      </Title>
      <Text c="dimmed" maw={640}>
        {children}
      </Text>
      {action}
    </Stack>
  </Paper>
);
