import { Alert, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import type { ClientView } from '#libs/contracts';
import { useDo, useRead } from '../../ask/queries.js';
import { FormDialog } from '../../parts/form-dialog.js';
import { usePlaces } from '../../parts/places.js';
import { useWords } from '../../words/language.js';
import { CLIENT_FIELDS, clientBody, type ClientDraft, ClientForm, draftOf } from '../clients/client-form.js';
import { Identity } from './identity.js';
import { onClientWords } from './words.js';

interface AmendClientProps {
  readonly client: ClientView;
  readonly onClose: () => void;
}

/** Who the client is from now on. Saved over is what was on the screen, and nothing that came since. */
export const AmendClient = ({ client, onClose }: AmendClientProps) => {
  const words = useWords(onClientWords);
  const [opened] = useState(client);
  const [seen, setSeen] = useState(client);
  const [draft, setDraft] = useState<ClientDraft>(() => draftOf(client));
  const amend = useDo('PUT /v1/clients/{id}', {
    then: () => {
      notifications.show({ message: words.amended });
      onClose();
    },
  });
  const places = usePlaces(amend.error?.issues ?? []);
  const read = useRead('GET /v1/clients/{id}', { params: { id: client.id } });
  const show = (): void =>
    void read.refetch().then(({ data }) => {
      if (data === undefined) return;
      amend.reset();
      setSeen(data);
    });
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={words.amendTitle}
      save={words.amendSave}
      onSave={() =>
        amend.mutate({
          params: { id: client.id },
          body: { identity: clientBody(draft).identity },
          ifMatch: `"v${seen.revision}"`,
        })
      }
      onShow={show}
      busy={amend.isPending}
      failure={amend.error}
      places={places}
      shown={CLIENT_FIELDS}
    >
      <Text size="sm">{words.amendAbout}</Text>
      {seen.revision === opened.revision ? null : (
        <Alert color="yellow" title={words.isNow}>
          <Identity client={seen} />
        </Alert>
      )}
      <ClientForm
        codeStays
        draft={draft}
        change={(part) => setDraft((before) => ({ ...before, ...part }))}
        places={places}
      />
    </FormDialog>
  );
};
