import { Alert, Badge, Button, Group, List, SimpleGrid, Stack, Table, Text, Title } from '@mantine/core';
import type { ReleaseSimulation } from '#libs/contracts';
import { useDo } from '../../ask/queries.js';
import { Failure } from '../../parts/failure.js';
import { day } from '../../parts/format.js';
import { useWords } from '../../words/language.js';
import classes from './release.module.css';
import type { Relation } from './signer-fields.js';
import { onReleaseWords } from './words.js';

type Newly = ReleaseSimulation['newlyGoes'];

const Totals = ({ found }: { readonly found: ReleaseSimulation }) => {
  const { simulate: words } = useWords(onReleaseWords);
  const { before, after } = found;
  const rows = [
    ...(['goes', 'held', 'blocked'] as const).map((name) => [words.rows[name], before[name], after[name]] as const),
    ...(['goes', 'changed', 'withheld', 'gaps'] as const).map(
      (name) => [words.fields[name], before.fields[name], after.fields[name]] as const,
    ),
  ];
  return (
    <Table fz="sm" maw={520}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th />
          <Table.Th className={classes.amount ?? ''}>{words.before}</Table.Th>
          <Table.Th className={classes.amount ?? ''}>{words.after}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map(([label, left, right]) => (
          <Table.Tr key={label}>
            <Table.Th scope="row" fw={400}>
              {label}
            </Table.Th>
            <Table.Td className={classes.amount ?? ''}>{left}</Table.Td>
            <Table.Td className={classes.amount ?? ''} fw={left === right ? 400 : 700}>
              {right}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
};

const Fields = ({ title, fields }: { readonly title: string; readonly fields: Newly }) => {
  const { simulate: words } = useWords(onReleaseWords);
  return (
    <section aria-label={title}>
      <Title order={4} size="h6">
        {title}
      </Title>
      {fields.length === 0 ? (
        <Text size="sm" c="dimmed">
          {words.nothing}
        </Text>
      ) : (
        <List size="sm">
          {fields.map(({ field, label, documents }) => (
            <List.Item key={field}>{words.inDocuments(label, documents)}</List.Item>
          ))}
        </List>
      )}
    </section>
  );
};

const COLORS = { goes: 'green', held: 'yellow', blocked: 'red' } as const;

const Outcome = ({ of }: { readonly of: keyof typeof COLORS }) => {
  const { simulate: words } = useWords(onReleaseWords);
  return (
    <Badge variant="light" color={COLORS[of]} tt="none">
      {words.outcome[of]}
    </Badge>
  );
};

const Documents = ({ documents }: Pick<ReleaseSimulation, 'documents'>) => {
  const { simulate: words } = useWords(onReleaseWords);
  return (
    <section aria-label={words.documents}>
      <Title order={4} size="h6">
        {words.documents}
      </Title>
      <Table.ScrollContainer minWidth={520}>
        <Table fz="sm">
          <Table.Thead>
            <Table.Tr>
              {[words.services, words.insurer, words.before, words.after].map((header) => (
                <Table.Th key={header}>{header}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {documents.map((one) => (
              <Table.Tr key={`${one.document} ${one.disclosure}`}>
                <Table.Td>
                  {day(one.firstServiceOn)}
                  {one.firstServiceOn === one.lastServiceOn ? '' : ` – ${day(one.lastServiceOn)}`}
                </Table.Td>
                <Table.Td>{one.insurer.name}</Table.Td>
                <Table.Td>
                  <Outcome of={one.before.outcome} />
                </Table.Td>
                <Table.Td>
                  <Outcome of={one.after.outcome} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </section>
  );
};

interface SimulationPanelProps {
  readonly release: string;
  /** What the draft would do to the release before it. */
  readonly relation: Relation | undefined;
}

/** What signing the draft would have changed. */
export const SimulationPanel = ({ release, relation }: SimulationPanelProps) => {
  const { simulate: words } = useWords(onReleaseWords);
  const run = useDo('POST /v1/releases/{id}/simulation');
  const query =
    relation === undefined
      ? {}
      : relation.kind === 'supersedes'
        ? { supersedes: relation.older }
        : { addsTo: relation.older };
  const found = run.data;
  return (
    <Stack>
      <Text size="sm">{words.about}</Text>
      <Group>
        <Button loading={run.isPending} onClick={() => run.mutate({ params: { id: release }, query })}>
          {words.run}
        </Button>
      </Group>
      {run.error === null ? null : <Failure error={run.error} />}
      {found === undefined ? null : found.documents.length === 0 ? (
        <Text role="status">{words.none}</Text>
      ) : (
        <Stack role="region" aria-label={words.after}>
          {found.truncated ? <Alert color="yellow" title={words.truncated} /> : null}
          <Totals found={found} />
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <Fields title={words.newlyGoes} fields={found.newlyGoes} />
            <Fields title={words.newlyStays} fields={found.newlyStays} />
          </SimpleGrid>
          <Documents documents={found.documents} />
        </Stack>
      )}
    </Stack>
  );
};
