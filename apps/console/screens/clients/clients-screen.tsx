import { Anchor, Button, TextInput } from '@mantine/core';
import { useDebouncedValue, useDisclosure } from '@mantine/hooks';
import { IconUserPlus } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import type { ClientView } from '#libs/contracts';
import { useSession } from '../../app/session.js';
import { useNextPage, usePages } from '../../ask/queries.js';
import { type Column, DataTable } from '../../parts/data-table.js';
import { Empty } from '../../parts/empty.js';
import { day } from '../../parts/format.js';
import { Loaded } from '../../parts/loaded.js';
import { nameOf } from '../../parts/parties.js';
import { Screen } from '../../parts/screen.js';
import { useWords } from '../../words/language.js';
import { RecordClient } from './record-client.js';
import { clientWords } from './words.js';

const useColumns = (): readonly Column<ClientView>[] => {
  const words = useWords(clientWords);
  return useMemo(
    () => [
      {
        ...{ id: 'code', header: words.code, width: '9rem' },
        cell: ({ id, code }) => (
          <Anchor
            size="sm"
            renderRoot={(props) => <Link to="/clients/$client" params={{ client: id }} {...props} />}
            aria-label={words.open(code)}
          >
            {code}
          </Anchor>
        ),
      },
      { id: 'name', header: words.name, width: '2fr', cell: ({ identity }) => nameOf(identity) },
      { id: 'born', header: words.birthDate, width: '8rem', cell: ({ identity }) => day(identity.birthDate) },
      {
        ...{ id: 'place', header: words.place, width: '2fr' },
        cell: ({ identity: { address } }) => `${address.city}, ${address.region}`,
      },
    ],
    [words],
  );
};

/** `/clients`: the code that is looked for stays in the page and out of its address. */
export const ClientsScreen = () => {
  const words = useWords(clientWords);
  const { may } = useSession();
  const navigate = useNavigate();
  const [recording, record] = useDisclosure(false);
  const [typed, setTyped] = useState('');
  const [code] = useDebouncedValue(typed.trim(), 250);
  const columns = useColumns();
  const isCode = /^[\x21-\x7e]{1,40}$/.test(code);
  const pages = usePages('GET /v1/clients', { query: { limit: '100', ...(isCode ? { code } : {}) } });
  const nextPage = useNextPage(pages);
  const open = ({ id }: ClientView): void => void navigate({ to: '/clients/$client', params: { client: id } });
  const recordButton = may('clients.write') ? (
    <Button leftSection={<IconUserPlus size={16} aria-hidden />} onClick={record.open}>
      {words.record}
    </Button>
  ) : null;
  return (
    <Screen title={words.title} about={words.about} actions={recordButton}>
      <TextInput
        label={words.find}
        placeholder={words.findHint}
        maw={320}
        maxLength={40}
        autoComplete="off"
        spellCheck={false}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <Loaded of={pages}>
        {({ pages: read }) => {
          const rows = read.flatMap((page) => page.rows);
          if (rows.length === 0)
            return isCode ? (
              <Empty title={words.none}>{words.noneAbout}</Empty>
            ) : (
              <Empty title={words.empty} action={recordButton}>
                {words.emptyAbout}
              </Empty>
            );
          return (
            <DataTable
              label={words.title}
              rows={rows}
              columns={columns}
              idOf={({ id }) => id}
              onOpen={open}
              {...nextPage}
            />
          );
        }}
      </Loaded>
      {recording ? <RecordClient opened onClose={record.close} onRecorded={open} /> : null}
    </Screen>
  );
};
