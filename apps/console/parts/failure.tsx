import { Alert, Button, Code, Group, List, Stack, Text } from '@mantine/core';
import { AskFailure } from '../ask/ask.js';
import { common } from '../words/common.js';
import { fieldWords } from '../words/fields.js';
import { useWords } from '../words/language.js';

interface FailureProps {
  readonly error: Error;
  readonly onRetry?: () => void;
}

/** Why something was not done: what the gateway says, place by place, each with its code and what to do about it. */
export const Failure = ({ error, onRetry }: FailureProps) => {
  const words = useWords(common);
  const { codes } = useWords(fieldWords);
  const failure = error instanceof AskFailure ? error : undefined;
  const title =
    failure === undefined
      ? words.unexpected
      : failure.code === 'unreachable'
        ? words.unreachable
        : failure.code === 'unreadable'
          ? words.unreadable
          : failure.title;
  return (
    <Alert color="red" role="alert" title={title}>
      <Stack gap="xs">
        {failure === undefined || failure.issues.length === 0 ? null : (
          <List size="sm">
            {failure.issues.map(({ code, path, fix, rule }) => (
              <List.Item key={`${code} ${path}`}>
                <Text size="sm" span>
                  {codes[code] ?? fix ?? code}
                  {rule === undefined ? null : ` (${rule})`}
                </Text>{' '}
                <Code>{path === '' ? code : `${code} ${path}`}</Code>
              </List.Item>
            ))}
          </List>
        )}
        {failure === undefined ? null : (
          <Text size="xs">
            <Code>{failure.code}</Code>{' '}
            {failure.correlation === undefined ? null : words.correlation(failure.correlation)}
          </Text>
        )}
        {onRetry === undefined ? null : (
          <Group>
            <Button size="xs" variant="default" onClick={onRetry}>
              {words.retry}
            </Button>
          </Group>
        )}
      </Stack>
    </Alert>
  );
};
