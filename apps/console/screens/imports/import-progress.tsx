import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import { useWords } from '../../words/language.js';
import type { ImportState } from './use-import.js';
import { importWords } from './words.js';

interface ImportProgressProps {
  readonly state: Extract<ImportState, { kind: 'under-way' }>;
  readonly onStop: () => void;
}

/** The gateway reads while it is sent to, so that what has gone is what has been read, but for the last rows. */
export const ImportProgress = ({ state, onStop }: ImportProgressProps) => {
  const words = useWords(importWords);
  const percent = state.of === 0 ? 0 : Math.floor((100 * state.sent) / state.of);
  const all = percent >= 100;
  return (
    <Stack gap="xs">
      <Text size="sm" role="status">
        {all ? words.finishing : words.sending(percent)}
      </Text>
      <Progress value={percent} animated={all} striped={all} aria-label={words.title} size="lg" />
      <Group>
        <Button size="xs" variant="default" onClick={onStop}>
          {words.stop}
        </Button>
      </Group>
    </Stack>
  );
};
