import { Button, Group, Stack, Table, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { CeilingView } from '#libs/contracts';
import { StateBadge } from '../../parts/state-badge.js';
import { useWords } from '../../words/language.js';
import classes from './readings.module.css';
import { readingWords } from './words.js';

interface OptionProps {
  readonly title: string;
  readonly mark?: ReactNode;
  readonly chosen: boolean;
  readonly children: ReactNode;
  /** Absent for whoever may not choose. */
  readonly onChoose: (() => void) | undefined;
}

/** One way in which a cap can be taken. */
export const ReadingOption = ({ title, mark, chosen, children, onChoose }: OptionProps) => {
  const words = useWords(readingWords);
  return (
    <div className={classes.option} data-chosen={chosen}>
      <Stack gap="xs">
        <Group justify="space-between">
          <Group gap="xs">
            <Title order={3} size="h5">
              {title}
            </Title>
            {mark}
            {chosen ? <StateBadge tone="good">{words.chosen}</StateBadge> : null}
          </Group>
          {chosen || onChoose === undefined ? null : (
            <Button size="xs" variant="default" onClick={onChoose} aria-label={`${words.choose}: ${title}`}>
              {words.choose}
            </Button>
          )}
        </Group>
        {children}
      </Stack>
    </div>
  );
};

interface ArgumentsProps {
  readonly reading: CeilingView['readings'][number];
  readonly labelOf: (field: string) => string;
}

/** What a reading argues, element by element. */
export const ReadingArguments = ({ reading, labelOf }: ArgumentsProps) => {
  const words = useWords(readingWords);
  return (
    <>
      <Text size="sm">{words.interpretationAbout}</Text>
      <Text size="sm" c="dimmed">
        {words.forWhat(reading.format, reading.purpose)}
      </Text>
      <Table.ScrollContainer minWidth={420} type="native">
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th w="35%">{words.element}</Table.Th>
              <Table.Th>{words.argument}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {reading.fields.map(({ field, argument }) => (
              <Table.Tr key={field}>
                <Table.Th scope="row" fw={500}>
                  {labelOf(field)}
                </Table.Th>
                <Table.Td>{argument}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </>
  );
};
