import { NativeSelect, SimpleGrid, Switch, TextInput } from '@mantine/core';
import type { ClientView } from '#libs/contracts';
import type { Asked } from '../../ask/ask.js';
import { errorAt, type Places } from '../../parts/places.js';
import { useWords } from '../../words/language.js';
import { clientWords } from './words.js';

type ClientBody = Asked<'POST /v1/clients'>['body'];

const ADDRESS = ['line', 'city', 'region', 'postal'] as const;
const EMPTY_ADDRESS = { line: '', city: '', region: '', postal: '' };

/** A client as it is typed. */
export interface ClientDraft {
  readonly code: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly birthDate: string;
  readonly sex: 'F' | 'M' | 'U';
  readonly phone: string;
  readonly email: string;
  readonly address: Readonly<Record<(typeof ADDRESS)[number], string>>;
  readonly confidential?: Readonly<Record<(typeof ADDRESS)[number], string>> | undefined;
}

export const EMPTY_CLIENT: ClientDraft = {
  ...{ code: '', firstName: '', lastName: '', birthDate: '', sex: 'U', phone: '', email: '' },
  address: EMPTY_ADDRESS,
};

/** As it was recorded, to be changed. */
export const draftOf = ({ code, identity }: ClientView): ClientDraft => {
  const { confidentialAddress, phone = '', email = '', ...rest } = identity;
  return { ...rest, code, phone, email, confidential: confidentialAddress };
};

/** Empty members are sent as they are, so that the gateway names them. */
export const clientBody = ({ code, confidential, phone, email, ...identity }: ClientDraft): ClientBody => ({
  code: code.trim(),
  identity: {
    ...identity,
    ...(phone.trim() === '' ? {} : { phone: phone.trim() }),
    ...(email.trim() === '' ? {} : { email: email.trim() }),
    ...(confidential === undefined ? {} : { confidentialAddress: confidential }),
  },
});

export const CLIENT_FIELDS =
  /^\/(?:code|identity\/(?:firstName|lastName|birthDate|sex|phone|email|(?:a|confidentialA)ddress\/(?:line|city|region|postal)))$/;

interface ClientFormProps {
  /** The code stays what it was when the client was recorded. */
  readonly codeStays?: boolean;
  readonly draft: ClientDraft;
  readonly change: (part: Partial<ClientDraft>) => void;
  readonly places: Places;
}

const Address = ({ draft, change, places, of }: ClientFormProps & { readonly of: 'address' | 'confidential' }) => {
  const words = useWords(clientWords);
  const value = draft[of] ?? EMPTY_ADDRESS;
  const pointer = of === 'address' ? '/identity/address' : '/identity/confidentialAddress';
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }}>
      {ADDRESS.map((name) => (
        <TextInput
          key={name}
          label={words.address[name]}
          required
          autoComplete="off"
          maxLength={{ line: 55, city: 30, region: 2, postal: 12 }[name]}
          value={value[name]}
          onChange={(event) => change({ [of]: { ...value, [name]: event.currentTarget.value } })}
          {...errorAt(places, `${pointer}/${name}`)}
        />
      ))}
    </SimpleGrid>
  );
};

export const ClientForm = ({ draft, change, places, codeStays = false }: ClientFormProps) => {
  const words = useWords(clientWords);
  const text = (name: 'firstName' | 'lastName' | 'birthDate' | 'phone' | 'email') => ({
    label: words.identity[name],
    autoComplete: 'off',
    value: draft[name],
    onChange: (event: React.ChangeEvent<HTMLInputElement>) => change({ [name]: event.currentTarget.value }),
    ...errorAt(places, `/identity/${name}`),
  });
  return (
    <>
      {codeStays ? null : (
        <TextInput
          label={words.code}
          description={words.codeHint}
          required
          autoComplete="off"
          maxLength={40}
          value={draft.code}
          onChange={(event) => change({ code: event.currentTarget.value })}
          {...errorAt(places, '/code')}
          data-autofocus
        />
      )}
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput required maxLength={35} {...text('firstName')} />
        <TextInput required maxLength={60} {...text('lastName')} />
        <TextInput required type="date" {...text('birthDate')} />
        <NativeSelect
          label={words.identity.sex}
          data={Object.entries(words.sex).map(([value, label]) => ({ value, label }))}
          value={draft.sex}
          onChange={(event) => change({ sex: event.currentTarget.value as ClientDraft['sex'] })}
        />
        <TextInput maxLength={20} {...text('phone')} />
        <TextInput maxLength={254} {...text('email')} />
      </SimpleGrid>
      <Address draft={draft} change={change} places={places} of="address" />
      <Switch
        label={words.confidential}
        checked={draft.confidential !== undefined}
        onChange={(event) => change({ confidential: event.currentTarget.checked ? EMPTY_ADDRESS : undefined })}
      />
      {draft.confidential === undefined ? null : (
        <Address draft={draft} change={change} places={places} of="confidential" />
      )}
    </>
  );
};
