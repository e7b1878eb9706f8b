import { Code, Text, Timeline } from '@mantine/core';
import type { DisclosureDetail } from '#libs/contracts';
import { useRead } from '../../ask/queries.js';
import { useSession } from '../../app/session.js';
import { instant } from '../../parts/format.js';
import { useWords } from '../../words/language.js';
import { submissionWords } from './words.js';

/** Who did it, by name where the name is known. */
const useActors = (): ((actor: string) => string) => {
  const words = useWords(submissionWords);
  const { may, session } = useSession();
  const staff = useRead('GET /v1/staff', {}, { enabled: may('practice.read') });
  return (actor) => {
    const [kind = '', id = ''] = actor.split(':');
    if (actor === session.actor && session.name !== undefined) return session.name;
    if (kind === 'staff') return staff.data?.rows.find((one) => one.id === id)?.name ?? words.staff;
    return kind === 'key' ? words.key : words.system;
  };
};

export const TimelineTab = ({ events }: { readonly events: DisclosureDetail['timeline'] }) => {
  const words = useWords(submissionWords);
  const nameOf = useActors();
  if (events.length === 0) return <Text c="dimmed">{words.timelineEmpty}</Text>;
  return (
    <>
      <Text size="sm" c="dimmed" mb="md">
        {words.timelineAbout}
      </Text>
      <Timeline bulletSize={14} lineWidth={2} active={events.length}>
        {events.map(({ at, kind, actor, codes }, index) => (
          <Timeline.Item key={`${at} ${kind} ${index}`} title={words.event[kind] ?? kind}>
            <Text size="sm" c="dimmed">
              {instant(at)} · {nameOf(actor)}
            </Text>
            {codes.length === 0 ? null : (
              <Text size="xs">
                {codes.map((code) => (
                  <span key={code}>
                    <Code>{code}</Code>{' '}
                  </span>
                ))}
              </Text>
            )}
          </Timeline.Item>
        ))}
      </Timeline>
    </>
  );
};
