import { Button, Drawer, Group, NativeSelect, Stack, Switch, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type SyntheticEvent, useState } from 'react';
import type { InsurerView } from '#libs/contracts';
import { useDo } from '../../ask/queries.js';
import { Failure } from '../../parts/failure.js';
import { common } from '../../words/common.js';
import { useWords } from '../../words/language.js';
import { ConnectionFields } from './connection-fields.js';
import { connectionBody, type ConnectionKind, faultsOf, startValues } from './connection-values.js';
import { insurerWords } from './words.js';

const KINDS = ['https', 'https-oauth2', 'https-mtls', 'sftp'] as const satisfies readonly ConnectionKind[];
const PARTICIPATIONS = ['A', 'B', 'C'] as const;

/** How an insurer is spoken to from now on, entered whole. */
export const ConnectionEditor = ({
  insurer,
  onClose,
}: {
  readonly insurer: InsurerView;
  readonly onClose: () => void;
}) => {
  const words = useWords(insurerWords);
  const notes = useWords(common);
  const { production, participation, connection } = insurer;
  const [values, setValues] = useState(() => startValues({ kind: connection.kind, production, participation }));
  const [tried, setTried] = useState(false);
  const save = useDo('PUT /v1/insurers/{id}/connection', {
    then: () => {
      notifications.show({ message: words.saved });
      onClose();
    },
  });
  const faults = tried ? faultsOf(values) : {};
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(faultsOf(values)).length > 0) return;
    save.mutate({ params: { id: insurer.id }, body: connectionBody(values) });
  };
  const set = (change: Partial<typeof values>): void => setValues((before) => ({ ...before, ...change }));
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="lg"
      closeOnClickOutside={false}
      title={words.editTitle}
      closeButtonProps={{ 'aria-label': notes.close }}
    >
      <form onSubmit={submit} noValidate>
        <Stack>
          <Text size="sm" c="dimmed">
            {words.editAbout}
          </Text>
          <NativeSelect
            label={words.kind}
            value={values.kind}
            onChange={(event) => {
              const kind = KINDS.find((one) => one === event.currentTarget.value);
              // What opened one door is not taken along to another.
              if (kind !== undefined) set({ kind, secret: '' });
            }}
            data={KINDS.map((one) => ({ value: one, label: words.transports[one] }))}
          />
          <ConnectionFields values={values} faults={faults} set={set} />
          <NativeSelect
            label={words.participation}
            value={values.participation}
            onChange={(event) => {
              const found = PARTICIPATIONS.find((one) => one === event.currentTarget.value);
              if (found !== undefined) set({ participation: found });
            }}
            data={PARTICIPATIONS.map((one) => ({ value: one, label: words.participations[one] }))}
          />
          <Switch
            label={words.production}
            checked={values.production}
            onChange={(event) => set({ production: event.currentTarget.checked })}
          />
          {save.error === null ? null : <Failure error={save.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {notes.cancel}
            </Button>
            <Button type="submit" loading={save.isPending}>
              {words.saveConnection}
            </Button>
          </Group>
        </Stack>
      </form>
    </Drawer>
  );
};
