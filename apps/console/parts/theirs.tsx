import { Alert, Code, Stack, Table, Text } from '@mantine/core';
import { common } from '../words/common.js';
import { catalogue, useWords } from '../words/language.js';
import { ChangedMeanwhile } from './changed-meanwhile.js';
import { differencesOf } from './differences.js';

const theirWords = catalogue({
  en: {
    place: 'Where',
    theirs: 'There now',
    yours: 'You entered',
    same: 'It says the same as what you entered.',
  },
});

interface TheirsProps {
  /** What is there now, once it was read. */
  readonly theirs: unknown;
  readonly yours: unknown;
  /** A save was refused because of it, and it has not been read yet. */
  readonly refused: boolean;
  readonly onShow: () => void;
}

/** Somebody else was faster: what they made of it beside what is entered here, which stays. */
export const Theirs = ({ theirs, yours, refused, onShow }: TheirsProps) => {
  const words = useWords(theirWords);
  const { changedMeanwhile, changedAdvice } = useWords(common);
  if (theirs === undefined) return refused ? <ChangedMeanwhile onShow={onShow} /> : null;
  const differences = differencesOf(theirs, yours);
  return (
    <Alert color="yellow" role="alert" title={changedMeanwhile}>
      <Stack gap="xs">
        <Text size="sm">{changedAdvice}</Text>
        {differences.length === 0 ? (
          <Text size="sm">{words.same}</Text>
        ) : (
          <Table withRowBorders fz="sm">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{words.place}</Table.Th>
                <Table.Th>{words.theirs}</Table.Th>
                <Table.Th>{words.yours}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {differences.map(({ place, theirs: left, yours: right }) => (
                <Table.Tr key={place}>
                  <Table.Td>
                    <Code>{place}</Code>
                  </Table.Td>
                  <Table.Td>{left}</Table.Td>
                  <Table.Td>{right}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
      </Stack>
    </Alert>
  );
};
