import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useDo } from '../../../ask/queries.js';
import { FormDialog } from '../../../parts/form-dialog.js';
import { useWords } from '../../../words/language.js';
import { RoleFields, rolesBody, type RoleValues } from './role-fields.js';
import { peopleWords } from './words.js';

interface AddPersonProps {
  readonly onClose: () => void;
  readonly onAdded: (made: { readonly name: string; readonly password: string }) => void;
}

export const AddPerson = ({ onClose, onAdded }: AddPersonProps) => {
  const words = useWords(peopleWords);
  const [name, setName] = useState('');
  const [signIn, setSignIn] = useState('');
  const [roles, setRoles] = useState<RoleValues>({ roles: [], clinician: '' });
  const [tried, setTried] = useState(false);
  const add = useDo('POST /v1/staff/accounts', {
    then: ({ account, password }) => onAdded({ name: account.name, password }),
  });
  const save = (): void => {
    setTried(true);
    if (name.trim() === '' || signIn.trim() === '' || roles.roles.length === 0) return;
    add.mutate({ body: { name: name.trim(), signIn: signIn.trim(), ...rolesBody(roles) } });
  };
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={words.addTitle}
      save={words.addConfirm}
      onSave={save}
      busy={add.isPending}
      failure={add.error}
    >
      <TextInput
        label={words.name}
        required
        maxLength={200}
        data-autofocus
        value={name}
        error={tried && name.trim() === '' ? words.needName : undefined}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        label={words.signIn}
        required
        maxLength={120}
        autoCapitalize="none"
        spellCheck={false}
        autoComplete="off"
        value={signIn}
        error={tried && signIn.trim() === '' ? words.needSignIn : undefined}
        onChange={(event) => setSignIn(event.currentTarget.value)}
      />
      <RoleFields
        values={roles}
        error={tried && roles.roles.length === 0 ? words.needRole : undefined}
        onChange={setRoles}
      />
    </FormDialog>
  );
};
