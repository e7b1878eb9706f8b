import { Group, NativeSelect, PasswordInput, Switch, Textarea, TextInput } from '@mantine/core';
import { useWords } from '../../words/language.js';
import type { ConnectionFaults, ConnectionValues } from './connection-values.js';
import { insurerWords } from './words.js';

export interface FieldsProps {
  readonly values: ConnectionValues;
  readonly faults: ConnectionFaults;
  readonly set: (change: Partial<ConnectionValues>) => void;
}

type TextName = {
  [Name in keyof ConnectionValues]: string extends ConnectionValues[Name] ? Name : never;
}[keyof ConnectionValues];

interface FieldProps extends FieldsProps {
  readonly name: TextName;
  readonly label: string;
  readonly hint?: string;
  readonly optional?: boolean;
  readonly lines?: boolean;
}

/** One field: what it is called, what it is for, what is wrong with it. */
const Field = ({ values, faults, set, name, label, hint, optional = false, lines = false }: FieldProps) => {
  const words = useWords(insurerWords);
  const fault = faults[name];
  const shared = {
    label,
    description: optional ? [hint, words.optionalHint].filter((one) => one !== undefined).join(' ') : hint,
    required: !optional,
    value: values[name],
    error: fault === undefined ? undefined : words.faults[fault],
    spellCheck: false,
    autoComplete: 'off',
  };
  return lines ? (
    <Textarea
      {...shared}
      autosize
      minRows={2}
      maxRows={6}
      ff="monospace"
      onChange={(event) => set({ [name]: event.currentTarget.value })}
    />
  ) : (
    <TextInput {...shared} onChange={(event) => set({ [name]: event.currentTarget.value })} />
  );
};

/** The one secret of a connection: a line, or a private key with its lines. It is never read back. */
const Secret = ({ values, faults, set, label, lines }: FieldsProps & { label: string; lines: boolean }) => {
  const words = useWords(insurerWords);
  const error = faults.secret === undefined ? undefined : words.faults[faults.secret];
  return lines ? (
    <Textarea
      label={label}
      required
      autosize
      minRows={3}
      maxRows={8}
      ff="monospace"
      autoComplete="off"
      spellCheck={false}
      value={values.secret}
      error={error}
      onChange={(event) => set({ secret: event.currentTarget.value })}
    />
  ) : (
    <PasswordInput
      label={label}
      required
      autoComplete="new-password"
      value={values.secret}
      error={error}
      onChange={(event) => set({ secret: event.currentTarget.value })}
    />
  );
};

/** Whom to take the insurer’s word from, where it is not everybody’s authority. */
const Trust = (props: FieldsProps) => {
  const words = useWords(insurerWords);
  return (
    <>
      <Field {...props} name="pin" label={words.pin} optional />
      <Field {...props} name="certificateAuthority" label={words.authority} hint={words.authorityHint} optional lines />
    </>
  );
};

const Bearer = (props: FieldsProps) => {
  const words = useWords(insurerWords);
  return (
    <>
      <Trust {...props} />
      <Secret {...props} label={words.token} lines={false} />
    </>
  );
};

const OAuth = (props: FieldsProps) => {
  const words = useWords(insurerWords);
  const { values, set } = props;
  const withKey = values.tokenAuthentication === 'private-key-jwt';
  return (
    <>
      <Field {...props} name="tokenUrl" label={words.tokenUrl} hint={words.urlHint} />
      <Field {...props} name="clientId" label={words.clientId} />
      <NativeSelect
        label={words.authentication}
        value={values.tokenAuthentication}
        onChange={(event) =>
          set({
            tokenAuthentication: event.currentTarget.value === 'private-key-jwt' ? 'private-key-jwt' : 'client-secret',
          })
        }
        data={(['client-secret', 'private-key-jwt'] as const).map((one) => ({
          value: one,
          label: words.authentications[one],
        }))}
      />
      {withKey ? <Field {...props} name="keyId" label={words.keyId} optional /> : null}
      <Field {...props} name="scope" label={words.scope} optional />
      <Trust {...props} />
      <Secret {...props} label={withKey ? words.privateKey : words.clientSecret} lines={withKey} />
    </>
  );
};

const Mutual = (props: FieldsProps) => {
  const words = useWords(insurerWords);
  return (
    <>
      <Field {...props} name="pin" label={words.pin} optional />
      <Field {...props} name="certificateAuthority" label={words.authority} lines />
      <Field {...props} name="clientCertificate" label={words.clientCertificate} lines />
      <Secret {...props} label={words.privateKey} lines />
    </>
  );
};

const Sftp = (props: FieldsProps) => {
  const words = useWords(insurerWords);
  const { values, set } = props;
  const withKey = values.sftpAuthentication === 'private-key';
  return (
    <>
      <Field {...props} name="hostKey" label={words.hostKey} hint={words.hostKeyHint} />
      <Field {...props} name="user" label={words.user} />
      <NativeSelect
        label={words.authentication}
        value={values.sftpAuthentication}
        onChange={(event) =>
          set({ sftpAuthentication: event.currentTarget.value === 'password' ? 'password' : 'private-key' })
        }
        data={(['private-key', 'password'] as const).map((one) => ({ value: one, label: words.authentications[one] }))}
      />
      <Field {...props} name="inbound" label={words.inbound} />
      <Group grow align="flex-start">
        <Field {...props} name="outbound" label={words.outbound} optional />
        <Field {...props} name="archive" label={words.archive} optional />
      </Group>
      <Field {...props} name="suffix" label={words.suffix} optional />
      <Switch
        label={words.keeps}
        checked={values.keeps}
        onChange={(event) => set({ keeps: event.currentTarget.checked })}
      />
      <Secret {...props} label={withKey ? words.privateKey : words.password} lines={withKey} />
    </>
  );
};

/** What every connection has, then what this kind has, its secret last. */
export const ConnectionFields = (props: FieldsProps) => {
  const words = useWords(insurerWords);
  const { kind } = props.values;
  if (kind === 'inbox') return <Field {...props} name="receiverId" label={words.receiverId} hint={words.inboxHint} />;
  const Own = { https: Bearer, 'https-oauth2': OAuth, 'https-mtls': Mutual, sftp: Sftp }[kind];
  return (
    <>
      <Field {...props} name="url" label={words.url} hint={kind === 'sftp' ? words.sftpHint : words.urlHint} />
      <Field {...props} name="receiverId" label={words.receiverId} />
      <Own {...props} />
    </>
  );
};
