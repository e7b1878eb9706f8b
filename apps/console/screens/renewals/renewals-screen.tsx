import { Alert, Button, Checkbox, Code, Group, Paper, SegmentedControl, Stack, Table, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQueries } from '@tanstack/react-query';
import { useState } from 'react';
import type { Renewals } from '#libs/contracts';
import { useSession } from '../../app/session.js';
import { ask } from '../../ask/ask.js';
import { useRead } from '../../ask/queries.js';
import { Empty } from '../../parts/empty.js';
import { day } from '../../parts/format.js';
import { InnerLink } from '../../parts/inner-link.js';
import { LinkOnce } from '../../parts/link-once.js';
import { Loaded } from '../../parts/loaded.js';
import { Screen } from '../../parts/screen.js';
import { common } from '../../words/common.js';
import { useWords } from '../../words/language.js';
import { RenewDialog } from './renew-dialog.js';
import { renewalWords } from './words.js';

const WITHIN = ['30', '14', '3'] as const;

/** The codes of clients, for the list has only their ids. */
const useCodes = (clients: readonly string[]): ReadonlyMap<string, string> => {
  const found = useQueries({
    queries: [...new Set(clients)].map((id) => ({
      queryKey: ['GET /v1/clients/{id}', { params: { id } }],
      queryFn: ({ signal }: { readonly signal: AbortSignal }) =>
        ask('GET /v1/clients/{id}', { params: { id }, signal }),
    })),
  });
  return new Map(found.flatMap(({ data }) => (data === undefined ? [] : [[data.id, data.code] as const])));
};

interface ResultsProps {
  readonly renewals: Renewals;
  readonly nameOf: (release: string) => string;
  readonly onDone: () => void;
}

const Results = ({ renewals, nameOf, onDone }: ResultsProps) => {
  const words = useWords(renewalWords);
  return (
    <Alert color="yellow" title={words.once} role="region" aria-label={words.results}>
      <Stack gap="sm">
        {renewals.rows.map(({ release, draft, link, issues }) => (
          <Paper key={release} withBorder p="sm">
            <Stack gap={4}>
              <Group gap="sm">
                <Text fw={600}>{nameOf(release)}</Text>
                {draft === undefined ? (
                  <Text size="sm">
                    {words.failed}: <Code>{issues.map(({ code }) => code).join(', ')}</Code>
                  </Text>
                ) : (
                  <InnerLink href={`/releases/${draft}`} size="sm">
                    {words.draft}
                  </InnerLink>
                )}
              </Group>
              {link === undefined ? null : <LinkOnce link={link} />}
            </Stack>
          </Paper>
        ))}
        <Group>
          <Button size="xs" variant="default" onClick={onDone}>
            {words.done}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
};

/** `/renewals`: what ends soon, and how it goes on. */
export const RenewalsScreen = () => {
  const words = useWords(renewalWords);
  const { select, selectAll } = useWords(common);
  const { may } = useSession();
  const [within, setWithin] = useState<(typeof WITHIN)[number]>('30');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [asking, dialog] = useDisclosure(false);
  const [renewed, setRenewed] = useState<{
    readonly renewals: Renewals;
    readonly names: ReadonlyMap<string, string>;
  }>();
  const expiring = useRead('GET /v1/reminders', { query: { within } }, { keep: true });
  const rows = expiring.data?.rows ?? [];
  const codes = useCodes(rows.map(({ client }) => client));
  const nameOf = (release: string): string =>
    codes.get(rows.find((one) => one.release === release)?.client ?? '') ?? '';
  const listed = rows.filter(({ release }) => chosen.has(release)).map(({ release }) => release);
  const toggle = (release: string, on: boolean): void => {
    const next = new Set(chosen);
    if (on) next.add(release);
    else next.delete(release);
    setChosen(next);
  };
  const button = may('releases.draft') ? (
    <Button disabled={listed.length === 0} onClick={dialog.open}>
      {words.renew(listed.length)}
    </Button>
  ) : null;
  return (
    <Screen title={words.title} about={words.about} actions={button}>
      <SegmentedControl
        aria-label={words.within}
        value={within}
        onChange={(value) => setWithin(WITHIN.find((one) => one === value) ?? '30')}
        data={WITHIN.map((value) => ({ value, label: words.days(value) }))}
        maw={360}
      />
      {renewed === undefined ? null : (
        <Results
          renewals={renewed.renewals}
          nameOf={(release) => renewed.names.get(release) ?? ''}
          onDone={() => setRenewed(undefined)}
        />
      )}
      <Loaded of={expiring}>
        {() =>
          rows.length === 0 ? (
            <Empty title={words.empty}>{words.emptyAbout}</Empty>
          ) : (
            <Table.ScrollContainer minWidth={520}>
              <Table>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th w={40}>
                      <Checkbox
                        aria-label={selectAll}
                        checked={listed.length === rows.length}
                        indeterminate={listed.length > 0 && listed.length < rows.length}
                        onChange={(event) =>
                          setChosen(new Set(event.currentTarget.checked ? rows.map(({ release }) => release) : []))
                        }
                      />
                    </Table.Th>
                    <Table.Th>{words.client}</Table.Th>
                    <Table.Th>{words.until}</Table.Th>
                    <Table.Th ta="end">{words.left}</Table.Th>
                    <Table.Th>{words.reminders}</Table.Th>
                    <Table.Th>{words.release}</Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {rows.map((row) => (
                    <Table.Tr key={row.release}>
                      <Table.Td>
                        <Checkbox
                          aria-label={`${select}: ${nameOf(row.release)}`}
                          checked={chosen.has(row.release)}
                          onChange={(event) => toggle(row.release, event.currentTarget.checked)}
                        />
                      </Table.Td>
                      <Table.Td>
                        <InnerLink href={`/clients/${row.client}`} size="sm">
                          {nameOf(row.release)}
                        </InnerLink>
                      </Table.Td>
                      <Table.Td>{day(row.validUntil)}</Table.Td>
                      <Table.Td ta="end">{row.daysLeft}</Table.Td>
                      <Table.Td>{row.reminders.map(({ days }) => words.days(String(days))).join(', ')}</Table.Td>
                      <Table.Td>
                        <InnerLink
                          href={`/releases/${row.release}`}
                          size="sm"
                          aria-label={words.openOf(nameOf(row.release))}
                        >
                          {words.open}
                        </InnerLink>
                      </Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </Table.ScrollContainer>
          )
        }
      </Loaded>
      {asking ? (
        <RenewDialog
          releases={listed}
          onClose={dialog.close}
          onRenewed={(renewals) => {
            dialog.close();
            setChosen(new Set());
            setRenewed({ renewals, names: new Map(listed.map((release) => [release, nameOf(release)])) });
          }}
        />
      ) : null}
    </Screen>
  );
};
