import { Button, Checkbox, Group, NativeSelect, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { type InsurerView, type PresetView, type ReleaseView, words as wireWords } from '#libs/contracts';
import { askTagged } from '../../ask/ask.js';
import { useDo, useRead } from '../../ask/queries.js';
import { Elsewhere } from '../../parts/elsewhere.js';
import { Failure } from '../../parts/failure.js';
import { Loaded } from '../../parts/loaded.js';
import { errorAt, usePlaces } from '../../parts/places.js';
import { Theirs } from '../../parts/theirs.js';
import { Unsaved } from '../../parts/unsaved.js';
import { useWords } from '../../words/language.js';
import { releaseWords } from '../../words/releases.js';
import { FieldChooser } from './field-chooser.js';
import { draftOf, type Terms, type TermsDraft, termsOf, withPreset } from './terms-draft.js';
import { onReleaseWords } from './words.js';

type Recipient = NonNullable<Terms['recipient']>;

const PURPOSES = ['HPAYMT', 'COVAUTH', 'CLMATTCH', 'TREAT', 'HLEGAL', 'PATRQT'] as const;
const DATES = ['serviceFrom', 'serviceTo', 'validFrom', 'validUntil'] as const;

const without = (terms: Terms, name: (typeof DATES)[number] | 'jurisdiction' | 'recipient'): Terms => {
  const { [name]: _gone, ...rest } = terms;
  return rest;
};

const put = (terms: Terms, name: (typeof DATES)[number] | 'jurisdiction', typed: string): Terms =>
  typed === '' ? without(terms, name) : { ...terms, [name]: typed };

const RecipientField = ({
  value,
  onChange,
}: {
  readonly value: Recipient | undefined;
  readonly onChange: (value: Recipient | undefined) => void;
}) => {
  const { edit } = useWords(onReleaseWords);
  const names = useWords(releaseWords);
  const insurers = useRead('GET /v1/insurers', {});
  const choose = (rows: readonly InsurerView[], chosen: string): void => {
    const insurer = rows.find(({ id }) => id === chosen);
    const kind = wireWords.RECIPIENT_CLASSES.find((one) => one === chosen);
    if (insurer !== undefined) onChange({ kind: 'party', id: insurer.id, class: insurer.class });
    else onChange(kind === undefined ? undefined : { kind: 'class', class: kind });
  };
  return (
    <Loaded of={insurers}>
      {({ rows }) => (
        <NativeSelect
          label={edit.party}
          required
          data={[
            { value: '', label: '–' },
            ...rows.map(({ id, name }) => ({ value: id, label: name })),
            ...wireWords.RECIPIENT_CLASSES.map((one) => ({ value: one, label: edit.anyOf(names.class[one]) })),
          ]}
          value={value === undefined ? '' : value.kind === 'party' ? value.id : value.class}
          onChange={(event) => choose(rows, event.currentTarget.value)}
        />
      )}
    </Loaded>
  );
};

interface ReleaseEditorProps {
  readonly release: ReleaseView;
  readonly tag: string;
  /** Says whether there is something that is not saved. */
  readonly onDirty: (dirty: boolean) => void;
}

/** Nothing can be saved before it is known what the preset of the draft brings: it would be left out. */
export const ReleaseEditor = (props: ReleaseEditorProps) => {
  const presets = useRead('GET /v1/presets', {});
  return <Loaded of={presets}>{({ rows }) => <TermsEditor {...props} presets={rows} />}</Loaded>;
};

interface TermsEditorProps extends ReleaseEditorProps {
  readonly presets: readonly PresetView[];
}

/** Writes the draft: whatever somebody else saved meanwhile is shown, and what is entered here stays. */
const TermsEditor = ({ release, tag: firstTag, onDirty, presets }: TermsEditorProps) => {
  const { edit } = useWords(onReleaseWords);
  const names = useWords(releaseWords);
  const [draft, setDraft] = useState<TermsDraft>(() => draftOf(release));
  const [tag, setTag] = useState(firstTag);
  const [theirs, setTheirs] = useState<Terms>();
  const [state, setState] = useState<'same' | 'changed' | 'saved'>('same');
  const presetOf = (id: string | undefined) => presets.find((one) => one.id === id);
  const preset = presetOf(draft.terms.preset);
  const read = () => askTagged('GET /v1/releases/{id}', { params: { id: release.id } });
  /** What is entered, and what is on its way: whatever is entered meanwhile is kept, and not saved yet. */
  const entered = useRef(draft);
  const sent = useRef<TermsDraft>(undefined);
  const save = useDo('PUT /v1/releases/{id}', {
    then: (saved) => {
      setTheirs(undefined);
      if (sent.current === entered.current) {
        entered.current = draftOf(saved);
        setDraft(entered.current);
        setState('saved');
        onDirty(false);
      }
      void read().then((now) => setTag(now.tag ?? ''));
    },
  });
  const places = usePlaces(save.error?.issues ?? []);
  const { terms } = draft;
  const change = (next: TermsDraft): void => {
    entered.current = next;
    setDraft(next);
    setState('changed');
    onDirty(true);
  };
  const changeTerms = (next: Terms): void => change({ ...draft, terms: next });
  const refused = save.error?.code === 'precondition_failed';
  return (
    <Stack gap="lg">
      <Unsaved when={() => state === 'changed'} />
      <Theirs
        theirs={theirs}
        yours={termsOf(draft, preset)}
        refused={refused}
        onShow={() =>
          void read().then((now) => {
            setTag(now.tag ?? '');
            setTheirs(now.body.terms);
          })
        }
      />
      <SimpleGrid cols={{ base: 1, xs: 2, lg: 3 }}>
        <RecipientField
          value={terms.recipient}
          onChange={(recipient) =>
            changeTerms(recipient === undefined ? without(terms, 'recipient') : { ...terms, recipient })
          }
        />
        <NativeSelect
          label={edit.preset}
          data={[{ value: '', label: edit.noPreset }, ...presets.map(({ id, title }) => ({ value: id, label: title }))]}
          value={terms.preset ?? ''}
          onChange={(event) => change(withPreset(draft, preset, presetOf(event.currentTarget.value)))}
          {...errorAt(places, '/preset')}
        />
        <TextInput
          label={edit.jurisdiction}
          maxLength={10}
          value={terms.jurisdiction ?? ''}
          onChange={(event) => changeTerms(put(terms, 'jurisdiction', event.currentTarget.value))}
          {...errorAt(places, '/jurisdiction')}
        />
      </SimpleGrid>
      {preset?.clientWords === undefined ? null : <Text size="sm">{preset.clientWords}</Text>}
      <SimpleGrid cols={{ base: 1, xs: 2, lg: 4 }}>
        {DATES.map((name) => (
          <TextInput
            key={name}
            type="date"
            label={edit[name]}
            value={terms[name] ?? ''}
            onChange={(event) => changeTerms(put(terms, name, event.currentTarget.value))}
            {...errorAt(places, `/${name}`)}
          />
        ))}
      </SimpleGrid>
      <Checkbox.Group
        label={edit.purposes}
        value={terms.purposes.length > 0 ? [...terms.purposes] : [...(preset?.purposes ?? [])]}
        onChange={(chosen) => changeTerms({ ...terms, purposes: PURPOSES.filter((one) => chosen.includes(one)) })}
      >
        <Group mt={4}>
          {PURPOSES.map((one) => (
            <Checkbox key={one} value={one} label={names.purpose[one]} />
          ))}
        </Group>
      </Checkbox.Group>
      <FieldChooser chosen={draft.fields} onChange={(fields) => change({ ...draft, fields })} />
      <Checkbox.Group
        label={edit.statements}
        value={[...terms.statements]}
        onChange={(chosen) =>
          changeTerms({ ...terms, statements: wireWords.STATEMENTS.filter((one) => chosen.includes(one)) })
        }
      >
        <Stack gap={4} mt={4}>
          {wireWords.STATEMENTS.map((one) => (
            <Checkbox key={one} value={one} label={names.statement[one]} />
          ))}
        </Stack>
      </Checkbox.Group>
      <NativeSelect
        label={edit.parent}
        maw={320}
        data={Object.entries(edit.parents).map(([value, label]) => ({ value, label }))}
        value={String(terms.parentConsentedToTreatment)}
        onChange={({ currentTarget: { value } }) =>
          changeTerms({ ...terms, parentConsentedToTreatment: value === 'unknown' ? 'unknown' : value === 'true' })
        }
      />
      <Elsewhere
        places={refused ? {} : places}
        shown={/^\/(?:preset|jurisdiction|serviceFrom|serviceTo|validFrom|validUntil)$/}
      />
      {save.error === null || save.error.issues.length > 0 || refused ? null : <Failure error={save.error} />}
      <Group>
        <Button
          loading={save.isPending}
          onClick={() => {
            sent.current = entered.current;
            save.mutate({ params: { id: release.id }, ifMatch: tag, body: termsOf(draft, preset) });
          }}
        >
          {edit.save}
        </Button>
        <Text size="sm" role="status">
          {state === 'saved' ? edit.saved : state === 'changed' ? edit.unsaved : ''}
        </Text>
      </Group>
    </Stack>
  );
};
