import { Button, Group, MultiSelect, Popover, Select, SimpleGrid, TextInput } from '@mantine/core';
import { IconAdjustments, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { words as lists } from '#libs/contracts';
import { useRead } from '../../ask/queries.js';
import { NotRead } from '../../parts/not-read.js';
import { documentWords } from '../../words/documents.js';
import { useWords } from '../../words/language.js';
import { centsText, type ClaimFilter, dollarsText } from './claim-search.js';
import classes from './claims.module.css';
import { claimWords } from './words.js';

interface ClaimFiltersProps {
  readonly filter: ClaimFilter;
  readonly onChange: (change: Partial<Record<keyof ClaimFilter, string | undefined>>) => void;
  readonly clientCode: string;
  readonly onClientCode: (code: string) => void;
  readonly onClear: () => void;
}

type Later = 'serviceFrom' | 'serviceTo' | 'createdFrom' | 'createdTo' | 'totalFrom' | 'totalTo';

const LATER = [
  'serviceFrom',
  'serviceTo',
  'createdFrom',
  'createdTo',
  'totalFrom',
  'totalTo',
] as const satisfies readonly Later[];

const several = (value: string | undefined): string[] => (value === undefined ? [] : value.split(','));
const joined = (values: readonly string[]): string | undefined => (values.length === 0 ? undefined : values.join(','));

const Amount = ({
  label,
  cents,
  onChange,
}: {
  label: string;
  cents: string | undefined;
  onChange: (cents?: string) => void;
}) => {
  const words = useWords(claimWords);
  const [text, setText] = useState(() => dollarsText(cents));
  const wrong = text.trim() !== '' && centsText(text) === undefined;
  return (
    <TextInput
      label={label}
      inputMode="decimal"
      value={text}
      error={wrong ? words.amountWrong : undefined}
      onChange={(event) => {
        const typed = event.currentTarget.value;
        setText(typed);
        if (typed.trim() === '' || centsText(typed) !== undefined) onChange(centsText(typed));
      }}
    />
  );
};

const MoreFilters = ({ filter, onChange }: Pick<ClaimFiltersProps, 'filter' | 'onChange'>) => {
  const words = useWords(claimWords);
  const active = LATER.filter((name) => filter[name] !== undefined).length;
  return (
    <Popover position="bottom-start" width={360} withinPortal trapFocus>
      <Popover.Target>
        <Button variant="default" leftSection={<IconAdjustments size={16} aria-hidden />}>
          {words.more(active)}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <SimpleGrid cols={2} spacing="sm">
          {LATER.map((name) =>
            name.startsWith('total') ? (
              <Amount
                key={name}
                label={words[name]}
                cents={filter[name]}
                onChange={(cents) => onChange({ [name]: cents })}
              />
            ) : (
              <TextInput
                key={name}
                type="date"
                label={words[name]}
                value={filter[name] ?? ''}
                onChange={(event) => onChange({ [name]: event.currentTarget.value || undefined })}
              />
            ),
          )}
        </SimpleGrid>
      </Popover.Dropdown>
    </Popover>
  );
};

/** What the list is narrowed to. All but the client’s code stands in the address. */
export const ClaimFilters = ({ filter, onChange, clientCode, onClientCode, onClear }: ClaimFiltersProps) => {
  const words = useWords(claimWords);
  const documents = useWords(documentWords);
  const insurers = useRead('GET /v1/insurers', {});
  const filtered = Object.keys(filter).length > 0 || clientCode !== '';
  return (
    <Group gap="sm" align="flex-end" role="search" aria-label={words.filters} className="no-print">
      <MultiSelect
        className={classes.filter}
        label={words.status}
        placeholder={filter.status === undefined ? words.any : ''}
        data={[...lists.SHOWN_STATUSES]}
        value={several(filter.status)}
        onChange={(values) => onChange({ status: joined(values) })}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': words.clear }}
      />
      <NotRead of={[insurers]} />
      <Select
        className={classes.filter}
        label={words.insurer}
        placeholder={words.any}
        data={(insurers.data?.rows ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        value={filter.insurer ?? null}
        onChange={(value) => onChange({ insurer: value ?? undefined })}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': words.clear }}
      />
      <Select
        className={classes.filter}
        label={words.format}
        placeholder={words.any}
        data={Object.entries(documents.format).map(([value, label]) => ({ value, label }))}
        value={filter.format ?? null}
        onChange={(value) => onChange({ format: value ?? undefined })}
        clearable
        clearButtonProps={{ 'aria-label': words.clear }}
      />
      <Select
        className={classes.filter}
        label={words.curer}
        placeholder={words.any}
        data={lists.CURERS.map((value) => ({ value, label: documents.curer[value] }))}
        value={filter.curer ?? null}
        onChange={(value) => onChange({ curer: value ?? undefined })}
        clearable
        clearButtonProps={{ 'aria-label': words.clear }}
      />
      <TextInput
        className={classes.filter}
        label={words.clientCode}
        value={clientCode}
        maxLength={40}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onClientCode(event.currentTarget.value)}
      />
      <MoreFilters filter={filter} onChange={onChange} />
      {filtered ? (
        <Button variant="subtle" leftSection={<IconX size={16} aria-hidden />} onClick={onClear}>
          {words.clear}
        </Button>
      ) : null}
    </Group>
  );
};
