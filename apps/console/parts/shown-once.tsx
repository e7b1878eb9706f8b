import { Alert, Button, Code, CopyButton, Group, Stack, Text } from '@mantine/core';
import { IconCheck, IconCopy, IconEyeOff } from '@tabler/icons-react';
import { catalogue, useWords } from '../words/language.js';

const shownOnceWords = catalogue({
  en: {
    copy: 'Copy',
    copied: 'Copied',
    once: 'It is shown here and never again. Whoever loses it needs a new one.',
  },
});

interface ShownOnceProps {
  readonly title: string;
  readonly secret: string;
  readonly onDone: () => void;
  /** What to say when it was put away. */
  readonly done: string;
}

/** A secret that the gateway gives out this one time; it is kept in this page's memory and nowhere else. */
export const ShownOnce = ({ title, secret, onDone, done }: ShownOnceProps) => {
  const words = useWords(shownOnceWords);
  return (
    <Alert color="yellow" icon={<IconEyeOff aria-hidden />} title={title} role="status">
      <Stack gap="xs">
        <Text size="sm">{words.once}</Text>
        <Group gap="xs">
          <Code fz="sm" data-secret>
            {secret}
          </Code>
          <CopyButton value={secret}>
            {({ copied, copy }) => (
              <Button
                size="xs"
                variant="default"
                onClick={copy}
                leftSection={copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
              >
                {copied ? words.copied : words.copy}
              </Button>
            )}
          </CopyButton>
        </Group>
        <Group>
          <Button size="xs" onClick={onDone}>
            {done}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
};
