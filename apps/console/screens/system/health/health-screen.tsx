import { Alert, SimpleGrid, Stack, Text } from '@mantine/core';
import type { SystemHealth } from '#libs/contracts';
import { useRead } from '../../../ask/queries.js';
import { instant } from '../../../parts/format.js';
import { Loaded } from '../../../parts/loaded.js';
import { Section } from '../../../parts/section.js';
import { StateBadge } from '../../../parts/state-badge.js';
import { useWords } from '../../../words/language.js';
import { SystemScreen } from '../system-screen.js';
import { healthWords } from './words.js';

type Check = SystemHealth['checks'][number];

const TONES = { ok: 'good', warning: 'look', failed: 'bad' } as const;
const COLORS = { ok: 'green', warning: 'yellow', failed: 'red' } as const;

const CheckCard = ({ check }: { readonly check: Check }) => {
  const words = useWords(healthWords);
  const { title, about } = words.checks[check.name];
  const { code, count, last } = check;
  const counted =
    check.name === 'worker' || check.name === 'ledger-head' || check.name === 'quarantine'
      ? words.counts[check.name]
      : undefined;
  const notes = [
    ...(count === undefined || counted === undefined ? [] : [counted(count)]),
    ...(last === undefined ? [] : [words.last(instant(last))]),
  ];
  return (
    <Section title={title} actions={<StateBadge tone={TONES[check.status]}>{words.status[check.status]}</StateBadge>}>
      <Text size="sm" c="dimmed">
        {about}
      </Text>
      {code === undefined ? null : (
        <Text size="sm" fw={600}>
          {words.codes[code] ?? words.codeOf(code)}
        </Text>
      )}
      {notes.length === 0 ? null : <Text size="sm">{notes.join(' · ')}</Text>}
    </Section>
  );
};

export const HealthScreen = () => {
  const words = useWords(healthWords);
  const health = useRead('GET /v1/system/health', {}, { every: 5_000 });
  return (
    <SystemScreen at="/system/health" about={words.about}>
      <Loaded of={health}>
        {({ status, checks, at }) => (
          <Stack>
            <Alert color={COLORS[status]} role="status" title={words.overall[status]}>
              {words.asOf(instant(at))}
            </Alert>
            <SimpleGrid cols={{ base: 1, sm: 2, xl: 3 }}>
              {checks.map((check) => (
                <CheckCard key={check.name} check={check} />
              ))}
            </SimpleGrid>
          </Stack>
        )}
      </Loaded>
    </SystemScreen>
  );
};
