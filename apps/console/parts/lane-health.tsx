import { Group } from '@mantine/core';
import { catalogue, useWords } from '../words/language.js';
import { instant } from './format.js';
import { StateBadge, type Tone } from './state-badge.js';

const laneWords = catalogue({
  en: {
    closed: 'answers',
    open: (until: string | undefined) =>
      until === undefined ? 'does not answer' : `does not answer; tried again ${until}`,
    'half-open': 'being tried',
    stopped: 'stopped',
    slow: 'slow',
  },
});

interface LaneHealthProps {
  readonly lane: {
    readonly breaker: 'closed' | 'open' | 'half-open' | 'stopped';
    readonly openUntil?: string;
    readonly slow: boolean;
  };
}

const TONES = { closed: 'good', open: 'look', 'half-open': 'busy', stopped: 'bad' } as const satisfies Record<
  LaneHealthProps['lane']['breaker'],
  Tone
>;

/** Whether an insurer can be reached now. */
export const LaneHealth = ({ lane }: LaneHealthProps) => {
  const words = useWords(laneWords);
  const { breaker, openUntil, slow } = lane;
  const word =
    breaker === 'open' ? words.open(openUntil === undefined ? undefined : instant(openUntil)) : words[breaker];
  return (
    <Group gap={4}>
      <StateBadge tone={TONES[breaker]}>{word}</StateBadge>
      {slow ? <StateBadge tone="look">{words.slow}</StateBadge> : null}
    </Group>
  );
};
