import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { common } from '../words/common.js';
import { useWords } from '../words/language.js';

interface ChangedMeanwhileProps {
  /** Reads what is there now; what was entered stays as it is. */
  readonly onShow: () => void;
}

/** For a refusal with `precondition_failed`: somebody else was faster. */
export const ChangedMeanwhile = ({ onShow }: ChangedMeanwhileProps) => {
  const words = useWords(common);
  return (
    <Alert color="yellow" role="alert" title={words.changedMeanwhile}>
      <Stack gap="xs">
        <Text size="sm">{words.changedAdvice}</Text>
        <Group>
          <Button size="xs" variant="default" onClick={onShow}>
            {words.showTheirs}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
};
