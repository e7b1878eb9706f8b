import { Alert, Button, Divider, Group, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { StaffAccountView } from '#libs/contracts';
import { askTagged, AskFailure } from '../../../ask/ask.js';
import { useDo } from '../../../ask/queries.js';
import { ChangedMeanwhile } from '../../../parts/changed-meanwhile.js';
import { Failure } from '../../../parts/failure.js';
import { useWords } from '../../../words/language.js';
import { RoleFields, rolesBody, type RoleValues } from './role-fields.js';
import { peopleWords } from './words.js';

interface EditPersonProps {
  /** As it was when it was opened: what is saved goes in place of this, and of nothing newer unseen. */
  readonly opened: { readonly account: StaffAccountView; readonly tag: string };
  readonly onDone: () => void;
  readonly onPassword: (made: { readonly name: string; readonly password: string }) => void;
}

const changedMeanwhile = (error: Error | null): boolean =>
  error instanceof AskFailure && error.code === 'precondition_failed';

export const EditPerson = ({ opened, onDone, onPassword }: EditPersonProps) => {
  const words = useWords(peopleWords);
  const queries = useQueryClient();
  const { id } = opened.account;
  const [stands, setStands] = useState(opened);
  const [theirs, setTheirs] = useState<StaffAccountView>();
  const [shown, setShown] = useState(false);
  const [values, setValues] = useState<RoleValues>({
    roles: opened.account.roles,
    clinician: opened.account.clinician ?? '',
  });
  const ended = (message: string): void => {
    notifications.show({ message });
    onDone();
  };
  const change = useDo('PUT /v1/staff/accounts/{id}/roles', { then: () => ended(words.saved) });
  const disable = useDo('POST /v1/staff/accounts/{id}/disable', { then: () => ended(words.disabledNotice) });
  const enable = useDo('POST /v1/staff/accounts/{id}/enable', { then: () => ended(words.enabledNotice) });
  const reset = useDo('POST /v1/staff/accounts/{id}/reset-password', {
    then: ({ account, password }) => onPassword({ name: account.name, password }),
  });
  const asked = { params: { id }, ifMatch: stands.tag };
  /** After 412: what there is now is shown, and what was entered goes in place of it when it is saved again. */
  const lookAgain = (failure: AskFailure): void => {
    if (!changedMeanwhile(failure)) return;
    void askTagged('GET /v1/staff/accounts/{id}', { params: { id } }).then(({ body, tag }) => {
      setTheirs(body);
      setStands({ account: body, tag: tag ?? stands.tag });
      return queries.invalidateQueries();
    });
  };
  const busy = change.isPending || disable.isPending || enable.isPending || reset.isPending;
  const error = change.error ?? disable.error ?? enable.error ?? reset.error;
  return (
    <Stack>
      {theirs === undefined ? null : (
        <>
          <ChangedMeanwhile onShow={() => setShown(true)} />
          {shown ? (
            <Text size="sm" role="status">
              {words.theirs}: {theirs.roles.map((role) => words.roles[role]).join(', ')}
              {theirs.disabled ? ` · ${words.disabled}` : ''}
            </Text>
          ) : null}
        </>
      )}
      {error === null || changedMeanwhile(error) ? null : <Failure error={error} />}
      <RoleFields values={values} error={values.roles.length === 0 ? words.needRole : undefined} onChange={setValues} />
      <Group>
        <Button
          disabled={values.roles.length === 0}
          loading={busy}
          onClick={() => change.mutate({ ...asked, body: rolesBody(values) }, { onError: lookAgain })}
        >
          {words.save}
        </Button>
      </Group>
      <Divider />
      {stands.account.disabled ? (
        <Group>
          <Button variant="default" loading={busy} onClick={() => enable.mutate(asked, { onError: lookAgain })}>
            {words.enable}
          </Button>
        </Group>
      ) : (
        <>
          <Alert color="gray" role="note">
            <Stack gap="xs" align="flex-start">
              <Text size="sm">{words.resetAbout}</Text>
              <Button
                size="xs"
                variant="default"
                loading={busy}
                onClick={() => reset.mutate(asked, { onError: lookAgain })}
              >
                {words.reset}
              </Button>
            </Stack>
          </Alert>
          <Alert color="red" role="note">
            <Stack gap="xs" align="flex-start">
              <Text size="sm">{words.disableAbout}</Text>
              <Button
                size="xs"
                color="red"
                loading={busy}
                onClick={() => disable.mutate(asked, { onError: lookAgain })}
              >
                {words.disable}
              </Button>
            </Stack>
          </Alert>
        </>
      )}
    </Stack>
  );
};
