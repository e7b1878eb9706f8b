import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { documentWords } from '../words/documents.js';
import { useWords } from '../words/language.js';
import { disclosureWords } from './disclosure-words.js';
import classes from './disclosure-view.module.css';
import type { Gap } from './row-state.js';

export type ChoiceKind = Gap['choices'][number];

interface ChoicesProps {
  readonly choices: readonly ChoiceKind[];
  readonly onChoose: ((choice: ChoiceKind, gap?: Gap) => void) | undefined;
  readonly gap?: Gap;
}

/** What somebody can do; buttons where it can be done here, words where it is only said. */
export const Choices = ({ choices, onChoose, gap }: ChoicesProps) => {
  const words = useWords(documentWords);
  const own = useWords(disclosureWords);
  if (choices.length === 0) return null;
  if (onChoose === undefined)
    return (
      <Text size="sm" c="dimmed">
        {own.choices}: {choices.map((choice) => words.choice[choice]).join(' · ')}
      </Text>
    );
  return (
    <Group gap="xs" className="no-print">
      {choices.map((choice) => (
        <Button key={choice} size="compact-sm" variant="default" onClick={() => onChoose(choice, gap)}>
          {words.choice[choice]}
        </Button>
      ))}
    </Group>
  );
};

const OneGap = ({ gap, onChoose }: { readonly gap: Gap; readonly onChoose: ChoicesProps['onChoose'] }) => {
  const words = useWords(disclosureWords);
  const { curer: curers } = useWords(documentWords);
  return (
    <li className={classes.gap} data-curer={gap.curer}>
      <Stack gap={4}>
        <Text size="sm" fw={600}>
          {gap.label ?? gap.sentence}
          {gap.occurrences === undefined ? null : ` (${words.lines(gap.occurrences.length)})`}
        </Text>
        {gap.label === undefined ? null : <Text size="sm">{gap.sentence}</Text>}
        <Text size="sm" c="dimmed">
          {gap.curer === 'nobody' ? words.cured : words.cures(curers[gap.curer])}
          {gap.position === undefined ? null : ` · ${words.gapAt(gap.position)}`}
        </Text>
        <Choices choices={gap.choices} onChoose={onChoose} gap={gap} />
      </Stack>
    </li>
  );
};

interface DisclosureGapsProps {
  readonly gaps: readonly Gap[];
  readonly onChoose?: ((choice: ChoiceKind, gap?: Gap) => void) | undefined;
}

/** What the insurer requires and does not get: each with its ground, who can cure it, and what can be done. */
export const DisclosureGaps = ({ gaps, onChoose }: DisclosureGapsProps) => {
  const words = useWords(disclosureWords);
  if (gaps.length === 0) return null;
  return (
    <section aria-label={words.gaps(gaps.length)}>
      <Title order={3} size="h5" mb="xs">
        {words.gaps(gaps.length)}
      </Title>
      <ul className={classes.gaps} role="list">
        {gaps.map((gap, index) => (
          <OneGap key={`${gap.code} ${gap.position ?? ''} ${index}`} gap={gap} onChoose={onChoose} />
        ))}
      </ul>
    </section>
  );
};
