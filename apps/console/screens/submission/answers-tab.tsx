import { Code, Table, Text } from '@mantine/core';
import type { DisclosureDetail } from '#libs/contracts';
import { Empty } from '../../parts/empty.js';
import { instant, money } from '../../parts/format.js';
import { useWords } from '../../words/language.js';
import { answerWords } from './answer-words.js';
import { submissionWords } from './words.js';

const amount = (cents: number | undefined): string => (cents === undefined ? '' : money(cents));

/** Everything that came back, oldest first; who says it stands beside it, for a clearinghouse speaks for itself alone. */
export const AnswersTab = ({ answers }: { readonly answers: DisclosureDetail['answers'] }) => {
  const { answer: words, answersEmpty, answersEmptyAbout } = useWords(submissionWords);
  const { kinds } = useWords(answerWords);
  if (answers.length === 0) return <Empty title={answersEmpty}>{answersEmptyAbout}</Empty>;
  return (
    <Table.ScrollContainer minWidth={720} aria-label={words.label} tabIndex={0}>
      <Table aria-label={words.label} verticalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{words.when}</Table.Th>
            <Table.Th>{words.what}</Table.Th>
            <Table.Th>{words.who}</Table.Th>
            <Table.Th ta="end">{words.charge}</Table.Th>
            <Table.Th ta="end">{words.paid}</Table.Th>
            <Table.Th ta="end">{words.share}</Table.Th>
            <Table.Th>{words.number}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {answers.map((one) => (
            <Table.Tr key={one.id}>
              <Table.Td>{instant(one.receivedAt)}</Table.Td>
              <Table.Td>
                {kinds[one.kind]}
                {one.sessionsApproved === undefined ? null : (
                  <Text size="sm">
                    {words.sessions(one.sessionsApproved)} {one.authorizationNumber ?? ''}
                  </Text>
                )}
                {one.codes === undefined || one.codes.length === 0 ? null : (
                  <Text size="xs">
                    {one.codes.map((code) => (
                      <span key={code}>
                        <Code>{code}</Code>{' '}
                      </span>
                    ))}
                  </Text>
                )}
              </Table.Td>
              <Table.Td>{words[one.layer]}</Table.Td>
              <Table.Td ta="end">{amount(one.charge)}</Table.Td>
              <Table.Td ta="end">{amount(one.paid)}</Table.Td>
              <Table.Td ta="end">{amount(one.clientShare)}</Table.Td>
              <Table.Td>{one.payerClaimNumber ?? one.traceNumber ?? ''}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
};
