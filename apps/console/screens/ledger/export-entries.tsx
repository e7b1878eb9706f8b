import { Alert, Button, Group, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { LedgerRowView } from '#libs/contracts';
import { ask, type Asked } from '../../ask/ask.js';
import { asError } from '../../parts/as-error.js';
import { Failure } from '../../parts/failure.js';
import { saveCsv } from '../../parts/save-file.js';
import { useWords } from '../../words/language.js';
import { ledgerWords } from './words.js';

type Query = NonNullable<Asked<'GET /v1/ledger'>['query']>;

/** More than this belongs into the signed file that `sluice` writes. */
const MOST = 20_000;

const HEAD = [
  'height',
  'index',
  'at',
  'kind',
  'actor',
  'client',
  'disclosure',
  'insurer',
  'subject',
  'codes',
  'grounds',
];

const lineOf = (row: LedgerRowView): readonly (string | number)[] => [
  ...[row.height, row.index, row.at, row.kind, row.actor],
  ...[row.client ?? '', row.disclosure ?? '', row.insurer ?? '', row.subject ?? ''],
  ...[(row.codes ?? []).join(' '), (row.grounds ?? []).join(' ')],
];

/** Entries that fit the filter as a file, read page by page. */
export const ExportEntries = ({ query }: { readonly query: Query }) => {
  const words = useWords(ledgerWords);
  const [read, setRead] = useState<number>();
  const [failure, setFailure] = useState<Error>();
  const [cut, setCut] = useState(false);
  const stopped = useRef(false);
  // No file comes to whoever has left.
  useEffect(
    () => () => {
      stopped.current = true;
    },
    [],
  );
  const run = async (): Promise<void> => {
    const rows: LedgerRowView[] = [];
    let after: string | undefined;
    do {
      const page = await ask('GET /v1/ledger', {
        query: { ...query, limit: '100', ...(after === undefined ? {} : { after }) },
      });
      rows.push(...page.rows);
      after = page.next;
      setRead(rows.length);
    } while (after !== undefined && rows.length < MOST && !stopped.current);
    setCut(after !== undefined && !stopped.current);
    if (!stopped.current) saveCsv('sluice-ledger.csv', [HEAD, ...rows.map(lineOf)]);
  };
  const start = (): void => {
    stopped.current = false;
    setFailure(undefined);
    setCut(false);
    setRead(0);
    run()
      .catch((error: unknown) => setFailure(asError(error)))
      .finally(() => setRead(undefined));
  };
  return (
    <>
      <Group gap="sm">
        <Button
          size="xs"
          variant="default"
          leftSection={<IconDownload size={14} aria-hidden />}
          loading={read !== undefined}
          onClick={start}
        >
          {words.exportFilter}
        </Button>
        {read === undefined ? null : (
          <>
            <Text size="sm" role="status">
              {words.exporting(read)}
            </Text>
            <Button
              size="xs"
              variant="subtle"
              onClick={() => {
                stopped.current = true;
              }}
            >
              {words.exportStop}
            </Button>
          </>
        )}
      </Group>
      {cut ? (
        <Alert color="yellow" role="status">
          {words.exportMost(MOST)}
        </Alert>
      ) : null}
      {failure === undefined ? null : <Failure error={failure} />}
    </>
  );
};
