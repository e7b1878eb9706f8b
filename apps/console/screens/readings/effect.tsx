import { List, Text } from '@mantine/core';
import type { ReadingEffectView } from '#libs/contracts';
import { useWords } from '../../words/language.js';
import { readingWords } from './words.js';

/** What a choice would do to what waits, insurer by insurer. */
export const Effect = ({ effect }: { readonly effect: ReadingEffectView }) => {
  const words = useWords(readingWords);
  const { wouldGo, wouldHold, staysHeld, looked, truncated } = effect;
  return (
    <>
      <List size="sm" aria-live="polite">
        {wouldGo.map(({ insurer, disclosures }) => (
          <List.Item key={insurer.id}>{words.goes(disclosures, insurer.name)}</List.Item>
        ))}
        {wouldHold.map(({ insurer, disclosures }) => (
          <List.Item key={insurer.id}>{words.holds(disclosures, insurer.name)}</List.Item>
        ))}
        {wouldGo.length + wouldHold.length === 0 ? <List.Item>{words.noChange}</List.Item> : null}
        {staysHeld === 0 ? null : <List.Item>{words.stays(staysHeld)}</List.Item>}
      </List>
      <Text size="xs" c="dimmed">
        {words.looked(looked, truncated)} {words.later}
      </Text>
    </>
  );
};
