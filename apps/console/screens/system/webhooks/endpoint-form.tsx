import { Checkbox, Stack, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import { type WebhookEndpointView, words as wire } from '#libs/contracts';
import { useDo } from '../../../ask/queries.js';
import { FormDialog } from '../../../parts/form-dialog.js';
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
  const [url, setUrl] = useState(endpoint?.url ?? '');
  const [events, setEvents] = useState<readonly Event[]>(endpoint?.events ?? [...wire.WEBHOOK_EVENTS]);
  const [enabled, setEnabled] = useState(endpoint?.enabled ?? true);
  const [tried, setTried] = useState(false);
  const create = useDo('POST /v1/webhook-endpoints', { then: ({ secret }) => onSecret(secret) });
  const change = useDo('PUT /v1/webhook-endpoints/{id}', { then: onClose });
  const urlIsWrong = !/^https?:\/\/\S+$/.test(url.trim());
  const save = (): void => {
    setTried(true);
    if (urlIsWrong || events.length === 0) return;
    const body = { url: url.trim(), events: [...events] };
    if (endpoint === undefined) create.mutate({ body });
    else change.mutate({ params: { id: endpoint.id }, body: { ...body, enabled } });
  };
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={endpoint === undefined ? words.addTitle : words.editTitle}
      save={endpoint === undefined ? words.add : words.save}
      onSave={save}
      busy={create.isPending || change.isPending}
      failure={create.error ?? change.error}
    >
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
        <Switch label={words.enabled} checked={enabled} onChange={(event) => setEnabled(event.currentTarget.checked)} />
      )}
    </FormDialog>
  );
};
