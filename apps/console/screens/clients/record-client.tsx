import { useState } from 'react';
import type { ClientView } from '#libs/contracts';
import { useDo } from '../../ask/queries.js';
import { FormDialog } from '../../parts/form-dialog.js';
import { usePlaces } from '../../parts/places.js';
import { useWords } from '../../words/language.js';
import { CLIENT_FIELDS, clientBody, type ClientDraft, ClientForm, EMPTY_CLIENT } from './client-form.js';
import { clientWords } from './words.js';

interface RecordClientProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onRecorded: (client: ClientView) => void;
}

export const RecordClient = ({ opened, onClose, onRecorded }: RecordClientProps) => {
  const words = useWords(clientWords);
  const [draft, setDraft] = useState<ClientDraft>(EMPTY_CLIENT);
  const record = useDo('POST /v1/clients', { then: onRecorded });
  const places = usePlaces(record.error?.issues ?? []);
  return (
    <FormDialog
      opened={opened}
      onClose={onClose}
      title={words.record}
      save={words.save}
      onSave={() => record.mutate({ body: clientBody(draft) })}
      busy={record.isPending}
      failure={record.error}
      places={places}
      shown={CLIENT_FIELDS}
    >
      <ClientForm draft={draft} change={(part) => setDraft((before) => ({ ...before, ...part }))} places={places} />
    </FormDialog>
  );
};
