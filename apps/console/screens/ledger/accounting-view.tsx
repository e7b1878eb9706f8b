import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type SyntheticEvent, useState } from 'react';
import type { AccountingRow } from '#libs/contracts';
import { ask } from '../../ask/ask.js';
import { useNextPage, usePages } from '../../ask/queries.js';
import { asError } from '../../parts/as-error.js';
import { type Column, DataTable } from '../../parts/data-table.js';
import { Empty } from '../../parts/empty.js';
import { Failure } from '../../parts/failure.js';
import { instant } from '../../parts/format.js';
import { Loaded } from '../../parts/loaded.js';
import { documentWords } from '../../words/documents.js';
import { useWords } from '../../words/language.js';
import { ExportAccounting, useFieldsOf } from './export-accounting.js';
import { ledgerWords } from './words.js';

interface Paged {
  readonly hasNextPage: boolean;
  readonly isError: boolean;
  readonly fetchNextPage: (options: { readonly cancelRefetch: false }) => Promise<Paged>;
}

const readRest = async (pages: Paged): Promise<void> => {
  let read = pages;
  while (read.hasNextPage && !read.isError) read = await read.fetchNextPage({ cancelRefetch: false });
};

const Accounting = ({ client }: { readonly client: string }) => {
  const words = useWords(ledgerWords);
  const { format: formats, purpose: purposes } = useWords(documentWords);
  const fieldsOf = useFieldsOf();
  const pages = usePages('GET /v1/clients/{id}/accounting', { params: { id: client }, query: { limit: '100' } });
  const nextPage = useNextPage(pages);
  const columns: readonly Column<AccountingRow>[] = [
    { id: 'at', header: words.sentAt, width: '14rem', cell: ({ sentAt }) => instant(sentAt) },
    { id: 'to', header: words.recipient, width: '13rem', cell: ({ recipient }) => recipient.name },
    { id: 'purpose', header: words.purpose, width: '12rem', cell: ({ purpose }) => purposes[purpose] },
    { id: 'format', header: words.format, width: '10rem', cell: ({ format }) => formats[format] },
    {
      id: 'fields',
      header: words.fields,
      width: '3fr',
      cell: (row) => <span title={fieldsOf(row)}>{fieldsOf(row)}</span>,
    },
  ];
  return (
    <Loaded of={pages}>
      {({ pages: read }) => {
        const rows = read.flatMap((page) => page.rows);
        return rows.length === 0 ? (
          <Empty title={words.nothingSent}>{words.nothingSentAbout}</Empty>
        ) : (
          <Stack gap="sm">
            <DataTable
              label={words.viewAccounting}
              rows={rows}
              columns={columns}
              idOf={({ disclosure }) => disclosure}
              height={Math.min(520, 60 + rows.length * 44)}
              {...nextPage}
            />
            <ExportAccounting
              rows={rows}
              whole={!pages.hasNextPage}
              reading={pages.isFetchingNextPage}
              onRest={() => void readRest(pages)}
            />
          </Stack>
        );
      }}
    </Loaded>
  );
};

/** What left about one client. The code that somebody types is looked up and goes no further; the address has the id. */
export const AccountingView = ({ client }: { readonly client: string | undefined }) => {
  const words = useWords(ledgerWords);
  const navigate = useNavigate();
  const [code, setCode] = useState('');
  const [unknown, setUnknown] = useState(false);
  const [failure, setFailure] = useState<Error>();
  const find = (event: SyntheticEvent): void => {
    event.preventDefault();
    setFailure(undefined);
    if (code.trim() === '') {
      setUnknown(true);
      return;
    }
    ask('GET /v1/clients', { query: { code: code.trim() } }).then(
      ({ rows }) => {
        setUnknown(rows[0] === undefined);
        if (rows[0] !== undefined) void navigate({ to: '/ledger', search: { view: 'accounting', client: rows[0].id } });
      },
      (error: unknown) => setFailure(asError(error)),
    );
  };
  return (
    <Stack>
      <Text size="sm">{words.accountingAbout}</Text>
      <form onSubmit={find}>
        <Group align="flex-start">
          <TextInput
            label={words.code}
            description={words.codeHint}
            maxLength={40}
            autoComplete="off"
            spellCheck={false}
            value={code}
            error={unknown ? words.noClient : undefined}
            onChange={(event) => {
              setUnknown(false);
              setCode(event.currentTarget.value);
            }}
          />
          <Button type="submit" mt={46}>
            {words.find}
          </Button>
        </Group>
      </form>
      {failure === undefined ? null : <Failure error={failure} />}
      {client === undefined ? null : <Accounting client={client} />}
    </Stack>
  );
};
