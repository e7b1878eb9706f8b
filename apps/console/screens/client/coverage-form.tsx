import { Checkbox, NativeSelect, SimpleGrid, TextInput } from '@mantine/core';
import { useState } from 'react';
import { type Asked } from '../../ask/ask.js';
import { useDo, useRead } from '../../ask/queries.js';
import { FormDialog } from '../../parts/form-dialog.js';
import { NotRead } from '../../parts/not-read.js';
import { errorAt, usePlaces } from '../../parts/places.js';
import { useWords } from '../../words/language.js';
import { onClientWords } from './words.js';

type CoverageBody = Asked<'POST /v1/clients/{id}/coverages'>['body'];

type TextName = 'memberId' | 'groupNumber' | 'planName' | 'otherPayer' | 'holderFirst' | 'holderLast' | 'holderBirth';

const EMPTY = {
  ...{ insurer: '', memberId: '', groupNumber: '', planName: '', otherPayer: '' },
  ...{ holderFirst: '', holderLast: '', holderBirth: '' },
  ...{ relationship: 'self' as CoverageBody['terms']['relationship'], funding: 'unknown' as CoverageBody['funding'] },
  ...{ fundingEvidence: false, assignmentSigned: false },
};

const bodyOf = (draft: typeof EMPTY): CoverageBody => {
  const { insurer, memberId, groupNumber, planName, otherPayer, relationship } = draft;
  const subscriber = {
    ...{ firstName: draft.holderFirst, lastName: draft.holderLast },
    ...(draft.holderBirth === '' ? {} : { birthDate: draft.holderBirth }),
  };
  return {
    insurer,
    terms: {
      ...{ memberId, relationship },
      ...(groupNumber === '' ? {} : { groupNumber }),
      ...(planName === '' ? {} : { planName }),
      ...(relationship === 'self' ? {} : { subscriber }),
      ...(otherPayer === '' ? {} : { otherPayer: { name: otherPayer } }),
    },
    ...{ funding: draft.funding, fundingEvidence: draft.fundingEvidence, assignmentSigned: draft.assignmentSigned },
  };
};

const POINTERS: Readonly<Record<TextName, string>> = {
  ...{ memberId: '/terms/memberId', groupNumber: '/terms/groupNumber', planName: '/terms/planName' },
  ...{ otherPayer: '/terms/otherPayer/name', holderFirst: '/terms/subscriber/firstName' },
  ...{ holderLast: '/terms/subscriber/lastName', holderBirth: '/terms/subscriber/birthDate' },
};

export const CoverageForm = ({ client, onClose }: { readonly client: string; readonly onClose: () => void }) => {
  const { coverage: words } = useWords(onClientWords);
  const insurers = useRead('GET /v1/insurers', {});
  const [draft, setDraft] = useState(EMPTY);
  const record = useDo('POST /v1/clients/{id}/coverages', { then: onClose });
  const places = usePlaces(record.error?.issues ?? []);
  const change = (part: Partial<typeof EMPTY>): void => setDraft((before) => ({ ...before, ...part }));
  const text = (name: TextName) => ({
    label: words[name],
    autoComplete: 'off',
    maxLength: 80,
    value: draft[name],
    onChange: (event: React.ChangeEvent<HTMLInputElement>) => change({ [name]: event.currentTarget.value }),
    ...errorAt(places, POINTERS[name]),
  });
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={words.record}
      save={words.save}
      onSave={() => record.mutate({ params: { id: client }, body: bodyOf(draft) })}
      busy={record.isPending}
      failure={record.error}
      places={places}
      shown={new RegExp(`^(?:/insurer|${Object.values(POINTERS).join('|')})$`)}
    >
      <NotRead of={[insurers]} />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <NativeSelect
          label={words.insurer}
          required
          data={[
            { value: '', label: '–' },
            ...(insurers.data?.rows ?? []).map(({ id, name }) => ({ value: id, label: name })),
          ]}
          value={draft.insurer}
          onChange={(event) => change({ insurer: event.currentTarget.value })}
          {...errorAt(places, '/insurer')}
        />
        <TextInput required {...text('memberId')} />
        <TextInput {...text('groupNumber')} />
        <TextInput {...text('planName')} />
        <NativeSelect
          label={words.relationship}
          data={Object.entries(words.relationships).map(([value, label]) => ({ value, label }))}
          value={draft.relationship}
          onChange={(event) => change({ relationship: event.currentTarget.value as typeof EMPTY.relationship })}
        />
        <TextInput {...text('otherPayer')} />
        {draft.relationship === 'self' ? null : (
          <>
            <TextInput required {...text('holderFirst')} />
            <TextInput required {...text('holderLast')} />
            <TextInput type="date" {...text('holderBirth')} />
          </>
        )}
        <NativeSelect
          label={words.funding}
          data={Object.entries(words.fundings).map(([value, label]) => ({ value, label }))}
          value={draft.funding}
          onChange={(event) => change({ funding: event.currentTarget.value as typeof EMPTY.funding })}
        />
      </SimpleGrid>
      <Checkbox
        label={words.evidence}
        description={words.noEvidence}
        checked={draft.fundingEvidence}
        onChange={(event) => change({ fundingEvidence: event.currentTarget.checked })}
      />
      <Checkbox
        label={words.assignment}
        checked={draft.assignmentSigned}
        onChange={(event) => change({ assignmentSigned: event.currentTarget.checked })}
      />
    </FormDialog>
  );
};
