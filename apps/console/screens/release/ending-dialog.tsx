import { Text, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { nowMs } from '../../app/platform.js';
import type { AskFailure } from '../../ask/ask.js';
import { Confirm } from '../../parts/confirm.js';
import { localOf } from './local-instant.js';

interface EndingDialogProps {
  readonly words: { readonly title: string; readonly save: string; readonly at: string };
  /** What will be so afterwards. */
  readonly states: string;
  readonly busy: boolean;
  readonly failure: AskFailure | null;
  /** What is wrong with the moment. */
  readonly wrong: { readonly error?: string };
  /** Above the moment, and below it. */
  readonly above?: ReactNode;
  readonly below?: ReactNode;
  readonly onClose: () => void;
  /** The moment from which nothing more goes, as an instant. */
  readonly onRecord: (at: string) => void;
}

/** Before a release is over for good: since when, and how that is known. */
export const EndingDialog = ({ words, states, wrong, onRecord, ...props }: EndingDialogProps) => {
  const [typed, setTyped] = useState(() => localOf(nowMs()));
  const at = new Date(typed);
  return (
    <Confirm
      opened
      danger
      onClose={props.onClose}
      title={words.title}
      confirm={words.save}
      busy={props.busy}
      failure={props.failure}
      disabled={Number.isNaN(at.getTime())}
      onConfirm={() => onRecord(at.toISOString())}
    >
      <Text>{states}</Text>
      {props.above}
      <TextInput
        label={words.at}
        type="datetime-local"
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        {...wrong}
      />
      {props.below}
    </Confirm>
  );
};
