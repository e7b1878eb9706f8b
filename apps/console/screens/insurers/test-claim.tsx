import { Alert, Button, Code, Group, Text } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { useState } from 'react';
import type { InsurerView, TestClaim } from '#libs/contracts';
import { useDo } from '../../ask/queries.js';
import { ConfirmDialog } from '../../parts/confirm-dialog.js';
import { instant } from '../../parts/format.js';
import { useWords } from '../../words/language.js';
import { insurerWords } from './words.js';

const COLOURS = { accepted: 'green', 'not-sent': 'red', refused: 'red', ambiguous: 'yellow' } as const;

const Told = ({ told }: { readonly told: TestClaim }) => {
  const words = useWords(insurerWords);
  return (
    <Alert
      color={COLOURS[told.outcome]}
      role="status"
      title={words.tested[told.outcome]}
      data-test-claim={told.outcome}
    >
      {told.code === undefined && told.status === undefined ? null : (
        <Text size="sm">
          {told.code === undefined ? null : <Code>{told.code}</Code>}{' '}
          {told.status === undefined ? null : words.http(told.status)}
        </Text>
      )}
      <Text size="xs" mt="xs">
        {words.testedAs(told.interchange, instant(told.at))}
      </Text>
    </Alert>
  );
};

/** An insurer that is sent claims can be sent one about nobody; it is asked first, since something leaves. */
export const SendTestClaim = ({ insurer }: { readonly insurer: InsurerView }) => {
  const words = useWords(insurerWords);
  const [asking, setAsking] = useState(false);
  const [told, setTold] = useState<TestClaim>();
  const send = useDo('POST /v1/insurers/{id}/connection/test-claim', {
    then: (sent) => {
      setTold(sent);
      setAsking(false);
    },
  });
  return (
    <>
      <Group gap="sm">
        <Button
          size="xs"
          variant="default"
          leftSection={<IconSend size={14} aria-hidden />}
          onClick={() => setAsking(true)}
        >
          {words.sendTest}
        </Button>
      </Group>
      {told === undefined ? null : <Told told={told} />}
      <ConfirmDialog
        opened={asking}
        title={words.sendTestTitle}
        confirm={words.sendTestConfirm}
        busy={send.isPending}
        error={send.error}
        onClose={() => {
          setAsking(false);
          send.reset();
        }}
        onConfirm={() => {
          setTold(undefined);
          send.mutate({ params: { id: insurer.id } });
        }}
      >
        <Text>{words.sendTestStates(insurer.name)}</Text>
      </ConfirmDialog>
    </>
  );
};
