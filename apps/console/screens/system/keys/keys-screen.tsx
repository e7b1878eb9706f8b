import { Button, Group, NativeSelect, Stack, Table, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconKey } from '@tabler/icons-react';
import { useState } from 'react';
import type { ApiKeyRole, ApiKeyView } from '#libs/contracts';
import { useDo, useRead } from '../../../ask/queries.js';
import { ConfirmDialog } from '../../../parts/confirm-dialog.js';
import { Empty } from '../../../parts/empty.js';
import { FormDialog } from '../../../parts/form-dialog.js';
import { instant } from '../../../parts/format.js';
import { Loaded } from '../../../parts/loaded.js';
import { ShownOnce } from '../../../parts/shown-once.js';
import { useWords } from '../../../words/language.js';
import { SystemScreen } from '../system-screen.js';
import { keyWords } from './words.js';

const DAYS = [30, 90, 180, 365, 730];

interface MakeKeyProps {
  readonly onClose: () => void;
  readonly onMade: (made: { readonly label: string; readonly secret: string }) => void;
}

const MakeKey = ({ onClose, onMade }: MakeKeyProps) => {
  const words = useWords(keyWords);
  const [label, setLabel] = useState('');
  const [role, setRole] = useState<ApiKeyRole>('billing');
  const [days, setDays] = useState('90');
  const [tried, setTried] = useState(false);
  const make = useDo('POST /v1/api-keys', { then: onMade });
  const save = (): void => {
    setTried(true);
    if (label.trim() === '') return;
    make.mutate({ body: { label: label.trim(), roles: [role], days: Number(days) } });
  };
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={words.addTitle}
      save={words.add}
      onSave={save}
      busy={make.isPending}
      failure={make.error}
    >
      <TextInput
        label={words.label}
        description={words.labelHint}
        required
        maxLength={80}
        data-autofocus
        value={label}
        error={tried && label.trim() === '' ? words.needLabel : undefined}
        onChange={(event) => setLabel(event.currentTarget.value)}
      />
      <NativeSelect
        label={words.use}
        description={words.useHint}
        value={role}
        onChange={(event) => setRole(event.currentTarget.value === 'operator' ? 'operator' : 'billing')}
        data={[
          { value: 'billing', label: words.uses.billing },
          { value: 'operator', label: words.uses.operator },
        ]}
      />
      <NativeSelect
        label={words.days}
        value={days}
        onChange={(event) => setDays(event.currentTarget.value)}
        data={DAYS.map((one) => ({ value: String(one), label: words.dayCount(one) }))}
      />
    </FormDialog>
  );
};

const RevokeKey = ({ apiKey, onClose }: { readonly apiKey: ApiKeyView; readonly onClose: () => void }) => {
  const words = useWords(keyWords);
  const revoke = useDo('DELETE /v1/api-keys/{id}', {
    then: () => {
      notifications.show({ message: words.revoked });
      onClose();
    },
  });
  return (
    <ConfirmDialog
      opened
      dangerous
      title={words.revokeTitle}
      confirm={words.revoke}
      busy={revoke.isPending}
      error={revoke.error}
      onClose={onClose}
      onConfirm={() => revoke.mutate({ params: { id: apiKey.id } })}
    >
      <Text>{words.revokeStates(apiKey.label)}</Text>
    </ConfirmDialog>
  );
};

export const KeysScreen = () => {
  const words = useWords(keyWords);
  const keys = useRead('GET /v1/api-keys', {});
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<{ readonly label: string; readonly secret: string }>();
  const [revoking, setRevoking] = useState<ApiKeyView>();
  const add = (
    <Button leftSection={<IconKey size={16} aria-hidden />} onClick={() => setMaking(true)}>
      {words.add}
    </Button>
  );
  return (
    <SystemScreen at="/system/keys" about={words.about} actions={add}>
      <Stack>
        {made === undefined ? null : (
          <ShownOnce
            title={words.made(made.label)}
            secret={made.secret}
            done={words.stored}
            onDone={() => setMade(undefined)}
          />
        )}
        <Loaded of={keys}>
          {({ rows }) =>
            rows.length === 0 ? (
              <Empty title={words.empty}>{words.emptyAbout}</Empty>
            ) : (
              <Table.ScrollContainer minWidth={560} type="native">
                <Table highlightOnHover verticalSpacing="sm">
                  <Table.Thead>
                    <Table.Tr>
                      <Table.Th>{words.label}</Table.Th>
                      <Table.Th>{words.use}</Table.Th>
                      <Table.Th>{words.created}</Table.Th>
                      <Table.Th>{words.expires}</Table.Th>
                      <Table.Th />
                    </Table.Tr>
                  </Table.Thead>
                  <Table.Tbody>
                    {rows.map((row) => (
                      <Table.Tr key={row.id}>
                        <Table.Td>{row.label}</Table.Td>
                        <Table.Td>{words.uses[row.roles.includes('operator') ? 'operator' : 'billing']}</Table.Td>
                        <Table.Td>{instant(row.createdAt)}</Table.Td>
                        <Table.Td>{instant(row.expiresAt)}</Table.Td>
                        <Table.Td>
                          <Group justify="flex-end">
                            <Button
                              size="xs"
                              variant="default"
                              aria-label={`${words.revoke}: ${row.label}`}
                              onClick={() => setRevoking(row)}
                            >
                              {words.revoke}
                            </Button>
                          </Group>
                        </Table.Td>
                      </Table.Tr>
                    ))}
                  </Table.Tbody>
                </Table>
              </Table.ScrollContainer>
            )
          }
        </Loaded>
      </Stack>
      {making ? (
        <MakeKey
          onClose={() => setMaking(false)}
          onMade={(one) => {
            setMaking(false);
            setMade(one);
          }}
        />
      ) : null}
      {revoking === undefined ? null : <RevokeKey apiKey={revoking} onClose={() => setRevoking(undefined)} />}
    </SystemScreen>
  );
};
