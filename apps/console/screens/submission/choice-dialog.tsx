import { Checkbox, Stack, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import type { DisclosureDetail } from '#libs/contracts';
import type { Asked } from '../../ask/ask.js';
import { useDo } from '../../ask/queries.js';
import type { ChoiceKind } from '../../parts/disclosure-gaps.js';
import { disclosureWords } from '../../parts/disclosure-words.js';
import type { Gap, Shown } from '../../parts/row-state.js';
import { documentWords } from '../../words/documents.js';
import { useWords } from '../../words/language.js';
import { ConfirmDialog } from './confirm-dialog.js';
import { useUnderRelease } from './expiry.js';
import { submissionWords } from './words.js';

type Choice = Asked<'POST /v1/disclosures/{id}/choices'>['body'];

/** Lines that stand in the document, and those of the gap, which are proposed. */
const linesOf = (explanation: Shown): readonly string[] => {
  const places = explanation.rows.map(({ locus }) => locus.occurrence);
  const gaps = explanation.gaps.flatMap(({ locus, occurrences }) => occurrences ?? [locus?.occurrence]);
  return [...new Set([...places, ...gaps])].filter((one): one is string => one !== undefined && /^L\d+$/.test(one));
};

const proposed = (gap: Gap | undefined): readonly string[] =>
  (gap?.occurrences ?? [gap?.locus?.occurrence]).filter((one): one is string => one !== undefined);

interface ChoiceDialogProps {
  readonly choice: ChoiceKind;
  readonly gap: Gap | undefined;
  readonly detail: DisclosureDetail;
  readonly explanation: Shown;
  /** Of the disclosure as it was read. */
  readonly tag: string | undefined;
  readonly onClose: () => void;
  readonly onReadAgain: () => void;
}

/** One choice about what waits: what it means for whom, and whatever it must be told. */
export const ChoiceDialog = ({ choice, gap, detail, explanation, tag, onClose, onReadAgain }: ChoiceDialogProps) => {
  const words = useWords(submissionWords);
  const { choice: names } = useWords(documentWords);
  const { line: lineName } = useWords(disclosureWords);
  const under = useUnderRelease(explanation);
  const router = useRouter();
  const [lines, setLines] = useState<readonly string[]>(() => proposed(gap));
  const [reference, setReference] = useState('');
  const [refused, setRefused] = useState(false);
  const choose = useDo('POST /v1/disclosures/{id}/choices', {
    then: ({ release, replacement }) => {
      onClose();
      notifications.show({
        message:
          release !== undefined
            ? words.done.release
            : replacement !== undefined
              ? words.done.replacement
              : words.done.choice,
      });
      if (replacement !== undefined) router.history.push(`/claims/${replacement}`);
      else if (release !== undefined) router.history.push(`/releases/${release}`);
    },
  });
  const { goes, changed } = explanation.counts;
  const body = (): Choice | undefined => {
    switch (choice) {
      case 'smaller-format':
        return { choice, format: 'statement' };
      case 'exclude-lines':
        return lines.length === 0 ? undefined : { choice, lines: [...lines] };
      case 'insurer-has-it':
        return { choice, ...(reference.trim() === '' ? {} : { reference: reference.trim() }) };
      case 'draft-amendment':
      case 'use-markers':
      case 'receipt':
      case 'keep-holding':
      case 'send-again':
        return { choice };
    }
  };
  const confirm = (): void => {
    const said = body();
    setRefused(said === undefined);
    if (said === undefined) return;
    choose.mutate({ params: { id: detail.id }, body: said, ...(tag === undefined ? {} : { ifMatch: tag }) });
  };
  return (
    <ConfirmDialog
      title={names[choice]}
      statement={words.choiceAsk[choice](detail.insurer.name, goes + changed, under)}
      confirm={words.confirm[choice]}
      busy={choose.isPending}
      failure={choose.error}
      onConfirm={confirm}
      onClose={onClose}
      onShow={() => {
        onReadAgain();
        onClose();
      }}
    >
      {choice === 'exclude-lines' ? (
        <Checkbox.Group
          label={words.lines}
          value={[...lines]}
          onChange={setLines}
          error={refused && lines.length === 0 ? words.linesNeeded : undefined}
        >
          <Stack gap="xs" mt="xs">
            {linesOf(explanation).map((one) => (
              <Checkbox key={one} value={one} label={lineName(one)} />
            ))}
          </Stack>
        </Checkbox.Group>
      ) : null}
      {choice === 'insurer-has-it' ? (
        <TextInput
          label={words.reference}
          value={reference}
          maxLength={50}
          onChange={(event) => setReference(event.currentTarget.value)}
        />
      ) : null}
    </ConfirmDialog>
  );
};
