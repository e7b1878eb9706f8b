import { Button, Checkbox, Group, Modal, Stack, Switch, TextInput } from '@mantine/core';
import { type SyntheticEvent, useState } from 'react';
import { type WebhookEndpointView, words as wire } from '#libs/contracts';
import { useDo } from '../../../ask/queries.js';
import { Failure } from '../../../parts/failure.js';
import { common } from '../../../words/common.js';
import { useWords } from '../../../words/language.js';
import { webhookWords } from './words.js';

type Event = WebhookEndpointView['events'][number];

const isEvent = (word: string): word is Event => wire.WEBHOOK_EVENTS.some((one) => one === word);

interface EndpointFormProps {
  /** Absent for a new one. */
  readonly endpoint?: WebhookEndpointView;
  readonly onClose: () => void;
  readonly onSecret: (secret: string) => void;
}

export const EndpointForm = ({ endpoint, onClose, onSecret }: EndpointFormProps) => {
  const words = useWords(webhookWords);
  const notes = useWords(common);
  const [url, setUrl] = useState(endpoint?.url ?? '');
  const [events, setEvents] = useState<readonly Event[]>(endpoint?.events ?? [...wire.WEBHOOK_EVENTS]);
  const [enabled, setEnabled] = useState(endpoint?.enabled ?? true);
  const [tried, setTried] = useState(false);
  const create = useDo('POST /v1/webhook-endpoints', { then: ({ secret }) => onSecret(secret) });
  const change = useDo('PUT /v1/webhook-endpoints/{id}', { then: onClose });
  const urlIsWrong = !/^https?:\/\/\S+$/.test(url.trim());
  const error = create.error ?? change.error;
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    setTried(true);
    if (urlIsWrong || events.length === 0) return;
    const body = { url: url.trim(), events: [...events] };
    if (endpoint === undefined) create.mutate({ body });
    else change.mutate({ params: { id: endpoint.id }, body: { ...body, enabled } });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      closeOnClickOutside={false}
      title={endpoint === undefined ? words.addTitle : words.editTitle}
      closeButtonProps={{ 'aria-label': notes.close }}
    >
      <form onSubmit={submit} noValidate>
        <Stack>
          <TextInput
            label={words.url}
            description={words.urlHint}
            required
            maxLength={500}
            type="url"
            data-autofocus
            value={url}
            error={tried && urlIsWrong ? words.needUrl : undefined}
            onChange={(event) => setUrl(event.currentTarget.value)}
          />
          <Checkbox.Group
            label={words.events}
            value={[...events]}
            error={tried && events.length === 0 ? words.needEvent : undefined}
            onChange={(next) => setEvents(next.filter(isEvent))}
          >
            <Stack gap="xs" mt="xs">
              {wire.WEBHOOK_EVENTS.map((event) => (
                <Checkbox key={event} value={event} label={words.eventWords[event]} description={event} />
              ))}
            </Stack>
          </Checkbox.Group>
          {endpoint === undefined ? null : (
            <Switch
              label={words.enabled}
              checked={enabled}
              onChange={(event) => setEnabled(event.currentTarget.checked)}
            />
          )}
          {error === null ? null : <Failure error={error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {notes.cancel}
            </Button>
            <Button type="submit" loading={create.isPending || change.isPending}>
              {endpoint === undefined ? words.add : words.save}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
};
