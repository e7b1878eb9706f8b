import { NativeSelect, Text } from '@mantine/core';
import { useState } from 'react';
import type { ReleaseView } from '#libs/contracts';
import { useToday } from '../../app/today.js';
import { useDo, useRead } from '../../ask/queries.js';
import { FormDialog } from '../../parts/form-dialog.js';
import { NotRead } from '../../parts/not-read.js';
import { errorAt, usePlaces } from '../../parts/places.js';
import { useWords } from '../../words/language.js';
import { onClientWords } from './words.js';

interface DraftReleaseProps {
  readonly client: string;
  readonly onClose: () => void;
  readonly onDrafted: (release: ReleaseView) => void;
}

/** A year later, less a day: the longest that most releases are asked for. */
const yearAfter = (date: string): string => {
  const day = new Date(`${date}T00:00:00Z`);
  day.setUTCFullYear(day.getUTCFullYear() + 1);
  day.setUTCDate(day.getUTCDate() - 1);
  return day.toISOString().slice(0, 10);
};

/** Begins a release: to whom, and from which preset. The rest is written on its own page. */
export const DraftRelease = ({ client, onClose, onDrafted }: DraftReleaseProps) => {
  const words = useWords(onClientWords);
  const presets = useRead('GET /v1/presets', {});
  const insurers = useRead('GET /v1/insurers', {});
  const coverages = useRead('GET /v1/clients/{id}/coverages', { params: { id: client } });
  const today = useToday();
  const [preset, setPreset] = useState('');
  const [chosen, setChosen] = useState<string>();
  const draft = useDo('POST /v1/clients/{id}/releases', { then: onDrafted });
  const places = usePlaces(draft.error?.issues ?? []);
  // The recipient that is proposed is not left out because its list was not there yet.
  const proposing = [insurers, coverages].some(({ isPending }) => isPending);
  const recipient = chosen ?? coverages.data?.rows[0]?.insurer ?? '';
  const insurer = insurers.data?.rows.find(({ id }) => id === recipient);
  const found = presets.data?.rows.find(({ id }) => id === preset);
  const save = (): void =>
    draft.mutate({
      params: { id: client },
      body: {
        ...(insurer === undefined ? {} : { recipient: { kind: 'party', id: insurer.id, class: insurer.class } }),
        ...(preset === '' ? {} : { preset }),
        ...{ purposes: [], grants: [], validFrom: today, validUntil: yearAfter(today) },
        statements: ['revocation', 'conditioning', 'redisclosure'],
        ...{ blanket: false, parentConsentedToTreatment: 'unknown' },
      },
    });
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={words.draft}
      save={words.draft}
      onSave={save}
      busy={draft.isPending}
      failure={draft.error}
      disabled={proposing}
      places={places}
      shown={/^\/(?:preset|recipient)$/}
    >
      <NotRead of={[insurers, coverages, presets]} />
      <Text size="sm">{words.draftHint}</Text>
      <NativeSelect
        label={words.recipient}
        data={[
          { value: '', label: '–' },
          ...(insurers.data?.rows ?? []).map(({ id, name }) => ({ value: id, label: name })),
        ]}
        value={recipient}
        onChange={(event) => setChosen(event.currentTarget.value)}
        {...errorAt(places, '/recipient')}
      />
      <NativeSelect
        label={words.preset}
        data={[
          { value: '', label: words.noPreset },
          ...(presets.data?.rows ?? []).map(({ id, title }) => ({ value: id, label: title })),
        ]}
        value={preset}
        onChange={(event) => setPreset(event.currentTarget.value)}
        {...errorAt(places, '/preset')}
      />
      {found?.clientWords === undefined ? null : <Text size="sm">{found.clientWords}</Text>}
      {found?.identification === undefined ? null : (
        <Text size="sm" c="dimmed">
          {found.identification}
        </Text>
      )}
    </FormDialog>
  );
};
