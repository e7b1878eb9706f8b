import { Text } from '@mantine/core';
import type { AskFailure } from '../ask/ask.js';
import type { Preview } from '#libs/contracts';
import { documentWords } from '../words/documents.js';
import { catalogue, useWords } from '../words/language.js';
import { Confirm } from './confirm.js';

const plural = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

const submitWords = catalogue({
  en: {
    title: 'Before it is sent',
    amendTitle: 'Before it is saved',
    sends: (fields: number, insurer: string) => `Send ${plural(fields, 'field')} to ${insurer}`,
    holds: (insurer: string) => `Keep it and hold it: nothing leaves for ${insurer} until the gaps are closed`,
    denies: (insurer: string) => `Keep it, blocked: it may not go to ${insurer}`,
    under: (revisions: readonly number[]) => ` under release ${revisions.map((one) => `v${one}`).join(' and ')}`,
    rest: (changed: number, withheld: number, gaps: number) =>
      `${changed} changed, ${withheld} withheld, ${plural(gaps, 'gap')}.`,
    send: 'Send it',
    keep: 'Keep and hold it',
    save: 'Save it',
    again:
      'If the network is lost now nothing is sent twice: trying again repeats this very request under the same key.',
  },
});

interface SubmitDocumentProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly preview: Preview;
  readonly amending: boolean;
  readonly busy: boolean;
  readonly failure: AskFailure | null;
  readonly onConfirm: () => void;
}

/** States the disclosure, and then makes it. */
export const SubmitDocument = ({ preview, amending, ...props }: SubmitDocumentProps) => {
  const words = useWords(submitWords);
  const { format, purpose } = useWords(documentWords);
  const { counts, insurer, outcome, releases } = preview;
  const sends = outcome === 'send';
  const statement = sends
    ? words.sends(counts.goes + counts.changed, insurer.name)
    : outcome === 'hold'
      ? words.holds(insurer.name)
      : words.denies(insurer.name);
  return (
    <Confirm
      {...props}
      title={amending ? words.amendTitle : words.title}
      confirm={amending ? words.save : sends ? words.send : words.keep}
    >
      <Text fw={600}>
        {statement}
        {releases.length === 0 ? '' : words.under(releases.map(({ revision }) => revision))}.
      </Text>
      <Text size="sm">
        {format[preview.format]}, {purpose[preview.purpose]}: {words.rest(counts.changed, counts.withheld, counts.gaps)}
      </Text>
      <Text size="sm" c="dimmed">
        {words.again}
      </Text>
    </Confirm>
  );
};
