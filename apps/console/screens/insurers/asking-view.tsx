import { Stack, Text } from '@mantine/core';
import type { Asking } from '#libs/contracts';
import { useRead } from '../../ask/queries.js';
import { type Column, DataTable } from '../../parts/data-table.js';
import { Empty } from '../../parts/empty.js';
import { Loaded } from '../../parts/loaded.js';
import { useWords } from '../../words/language.js';
import { insurerWords } from './words.js';

type Row = Asking['rows'][number];

/** Which insurers require what could not go, and why. */
export const AskingView = () => {
  const words = useWords(insurerWords);
  const asking = useRead('GET /v1/insurers/asking', {});
  const columns: readonly Column<Row>[] = [
    { id: 'insurer', header: words.name, width: '14rem', cell: ({ insurer }) => insurer.name },
    { id: 'field', header: words.field, width: '2fr', cell: ({ label }) => label },
    { id: 'asked', header: words.asked, width: '6rem', align: 'end', cell: ({ asked }) => asked },
    { id: 'gaps', header: words.couldNot, width: '8rem', align: 'end', cell: ({ gaps }) => gaps },
    {
      ...{ id: 'why', header: words.why, width: '3fr' },
      cell: ({ causes }) =>
        causes.map(({ cause, disclosures }) => `${words.causes[cause]} (${disclosures})`).join(', '),
    },
  ];
  return (
    <Loaded of={asking}>
      {({ rows, sample }) =>
        rows.length === 0 ? (
          <Empty title={words.askingNone}>{words.askingNoneAbout}</Empty>
        ) : (
          <Stack gap="xs">
            <Text size="sm">{words.askingAbout}</Text>
            <DataTable
              label={words.asking}
              rows={rows}
              columns={columns}
              idOf={({ insurer, field }) => `${insurer.id} ${field}`}
            />
            <Text size="xs" c="dimmed">
              {words.sample(sample.disclosures, sample.of)}
            </Text>
          </Stack>
        )
      }
    </Loaded>
  );
};
