import { Paper, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconLockPlus } from '@tabler/icons-react';
import type { RecordRestriction } from '#libs/contracts';
import { useSession } from '../../app/session.js';
import { useRead } from '../../ask/queries.js';
import { day, instant } from '../../parts/format.js';
import { Recorded } from '../../parts/recorded.js';
import { useRecipient } from '../../parts/use-recipient.js';
import { useWords } from '../../words/language.js';
import { RestrictionForm } from './restriction-form.js';
import { onClientWords } from './words.js';

const useAbout = (): ((restriction: RecordRestriction) => string) => {
  const { restriction: words } = useWords(onClientWords);
  const catalogue = useRead('GET /v1/catalogue', {});
  const labels = new Map((catalogue.data?.rows ?? []).map(({ id, label }) => [id as string, label]));
  return (restriction) => {
    if (restriction.kind === 'paid-in-full') return words.onDays(restriction.serviceDates.map(day));
    return restriction.kind === 'confidential-communication'
      ? ''
      : restriction.fields.map((field) => labels.get(field) ?? field).join(', ');
  };
};

export const RestrictionsPanel = ({ client }: { readonly client: string }) => {
  const all = useWords(onClientWords);
  const words = all.restriction;
  const { may } = useSession();
  const recipient = useRecipient();
  const about = useAbout();
  const [recording, record] = useDisclosure(false);
  const restrictions = useRead('GET /v1/clients/{id}/restrictions', { params: { id: client } });
  const add = may('restrictions.write') ? { label: words.record, icon: IconLockPlus, open: record.open } : undefined;
  return (
    <>
      <Recorded of={restrictions} add={add} empty={{ title: words.empty, about: words.emptyAbout }}>
        {(rows) => (
          <Stack>
            {rows.map(({ id, restriction, recordedAt }) => (
              <Paper withBorder p="md" key={id}>
                <Text fw={600}>{words.kinds[restriction.kind]}</Text>
                <Text size="sm">{about(restriction as RecordRestriction)}</Text>
                <Text size="sm" c="dimmed">
                  {words.recipient}:{' '}
                  {restriction.recipient === undefined
                    ? words.everybody
                    : recipient({ kind: 'party', id: restriction.recipient, class: 'insurer' })}
                  {recordedAt === undefined ? '' : ` · ${all.recorded(instant(recordedAt))}`}
                </Text>
              </Paper>
            ))}
          </Stack>
        )}
      </Recorded>
      {recording ? <RestrictionForm client={client} onClose={record.close} /> : null}
    </>
  );
};
