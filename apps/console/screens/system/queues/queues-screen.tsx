import { Code, Stack, Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { SystemQueues } from '#libs/contracts';
import { useRead } from '../../../ask/queries.js';
import { Figures } from '../../../parts/figures.js';
import { instant } from '../../../parts/format.js';
import { LaneHealth } from '../../../parts/lane-health.js';
import { Loaded } from '../../../parts/loaded.js';
import { Section } from '../../../parts/section.js';
import { StateBadge } from '../../../parts/state-badge.js';
import { useWords } from '../../../words/language.js';
import { SystemScreen } from '../system-screen.js';
import { queueWords } from './words.js';

interface PlainTableProps {
  readonly head: readonly string[];
  readonly rows: readonly { readonly id: string; readonly cells: readonly ReactNode[] }[];
  readonly label: string;
}

/** Numbers stand to the right. */
const PlainTable = ({ head, rows, label }: PlainTableProps) => (
  <Table.ScrollContainer minWidth={680} type="native">
    <Table aria-label={label}>
      <Table.Thead>
        <Table.Tr>
          {head.map((word) => (
            <Table.Th key={word}>{word}</Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map(({ id, cells }) => (
          <Table.Tr key={id}>
            {cells.map((cell, at) => (
              <Table.Td key={head[at]} ta={typeof cell === 'number' ? 'end' : 'start'}>
                {cell}
              </Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  </Table.ScrollContainer>
);

const Outbox = ({ outbox }: Pick<SystemQueues, 'outbox'>) => {
  const words = useWords(queueWords);
  const { waiting, due, unpublished, oldestSeconds } = outbox;
  return (
    <Section title={words.outbox}>
      <Figures
        label={words.outbox}
        rows={[
          { name: words.waiting, value: waiting },
          { name: words.due, value: due },
          { name: words.unpublished, value: unpublished },
          { name: words.oldest, value: oldestSeconds === undefined ? words.none : words.seconds(oldestSeconds) },
        ]}
      />
    </Section>
  );
};

const Lanes = ({ lanes }: Pick<SystemQueues, 'lanes'>) => {
  const words = useWords(queueWords);
  return (
    <Section title={words.lanes} about={words.lanesAbout}>
      {lanes.length === 0 ? (
        <Text size="sm">{words.noLanes}</Text>
      ) : (
        <PlainTable
          label={words.lanes}
          head={[
            ...[words.insurer, words.route, words.health],
            ...[words.ready, words.sealed, words.sending, words.unknown],
          ]}
          rows={lanes.map((lane) => ({
            id: lane.id,
            cells: [
              lane.insurer.name,
              words.routes[lane.route],
              <LaneHealth key="health" lane={lane} />,
              ...[lane.ready, lane.sealed, lane.sending, lane.unknown],
            ],
          }))}
        />
      )}
    </Section>
  );
};

const Jobs = ({ queues }: Pick<SystemQueues, 'queues'>) => {
  const words = useWords(queueWords);
  return (
    <Section title={words.jobs} about={words.jobsAbout}>
      {queues.length === 0 ? (
        <Text size="sm">{words.noJobs}</Text>
      ) : (
        <PlainTable
          label={words.jobs}
          head={[words.queue, words.waiting, words.active, words.delayed, words.failed, words.reported]}
          rows={queues.map(({ name, waiting, active, delayed, failed, reportedAt }) => ({
            id: name,
            cells: [<Code key="name">{name}</Code>, waiting, active, delayed, failed, instant(reportedAt)],
          }))}
        />
      )}
    </Section>
  );
};

const Failures = ({ failures, lanes }: Pick<SystemQueues, 'failures' | 'lanes'>) => {
  const words = useWords(queueWords);
  return (
    <Section title={words.failures}>
      {failures.length === 0 ? (
        <Text size="sm">{words.noFailures}</Text>
      ) : (
        <PlainTable
          label={words.failures}
          head={[words.at, words.insurer, words.outcome, words.status, words.transmission]}
          rows={failures.map(({ attempt, at, insurer, outcome, status, transmission }) => ({
            id: attempt,
            cells: [
              instant(at),
              lanes.find((lane) => lane.insurer.id === insurer)?.insurer.name ?? '',
              <StateBadge key="outcome" tone={outcome === 'ambiguous' ? 'look' : 'bad'}>
                {words.outcomes[outcome]}
              </StateBadge>,
              status === undefined ? '' : String(status),
              <Code key="transmission">{transmission}</Code>,
            ],
          }))}
        />
      )}
    </Section>
  );
};

export const QueuesScreen = () => {
  const words = useWords(queueWords);
  const queues = useRead('GET /v1/system/queues', {}, { every: 5_000 });
  return (
    <SystemScreen at="/system/queues" about={words.about}>
      <Loaded of={queues}>
        {(told) => (
          <Stack>
            <Outbox {...told} />
            <Lanes {...told} />
            <Jobs {...told} />
            <Failures {...told} />
          </Stack>
        )}
      </Loaded>
    </SystemScreen>
  );
};
