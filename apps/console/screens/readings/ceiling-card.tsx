import { Alert, Button, Group, List, Stack, Text } from '@mantine/core';
import { IconScale } from '@tabler/icons-react';
import { useState } from 'react';
import type { CeilingView, ReadingView } from '#libs/contracts';
import { useSession } from '../../app/session.js';
import { FactList } from '../../parts/fact-list.js';
import { instant } from '../../parts/format.js';
import { Section } from '../../parts/section.js';
import { StateBadge } from '../../parts/state-badge.js';
import { useWords } from '../../words/language.js';
import { ChooseDialog, type Intent } from './choose-dialog.js';
import { FieldsList } from './fields-list.js';
import { ReadingArguments, ReadingOption } from './reading-option.js';
import { readingWords } from './words.js';

interface CeilingCardProps {
  readonly ceiling: CeilingView;
  /** Everything that was ever chosen for it, newest first. */
  readonly choices: readonly ReadingView[];
  readonly labelOf: (field: string) => string;
}

const isChosen = (ceiling: CeilingView, reading: CeilingView['readings'][number]): boolean =>
  ceiling.chosen?.kind === 'reading' &&
  ceiling.chosen.reading === reading.id &&
  ceiling.chosen.version === reading.version;

/** One statutory cap: what it allows, how it can be taken, and how this practice takes it. */
export const CeilingCard = ({ ceiling, choices, labelOf }: CeilingCardProps) => {
  const words = useWords(readingWords);
  const { may, session } = useSession();
  const [intent, setIntent] = useState<Intent>();
  const mayChoose = may('readings.write') && ceiling.enabled;
  const standing = ceiling.chosen === undefined ? undefined : choices.find(({ revokedAt }) => revokedAt === undefined);
  const howOf = ({ choice }: ReadingView): string => (choice.kind === 'literal' ? words.literal : choice.reading);
  const whoOf = ({ signedBy }: ReadingView): string =>
    session.actor === `staff:${signedBy}` ? words.you : words.officer;
  const choose = (choice: NonNullable<CeilingView['chosen']>) =>
    mayChoose ? () => setIntent({ kind: 'choose', choice }) : undefined;
  return (
    <Section
      title={ceiling.citation}
      actions={
        <>
          {ceiling.enabled ? null : <StateBadge tone="off">{words.disabled}</StateBadge>}
          <StateBadge tone={ceiling.concernsPractice ? 'look' : 'off'}>
            {ceiling.concernsPractice ? words.concerns : words.concernsNot}
          </StateBadge>
        </>
      }
    >
      <Stack gap="sm">
        {ceiling.enabled ? null : (
          <Alert color="gray" role="note">
            {words.disabledAbout}
          </Alert>
        )}
        <FactList
          rows={[
            [words.jurisdiction, ceiling.jurisdiction],
            [words.text, ceiling.textAsOf],
            [words.allows, <FieldsList key="fields" fields={ceiling.fields} labelOf={labelOf} />],
          ]}
        />
        {standing === undefined ? null : (
          <Group gap="sm">
            <Text size="sm">{words.signed(instant(standing.signedAt), whoOf(standing))}</Text>
            {may('readings.write') ? (
              <Button
                size="xs"
                variant="default"
                onClick={() => setIntent({ kind: 'revoke', id: standing.id })}
                aria-label={`${words.revoke}: ${ceiling.citation}`}
              >
                {words.revoke}
              </Button>
            ) : null}
          </Group>
        )}
        <ReadingOption
          title={words.byLetter}
          chosen={ceiling.enabled && ceiling.chosen?.kind !== 'reading'}
          onChoose={choose({ kind: 'literal' })}
        >
          <Text size="sm">{words.byLetterAbout}</Text>
        </ReadingOption>
        {ceiling.readings.length === 0 ? (
          <Text size="sm" c="dimmed">
            {words.noReadings}
          </Text>
        ) : null}
        {ceiling.readings.map((reading) => (
          <ReadingOption
            key={`${reading.id} ${reading.version}`}
            title={reading.id}
            mark={
              <Group gap={4} component="span" c="dimmed" fz="sm">
                <IconScale size={16} aria-hidden />
                {words.interpretation}
              </Group>
            }
            chosen={isChosen(ceiling, reading)}
            onChoose={choose({ kind: 'reading', reading: reading.id, version: reading.version })}
          >
            <ReadingArguments reading={reading} labelOf={labelOf} />
          </ReadingOption>
        ))}
        {choices.some(({ revokedAt }) => revokedAt !== undefined) ? (
          <div>
            <Text size="sm" fw={600}>
              {words.history}
            </Text>
            <List size="sm">
              {choices.flatMap((one) =>
                one.revokedAt === undefined
                  ? []
                  : [
                      <List.Item key={one.id}>
                        {words.historyRow(howOf(one), instant(one.signedAt), instant(one.revokedAt))}
                      </List.Item>,
                    ],
              )}
            </List>
          </div>
        ) : null}
      </Stack>
      {intent === undefined ? null : (
        <ChooseDialog ceiling={ceiling} intent={intent} onClose={() => setIntent(undefined)} />
      )}
    </Section>
  );
};
