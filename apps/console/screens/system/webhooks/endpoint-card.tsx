import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import type { WebhookEndpointView } from '#libs/contracts';
import { useDo } from '../../../ask/queries.js';
import { ConfirmDialog } from '../../../parts/confirm-dialog.js';
import { Failure } from '../../../parts/failure.js';
import { instant } from '../../../parts/format.js';
import { Section } from '../../../parts/section.js';
import { StateBadge } from '../../../parts/state-badge.js';
import { useWords } from '../../../words/language.js';
import { EndpointForm } from './endpoint-form.js';
import { webhookWords } from './words.js';

interface EndpointCardProps {
  readonly endpoint: WebhookEndpointView;
  readonly onSecret: (secret: string) => void;
}

/** One endpoint, and what can be done with it. */
export const EndpointCard = ({ endpoint, onSecret }: EndpointCardProps) => {
  const words = useWords(webhookWords);
  const [open, setOpen] = useState<'edit' | 'rotate' | 'remove'>();
  const close = (): void => setOpen(undefined);
  const params = { id: endpoint.id };
  const test = useDo('POST /v1/webhook-endpoints/{id}/test', {
    then: () => notifications.show({ message: words.tested }),
  });
  const rotate = useDo('POST /v1/webhook-endpoints/{id}/rotate', {
    then: ({ secret }) => {
      close();
      onSecret(secret);
    },
  });
  const remove = useDo('DELETE /v1/webhook-endpoints/{id}', {
    then: () => notifications.show({ message: words.removed }),
  });
  const { previousSecretUntil: until } = endpoint;
  return (
    <Section
      title={endpoint.url}
      actions={
        endpoint.gone ? (
          <StateBadge tone="bad">{words.gone}</StateBadge>
        ) : (
          <StateBadge tone={endpoint.enabled ? 'good' : 'off'}>
            {endpoint.enabled ? words.active : words.paused}
          </StateBadge>
        )
      }
    >
      <Text size="sm">{endpoint.events.map((event) => words.eventWords[event]).join(' · ')}</Text>
      {until === undefined ? null : (
        <Text size="sm" c="dimmed">
          {words.rotating(instant(until))}
        </Text>
      )}
      {test.error === null ? null : <Failure error={test.error} />}
      <Group gap="xs">
        <Button size="xs" variant="default" loading={test.isPending} onClick={() => test.mutate({ params })}>
          {words.test}
        </Button>
        <Button size="xs" variant="default" onClick={() => setOpen('edit')}>
          {words.edit}
        </Button>
        <Button size="xs" variant="default" onClick={() => setOpen('rotate')}>
          {words.rotate}
        </Button>
        <Button size="xs" variant="default" onClick={() => setOpen('remove')}>
          {words.remove}
        </Button>
      </Group>
      {open === 'edit' ? <EndpointForm endpoint={endpoint} onClose={close} onSecret={onSecret} /> : null}
      <ConfirmDialog
        opened={open === 'rotate'}
        title={words.rotateTitle}
        confirm={words.rotate}
        busy={rotate.isPending}
        error={rotate.error}
        onClose={close}
        onConfirm={() => rotate.mutate({ params })}
      >
        <Text>{words.rotateStates}</Text>
      </ConfirmDialog>
      <ConfirmDialog
        opened={open === 'remove'}
        dangerous
        title={words.removeTitle}
        confirm={words.remove}
        busy={remove.isPending}
        error={remove.error}
        onClose={close}
        onConfirm={() => remove.mutate({ params })}
      >
        <Text>{words.removeStates(endpoint.url)}</Text>
      </ConfirmDialog>
    </Section>
  );
};
