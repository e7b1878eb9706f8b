import { Progress, Text } from '@mantine/core';
import { useToday } from '../app/today.js';
import { useWords } from '../words/language.js';
import { releaseWords } from '../words/releases.js';
import { daysBetween, gone } from './expiry.js';
import { day } from './format.js';

interface ExpiryBarProps {
  readonly terms: { readonly validFrom?: string; readonly validUntil?: string };
}

/** How long a release still lasts; the words say it, the bar shows it. */
export const ExpiryBar = ({ terms }: ExpiryBarProps) => {
  const words = useWords(releaseWords);
  const now = useToday();
  const { validUntil } = terms;
  if (validUntil === undefined) return <Text size="sm">{words.noEnd}</Text>;
  const left = daysBetween(now, validUntil);
  return (
    <div>
      <Text size="sm">{words.validUntil(day(validUntil), left)}</Text>
      <Progress
        value={gone(terms, now) ?? 0}
        color={left < 0 ? 'gray' : left <= 30 ? 'yellow' : 'river'}
        size="sm"
        aria-hidden
      />
    </div>
  );
};
