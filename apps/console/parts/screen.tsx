import { Group, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';

interface ScreenProps {
  /** What kind of page it is; never whom it is about, since titles reach histories and other people’s eyes. */
  readonly title: string;
  readonly about?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** One page: its heading, which has the focus when it opens, what can be done on it, and what it shows. */
export const Screen = ({ title, about, actions, children }: ScreenProps) => {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · Sluice`;
    heading.current?.focus({ preventScroll: true });
  }, [title]);
  return (
    <Stack gap="md">
      <Group justify="space-between" align="flex-end">
        <div>
          <Title order={1} size="h2" tabIndex={-1} ref={heading}>
            {title}
          </Title>
          {about === undefined ? null : (
            <Text c="dimmed" size="sm" maw={760}>
              {about}
            </Text>
          )}
        </div>
        {actions === undefined ? null : (
          <Group gap="xs" className="no-print">
            {actions}
          </Group>
        )}
      </Group>
      {children}
    </Stack>
  );
};
