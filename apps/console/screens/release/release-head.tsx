import { Alert, Anchor, Group, Paper, SimpleGrid, Stack, Text } from '@mantine/core';
import type { ReleaseView } from '#libs/contracts';
import { targetOf } from '../../ask/ask.js';
import { ExpiryBar } from '../../parts/expiry-bar.js';
import { instant } from '../../parts/format.js';
import { InnerLink } from '../../parts/inner-link.js';
import { ReleaseChip } from '../../parts/release-chip.js';
import { useRecipient } from '../../parts/use-recipient.js';
import { common } from '../../words/common.js';
import { useWords } from '../../words/language.js';
import { releaseWords } from '../../words/releases.js';
import { onReleaseWords } from './words.js';

interface ReleaseHeadProps {
  readonly release: ReleaseView;
  readonly purposes: readonly ReleaseView['terms']['purposes'][number][];
  readonly ambiguous: boolean;
}

/** Where a release stands, for whom, for what, how long, and what comes next. */
export const ReleaseHead = ({ release, purposes, ambiguous }: ReleaseHeadProps) => {
  const words = useWords(onReleaseWords);
  const names = useWords(releaseWords);
  const { nextStep } = useWords(common);
  const recipient = useRecipient();
  const { status, revision, terms, signedAt, evidence, revokedAt, eventOccurredAt, knownFalseAt } = release;
  const picture = targetOf('GET /v1/releases/{id}/signature', { params: { id: release.id } }).url;
  return (
    <Stack gap="sm">
      <Paper withBorder p="md">
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <Stack gap={4}>
            <Group gap="sm">
              <Text fw={700}>{status === 'draft' ? names.openDraft : names.openRelease(revision)}</Text>
              <ReleaseChip status={status} />
            </Group>
            <Text size="sm">
              {[recipient(terms.recipient), ...purposes.map((one) => names.purpose[one])].filter(Boolean).join(' · ')}
            </Text>
            <InnerLink href={`/clients/${release.client}`} size="sm">
              {words.toClient}
            </InnerLink>
          </Stack>
          <Stack gap={4}>
            <ExpiryBar terms={terms} />
            {signedAt === undefined ? null : <Text size="sm">{words.signedOn(instant(signedAt))}</Text>}
            {evidence?.kept === true ? (
              <Anchor href={picture} target="_blank" rel="noreferrer" size="sm">
                {words.signature}
              </Anchor>
            ) : null}
            {revokedAt === undefined ? null : <Text size="sm">{words.revokedOn(instant(revokedAt))}</Text>}
            {eventOccurredAt === undefined ? null : (
              <Text size="sm">{words.endedOn(terms.expiryEvent ?? '', instant(eventOccurredAt))}</Text>
            )}
            {knownFalseAt === undefined ? null : <Text size="sm">{words.falseOn(instant(knownFalseAt))}</Text>}
            <Text size="sm">
              {nextStep}: {names.next[status]}
            </Text>
          </Stack>
        </SimpleGrid>
      </Paper>
      {ambiguous ? <Alert color="yellow" title={words.ambiguous} /> : null}
    </Stack>
  );
};
