import { Anchor, Button, Group, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPencilPlus } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import type { ReleaseView } from '#libs/contracts';
import { useSession } from '../../app/session.js';
import { useRead } from '../../ask/queries.js';
import { Empty } from '../../parts/empty.js';
import { ExpiryBar } from '../../parts/expiry-bar.js';
import { Loaded } from '../../parts/loaded.js';
import { ReleaseChip } from '../../parts/release-chip.js';
import { useRecipient } from '../../parts/use-recipient.js';
import { useWords } from '../../words/language.js';
import { releaseWords } from '../../words/releases.js';
import { DraftRelease } from './draft-release.js';
import { ScopeGrid } from './scope-grid.js';
import { onClientWords } from './words.js';

const Card = ({ release }: { readonly release: ReleaseView }) => {
  const words = useWords(releaseWords);
  const recipient = useRecipient();
  const { terms, status } = release;
  return (
    <Paper withBorder p="md">
      <Stack gap="xs">
        <Group justify="space-between" wrap="nowrap">
          <Anchor
            fw={600}
            renderRoot={(props) => <Link to="/releases/$release" params={{ release: release.id }} {...props} />}
          >
            {status === 'draft' ? words.openDraft : words.openRelease(release.revision)}
          </Anchor>
          <ReleaseChip status={status} />
        </Group>
        <Text size="sm">
          {[recipient(terms.recipient), ...terms.purposes.map((one) => words.purpose[one])].filter(Boolean).join(' · ')}
        </Text>
        <ExpiryBar terms={terms} />
        <Text size="sm" c="dimmed">
          {words.next[status]}
        </Text>
      </Stack>
    </Paper>
  );
};

export const ReleasesPanel = ({ client }: { readonly client: string }) => {
  const words = useWords(onClientWords);
  const { may } = useSession();
  const navigate = useNavigate();
  const [drafting, draft] = useDisclosure(false);
  const releases = useRead('GET /v1/clients/{id}/releases', { params: { id: client } });
  const button = may('releases.draft') ? (
    <Button leftSection={<IconPencilPlus size={16} aria-hidden />} onClick={draft.open}>
      {words.draft}
    </Button>
  ) : null;
  return (
    <>
      <Loaded of={releases}>
        {({ rows }) =>
          rows.length === 0 ? (
            <Empty title={words.noReleases} action={button}>
              {words.noReleasesAbout}
            </Empty>
          ) : (
            <Stack gap="lg">
              <ScopeGrid releases={rows} />
              <section aria-label={words.papers}>
                <Group justify="space-between" mb="xs">
                  <Title order={3} size="h5">
                    {words.papers}
                  </Title>
                  {button}
                </Group>
                <SimpleGrid cols={{ base: 1, sm: 2, xl: 3 }}>
                  {rows.map((release) => (
                    <Card key={release.id} release={release} />
                  ))}
                </SimpleGrid>
              </section>
            </Stack>
          )
        }
      </Loaded>
      {drafting ? (
        <DraftRelease
          client={client}
          onClose={draft.close}
          onDrafted={({ id }) => void navigate({ to: '/releases/$release', params: { release: id } })}
        />
      ) : null}
    </>
  );
};
