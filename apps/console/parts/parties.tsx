import { Select, SimpleGrid } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import type { ClientView, ClinicianView } from '#libs/contracts';
import { useRead } from '../ask/queries.js';
import { useSession } from '../app/session.js';
import { useWords } from '../words/language.js';
import { NotRead } from './not-read.js';
import { partyWords } from './party-words.js';
import { errorAt, type Places } from './places.js';

export interface Parties {
  readonly client: string;
  readonly coverage: string;
  readonly clinician: string;
}

export const nameOf = ({ firstName, lastName }: { readonly firstName: string; readonly lastName: string }): string =>
  `${lastName}, ${firstName}`;

/** With the licence’s state, for whose law applies. */
export const clinicianName = ({ credential, jurisdiction, ...name }: ClinicianView): string =>
  `${nameOf(name)}${credential === '' ? '' : ` (${credential})`}, ${jurisdiction}`;

const optionOf = ({ id, code, identity }: ClientView) => ({ value: id, label: `${code} · ${nameOf(identity)}` });

interface PickProps {
  readonly value: string;
  readonly onChange: (id: string) => void;
  readonly error?: string;
  readonly disabled?: boolean;
}

/** Chosen from the first hundred, or found by the whole code. */
const ClientPicker = ({ value, ...props }: PickProps) => {
  const words = useWords(partyWords);
  const [typed, setTyped] = useState('');
  const [code] = useDebouncedValue(typed.trim(), 250);
  const first = useRead('GET /v1/clients', { query: { limit: '100' } });
  const isCode = /^[\x21-\x7e]{1,40}$/.test(code);
  const found = useRead('GET /v1/clients', { query: { code } }, { enabled: isCode });
  const own = useRead('GET /v1/clients/{id}', { params: { id: value } }, { enabled: value !== '' });
  const clients = [...(first.data?.rows ?? []), ...(found.data?.rows ?? []), ...(own.data ? [own.data] : [])];
  const options = [...new Map(clients.map((one) => [one.id, optionOf(one)])).values()];
  const listed = first.isSuccess && typed.trim() === code && !found.isFetching && !found.isError;
  return (
    <div>
      <Select
        label={words.client}
        description={words.clientHint}
        placeholder={words.choose}
        searchable
        required
        data={options}
        value={value === '' ? null : value}
        onChange={(id) => props.onChange(id ?? '')}
        onSearchChange={setTyped}
        nothingFoundMessage={listed ? words.nobody : undefined}
        allowDeselect={false}
        error={props.error}
        disabled={props.disabled ?? false}
        limit={100}
      />
      <NotRead of={[first, found, own]} />
    </div>
  );
};

const CoveragePicker = ({ client, ...props }: PickProps & { readonly client: string }) => {
  const words = useWords(partyWords);
  const asked = { params: { id: client } };
  const coverages = useRead('GET /v1/clients/{id}/coverages', asked, { enabled: client !== '' });
  const insurers = useRead('GET /v1/insurers', {});
  const nameOfInsurer = (id: string): string => insurers.data?.rows.find((one) => one.id === id)?.name ?? '';
  const rows = coverages.data?.rows;
  const { value, onChange } = props;
  useEffect(() => {
    // Where there is no choice nobody has to make it.
    if (value === '' && rows?.length === 1 && rows[0] !== undefined) onChange(rows[0].id);
  }, [rows, value, onChange]);
  return (
    <div>
      <Select
        label={words.coverage}
        placeholder={words.choose}
        required
        data={(rows ?? []).map(({ id, insurer, terms }) => ({
          value: id,
          label: `${nameOfInsurer(insurer)} · ${terms.memberId}`,
        }))}
        value={value === '' ? null : value}
        onChange={(id) => onChange(id ?? '')}
        allowDeselect={false}
        error={props.error ?? (rows?.length === 0 ? words.noCoverage : undefined)}
        disabled={client === ''}
      />
      <NotRead of={[coverages, insurers]} />
    </div>
  );
};

const ClinicianPicker = ({ client, ...props }: PickProps & { readonly client: string }) => {
  const words = useWords(partyWords);
  const { may } = useSession();
  const clinicians = useRead('GET /v1/clinicians', {});
  const mayAsk = client !== '' && may('treatments.read');
  const treatments = useRead('GET /v1/clients/{id}/clinicians', { params: { id: client } }, { enabled: mayAsk });
  const treating = new Set(
    (treatments.data?.rows ?? []).filter((one) => one.until === undefined).map((one) => one.clinician),
  );
  return (
    <div>
      <Select
        label={words.clinician}
        placeholder={words.choose}
        required
        data={(clinicians.data?.rows ?? []).map((one) => ({
          value: one.id,
          label: treating.has(one.id) ? `${clinicianName(one)} · ${words.treating}` : clinicianName(one),
        }))}
        value={props.value === '' ? null : props.value}
        onChange={(id) => props.onChange(id ?? '')}
        allowDeselect={false}
        error={props.error}
        disabled={props.disabled ?? false}
      />
      <NotRead of={[clinicians, treatments]} />
    </div>
  );
};

interface PartiesProps {
  readonly value: Parties;
  readonly onChange: (parties: Partial<Parties>) => void;
  readonly places: Places;
  /** The client of a document that is amended stays. */
  readonly fixedClient?: boolean;
  readonly fixedClinician?: boolean;
}

/** Whom a document is about, who pays, and who worked. */
export const PartiesFields = ({ value, onChange, places, ...fixed }: PartiesProps) => (
  <SimpleGrid cols={{ base: 1, sm: 2 }}>
    <ClientPicker
      value={value.client}
      onChange={(client) => onChange({ client, coverage: '' })}
      disabled={fixed.fixedClient ?? false}
      {...errorAt(places, '/client')}
    />
    <CoveragePicker
      client={value.client}
      value={value.coverage}
      onChange={(coverage) => onChange({ coverage })}
      {...errorAt(places, '/coverage')}
    />
    <ClinicianPicker
      client={value.client}
      value={value.clinician}
      onChange={(clinician) => onChange({ clinician })}
      disabled={fixed.fixedClinician ?? false}
      {...errorAt(places, '/clinician')}
    />
  </SimpleGrid>
);
