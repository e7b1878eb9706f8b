import { Paper, SimpleGrid, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { CoverageView } from '#libs/contracts';
import { useSession } from '../../app/session.js';
import { useRead } from '../../ask/queries.js';
import { Recorded } from '../../parts/recorded.js';
import { useRecipient } from '../../parts/use-recipient.js';
import { useWords } from '../../words/language.js';
import { CoverageForm } from './coverage-form.js';
import { onClientWords } from './words.js';

const Card = ({ coverage }: { readonly coverage: CoverageView }) => {
  const { coverage: words } = useWords(onClientWords);
  const recipient = useRecipient();
  const { terms, funding, fundingEvidence, assignmentSigned, insurer } = coverage;
  const { subscriber, groupNumber, planName, otherPayer } = terms;
  return (
    <Paper withBorder p="md">
      <Stack gap={4}>
        <Text fw={600}>{recipient({ kind: 'party', id: insurer, class: 'insurer' })}</Text>
        <Text size="sm">
          {words.memberId} {terms.memberId}
          {groupNumber === undefined ? '' : ` · ${words.groupNumber} ${groupNumber}`}
          {planName === undefined ? '' : ` · ${planName}`}
        </Text>
        <Text size="sm">
          {words.relationship}: {words.relationships[terms.relationship]}
          {subscriber === undefined ? '' : ` · ${words.holder} ${subscriber.firstName} ${subscriber.lastName}`}
        </Text>
        {otherPayer === undefined ? null : (
          <Text size="sm">
            {words.otherPayer}: {otherPayer.name}
          </Text>
        )}
        <Text size="sm" c="dimmed">
          {words.fundings[funding]}, {fundingEvidence ? words.hasEvidence : words.lacksEvidence} ·{' '}
          {assignmentSigned ? words.assigned : words.notAssigned}
        </Text>
      </Stack>
    </Paper>
  );
};

export const CoveragesPanel = ({ client }: { readonly client: string }) => {
  const { coverage: words } = useWords(onClientWords);
  const { may } = useSession();
  const [recording, record] = useDisclosure(false);
  const coverages = useRead('GET /v1/clients/{id}/coverages', { params: { id: client } });
  const add = may('coverages.write') ? { label: words.record, open: record.open } : undefined;
  return (
    <>
      <Recorded of={coverages} add={add} empty={{ title: words.empty, about: words.emptyAbout }}>
        {(rows) => (
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            {rows.map((coverage) => (
              <Card key={coverage.id} coverage={coverage} />
            ))}
          </SimpleGrid>
        )}
      </Recorded>
      {recording ? <CoverageForm client={client} onClose={record.close} /> : null}
    </>
  );
};
