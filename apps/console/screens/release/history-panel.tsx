import { Text, Timeline } from '@mantine/core';
import { useRead } from '../../ask/queries.js';
import { instant } from '../../parts/format.js';
import { Loaded } from '../../parts/loaded.js';
import { useWords } from '../../words/language.js';
import { onReleaseWords } from './words.js';

/** All that happened to a release, as the ledger has it. */
export const HistoryPanel = ({ release }: { readonly release: string }) => {
  const words = useWords(onReleaseWords);
  const history = useRead('GET /v1/releases/{id}/history', { params: { id: release } });
  return (
    <Loaded of={history}>
      {({ events }) =>
        events.length === 0 ? (
          <Text>{words.historyEmpty}</Text>
        ) : (
          <Timeline bulletSize={14} lineWidth={2} active={events.length}>
            {events.map((event, index) => (
              <Timeline.Item key={`${event.at} ${index}`} title={words.events[event.kind] ?? event.kind}>
                <Text size="sm" c="dimmed">
                  {[instant(event.at), words.by(event.actor), ...event.codes].join(' · ')}
                </Text>
              </Timeline.Item>
            ))}
          </Timeline>
        )
      }
    </Loaded>
  );
};
