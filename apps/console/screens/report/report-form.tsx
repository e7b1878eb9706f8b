import { Accordion, NativeSelect, SimpleGrid, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { type ReactNode, useCallback } from 'react';
import { Diagnoses } from '../../parts/diagnoses.js';
import { PartiesFields } from '../../parts/parties.js';
import { errorAt, type Places, placesBelow } from '../../parts/places.js';
import { useWords } from '../../words/language.js';
import type { ReportDraft, TextMember } from './report-draft.js';
import { reportWords } from './words.js';

interface ReportFormProps {
  readonly draft: ReportDraft;
  readonly change: (part: Partial<ReportDraft>) => void;
  readonly places: Places;
  readonly amending: boolean;
}

type FieldsProps = Pick<ReportFormProps, 'draft' | 'change' | 'places'>;

interface ChoiceProps extends FieldsProps {
  readonly name: TextMember;
  readonly label: string;
  readonly words: Readonly<Record<string, string>>;
}

const Choice = ({ name, label, words, draft, change, places }: ChoiceProps) => {
  const { unsaid } = useWords(reportWords);
  return (
    <NativeSelect
      label={label}
      data={[{ value: '', label: unsaid }, ...Object.entries(words).map(([value, text]) => ({ value, label: text }))]}
      value={draft[name]}
      onChange={(event) => change({ [name]: event.currentTarget.value })}
      {...errorAt(places, `/${name}`)}
    />
  );
};

interface ProseProps extends FieldsProps {
  readonly name: TextMember | 'symptoms';
  readonly label: string;
  readonly hint?: string;
}

const Prose = ({ name, label, hint, draft, change, places }: ProseProps) => (
  <Textarea
    label={label}
    {...(hint === undefined ? {} : { description: hint })}
    autosize
    minRows={2}
    maxRows={10}
    maxLength={4000}
    value={draft[name]}
    onChange={(event) => change({ [name]: event.currentTarget.value })}
    {...errorAt(places, `/${name}`)}
  />
);

type TypedMember = 'from' | 'to' | 'sessionsRequested' | 'minimumWeeks' | 'priorAuthorization';

const Typed = ({
  name,
  label,
  draft,
  change,
  places,
  ...more
}: FieldsProps & {
  readonly name: TypedMember;
  readonly label: string;
  readonly required?: boolean;
  readonly type?: 'date';
  readonly inputMode?: 'numeric';
}) => (
  <TextInput
    label={label}
    maxLength={50}
    autoComplete="off"
    value={draft[name]}
    onChange={(event) => change({ [name]: event.currentTarget.value })}
    {...more}
    {...errorAt(places, `/${name}`)}
  />
);

const Part = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <Stack gap="xs" role="group" aria-label={title}>
    <Text fw={600}>{title}</Text>
    {children}
  </Stack>
);

const More = (props: FieldsProps) => {
  const words = useWords(reportWords);
  return (
    <Stack gap="sm">
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <Choice {...props} name="riskSuicide" label={words.riskSuicide} words={words.risk} />
        <Choice {...props} name="riskHomicide" label={words.riskHomicide} words={words.risk} />
        <Choice {...props} name="substanceUse" label={words.substance} words={words.substances} />
        <Choice {...props} name="statusLegal" label={words.legal} words={words.legals} />
        <Choice {...props} name="statusSetting" label={words.setting} words={words.settings} />
      </SimpleGrid>
      <Prose {...props} name="symptoms" label={words.symptoms} />
      <Prose {...props} name="medication" label={words.medication} />
      <Prose {...props} name="historyPresenting" label={words.presenting} />
      <Prose {...props} name="historyTrauma" label={words.trauma} />
    </Stack>
  );
};

/** What managed care asks, each narrative with the level that can go in its place. */
export const ReportForm = ({ draft, change, places, amending }: ReportFormProps) => {
  const words = useWords(reportWords);
  const fields = { draft, change, places };
  const changeCodes = useCallback((diagnoses: readonly string[]) => change({ diagnoses }), [change]);
  return (
    <Stack gap="lg">
      <PartiesFields value={draft} onChange={change} places={places} fixedClient={amending} fixedClinician />
      <Part title={words.request}>
        <SimpleGrid cols={{ base: 1, xs: 2, sm: 3 }}>
          <Typed {...fields} name="sessionsRequested" label={words.sessions} inputMode="numeric" required />
          <Typed {...fields} name="from" label={words.from} type="date" required />
          <Typed {...fields} name="to" label={words.to} type="date" required />
          <Choice {...fields} name="frequency" label={words.frequency} words={words.frequencies} />
          <Choice {...fields} name="modality" label={words.modality} words={words.modalities} />
          <Typed {...fields} name="priorAuthorization" label={words.priorAuthorization} />
        </SimpleGrid>
      </Part>
      <Diagnoses
        codes={draft.diagnoses}
        onChange={changeCodes}
        onRemove={(index) => changeCodes(draft.diagnoses.filter((_code, place) => place !== index))}
        places={placesBelow(places, '/diagnoses')}
      />
      <Part title={words.why}>
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <Choice {...fields} name="functioning" label={words.functioning} words={words.level} />
          <Choice {...fields} name="distress" label={words.distress} words={words.level} />
        </SimpleGrid>
        <Prose {...fields} name="reasonContinuing" label={words.reason} hint={words.reasonHint} />
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <Typed {...fields} name="minimumWeeks" label={words.weeks} inputMode="numeric" />
          <Choice {...fields} name="progressRating" label={words.progress} words={words.ratings} />
        </SimpleGrid>
        <Prose {...fields} name="prognosisText" label={words.prognosis} hint={words.prognosisHint} />
        <Prose {...fields} name="progressSummary" label={words.progressSummary} hint={words.progressHint} />
        <Prose {...fields} name="goals" label={words.goals} />
      </Part>
      <Accordion variant="contained" chevronPosition="left">
        <Accordion.Item value="more">
          <Accordion.Control>{words.more}</Accordion.Control>
          <Accordion.Panel>
            <More {...fields} />
          </Accordion.Panel>
        </Accordion.Item>
      </Accordion>
    </Stack>
  );
};
