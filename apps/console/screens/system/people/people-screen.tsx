import { Button, Drawer, Group, Stack, Table, Text } from '@mantine/core';
import { IconUserPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { StaffAccountView } from '#libs/contracts';
import { useSession } from '../../../app/session.js';
import { askTagged } from '../../../ask/ask.js';
import { useRead } from '../../../ask/queries.js';
import { asError } from '../../../parts/as-error.js';
import { Empty } from '../../../parts/empty.js';
import { Failure } from '../../../parts/failure.js';
import { Loaded } from '../../../parts/loaded.js';
import { ShownOnce } from '../../../parts/shown-once.js';
import { StateBadge } from '../../../parts/state-badge.js';
import { common } from '../../../words/common.js';
import { useWords } from '../../../words/language.js';
import { SystemScreen } from '../system-screen.js';
import { AddPerson } from './add-person.js';
import { EditPerson } from './edit-person.js';
import { peopleWords } from './words.js';

interface Opened {
  readonly account: StaffAccountView;
  readonly tag: string;
}

const PersonState = ({ account }: { readonly account: StaffAccountView }) => {
  const words = useWords(peopleWords);
  if (account.disabled) return <StateBadge tone="off">{words.disabled}</StateBadge>;
  return account.mustChangePassword ? (
    <StateBadge tone="look">{words.mustChange}</StateBadge>
  ) : (
    <StateBadge tone="good">{words.active}</StateBadge>
  );
};

export const PeopleScreen = () => {
  const words = useWords(peopleWords);
  const notes = useWords(common);
  const { session } = useSession();
  const accounts = useRead('GET /v1/staff/accounts', {});
  const [adding, setAdding] = useState(false);
  const [opened, setOpened] = useState<Opened>();
  const [made, setMade] = useState<{ readonly name: string; readonly password: string }>();
  const [failure, setFailure] = useState<Error>();
  const open = (id: string): void => {
    setFailure(undefined);
    askTagged('GET /v1/staff/accounts/{id}', { params: { id } }).then(
      ({ body, tag }) => setOpened({ account: body, tag: tag ?? '' }),
      (error: unknown) => setFailure(asError(error)),
    );
  };
  return (
    <SystemScreen
      at="/system/people"
      about={words.about}
      actions={
        <Button leftSection={<IconUserPlus size={16} aria-hidden />} onClick={() => setAdding(true)}>
          {words.add}
        </Button>
      }
    >
      <Stack>
        {made === undefined ? null : (
          <ShownOnce
            title={words.added(made.name)}
            secret={made.password}
            done={words.handOver}
            onDone={() => setMade(undefined)}
          />
        )}
        {failure === undefined ? null : <Failure error={failure} />}
        <Loaded of={accounts}>
          {({ rows }) =>
            rows.length === 0 ? (
              <Empty title={words.empty}>{words.emptyAbout}</Empty>
            ) : (
              <Table.ScrollContainer minWidth={640} type="native">
                <Table highlightOnHover verticalSpacing="sm">
                  <Table.Thead>
                    <Table.Tr>
                      <Table.Th>{words.name}</Table.Th>
                      <Table.Th>{words.signIn}</Table.Th>
                      <Table.Th>{words.rolesTitle}</Table.Th>
                      <Table.Th>{words.state}</Table.Th>
                      <Table.Th />
                    </Table.Tr>
                  </Table.Thead>
                  <Table.Tbody>
                    {rows.map((account) => (
                      <Table.Tr key={account.id}>
                        <Table.Td>
                          {account.name} {session.actor === `staff:${account.id}` ? words.isYou : ''}
                        </Table.Td>
                        <Table.Td>{account.signIn}</Table.Td>
                        <Table.Td>
                          <Text size="sm">{account.roles.map((role) => words.roles[role]).join(', ')}</Text>
                        </Table.Td>
                        <Table.Td>
                          <PersonState account={account} />
                        </Table.Td>
                        <Table.Td>
                          <Group justify="flex-end">
                            <Button
                              size="xs"
                              variant="default"
                              aria-label={`${words.manage}: ${account.name}`}
                              onClick={() => open(account.id)}
                            >
                              {words.manage}
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
      {adding ? (
        <AddPerson
          onClose={() => setAdding(false)}
          onAdded={(one) => {
            setAdding(false);
            setMade(one);
          }}
        />
      ) : null}
      <Drawer
        opened={opened !== undefined}
        onClose={() => setOpened(undefined)}
        position="right"
        title={opened === undefined ? '' : words.manageTitle(opened.account.name)}
        closeButtonProps={{ 'aria-label': notes.close }}
      >
        {opened === undefined ? null : (
          <EditPerson
            key={opened.account.id}
            opened={opened}
            onDone={() => setOpened(undefined)}
            onPassword={(one) => {
              setOpened(undefined);
              setMade(one);
            }}
          />
        )}
      </Drawer>
    </SystemScreen>
  );
};
