import { MultiSelect, NativeSelect, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { RecordRestriction } from '#libs/contracts';
import type { Asked } from '../../ask/ask.js';
import { useDo, useRead } from '../../ask/queries.js';
import { FormDialog } from '../../parts/form-dialog.js';
import { NotRead } from '../../parts/not-read.js';
import { errorAt, placesBelow, usePlaces } from '../../parts/places.js';
import { useWords } from '../../words/language.js';
import { onClientWords } from './words.js';

type Kind = RecordRestriction['kind'];
type Body = Asked<'POST /v1/clients/{id}/restrictions'>['body'];
type Field = Extract<Body, { readonly kind: 'clinician-limit' }>['fields'][number];

const bodyOf = (
  kind: Kind,
  typed: { readonly dates: string; readonly fields: readonly Field[]; readonly recipient: string },
): Body => {
  const recipient = typed.recipient === '' ? {} : { recipient: typed.recipient };
  switch (kind) {
    case 'paid-in-full':
      return { kind, ...recipient, serviceDates: typed.dates.split(/[\s,;]+/).filter((one) => one !== '') };
    case 'clinician-limit':
    case 'client-restriction':
      return { kind, ...recipient, fields: [...typed.fields] };
    case 'confidential-communication':
      return { kind, ...recipient };
  }
};

export const RestrictionForm = ({ client, onClose }: { readonly client: string; readonly onClose: () => void }) => {
  const { restriction: words } = useWords(onClientWords);
  const insurers = useRead('GET /v1/insurers', {});
  const catalogue = useRead('GET /v1/catalogue', {});
  const [kind, setKind] = useState<Kind>('paid-in-full');
  const [dates, setDates] = useState('');
  const [fields, setFields] = useState<readonly Field[]>([]);
  const [recipient, setRecipient] = useState('');
  const record = useDo('POST /v1/clients/{id}/restrictions', { then: onClose });
  const places = usePlaces(record.error?.issues ?? []);
  const first = (pointer: string) =>
    errorAt({ [pointer]: Object.values(placesBelow(places, pointer))[0] ?? '' }, pointer);
  const known = catalogue.data?.rows ?? [];
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={words.record}
      save={words.save}
      onSave={() => record.mutate({ params: { id: client }, body: bodyOf(kind, { dates, fields, recipient }) })}
      busy={record.isPending}
      failure={record.error}
      places={places}
      shown={/^\/(?:serviceDates|fields)/}
    >
      <NotRead of={[insurers, catalogue]} />
      <NativeSelect
        label={words.kind}
        data={Object.entries(words.kinds).map(([value, label]) => ({ value, label }))}
        value={kind}
        onChange={(event) => setKind(event.currentTarget.value as Kind)}
      />
      <NativeSelect
        label={words.recipient}
        data={[
          { value: '', label: words.everybody },
          ...(insurers.data?.rows ?? []).map(({ id, name }) => ({ value: id, label: name })),
        ]}
        value={recipient}
        onChange={(event) => setRecipient(event.currentTarget.value)}
      />
      {kind === 'paid-in-full' ? (
        <Textarea
          label={words.dates}
          required
          autosize
          minRows={2}
          value={dates}
          onChange={(event) => setDates(event.currentTarget.value)}
          {...first('/serviceDates')}
        />
      ) : null}
      {kind === 'clinician-limit' || kind === 'client-restriction' ? (
        <MultiSelect
          label={words.fields}
          required
          searchable
          data={known.map(({ id, label }) => ({ value: id, label }))}
          value={[...fields]}
          onChange={(chosen) => setFields(known.filter(({ id }) => chosen.includes(id)).map(({ id }) => id))}
          {...first('/fields')}
        />
      ) : null}
      <Text size="sm">{words.confirm}</Text>
    </FormDialog>
  );
};
