import { Alert, Button, Collapse, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { common } from '../words/common.js';
import { useWords } from '../words/language.js';

interface ChangedMeanwhileProps {
  /** What is there now. */
  readonly children: ReactNode;
}

/** Somebody else was faster (412): what they made of it can be looked at, and what was entered stays. */
export const ChangedMeanwhile = ({ children }: ChangedMeanwhileProps) => {
  const words = useWords(common);
  const [open, { toggle }] = useDisclosure(false);
  return (
    <Alert color="yellow" role="alert" title={words.changedMeanwhile}>
      <Stack gap="xs">
        <Text size="sm">{words.changedAdvice}</Text>
        <Group>
          <Button size="xs" variant="default" onClick={toggle} aria-expanded={open}>
            {words.showTheirs}
          </Button>
        </Group>
        <Collapse expanded={open} keepMounted={false}>
          {children}
        </Collapse>
      </Stack>
    </Alert>
  );
};
