import { Modal, Stack } from '@mantine/core';
import type { SyntheticEvent, ReactNode } from 'react';
import type { AskFailure } from '../ask/ask.js';
import { common } from '../words/common.js';
import { useWords } from '../words/language.js';
import { DialogEnd } from './dialog-end.js';
import { Elsewhere } from './elsewhere.js';
import type { Places } from './places.js';

interface FormDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly children: ReactNode;
  readonly save: string;
  readonly onSave: () => void;
  readonly busy: boolean;
  readonly failure: AskFailure | null;
  /** What is wrong, and which pointers have a field that says so itself; without them the end of the form says it all. */
  readonly places?: Places;
  readonly shown?: RegExp;
  readonly disabled?: boolean;
  /** Reads what is there now, where somebody else can have been faster. */
  readonly onShow?: () => void;
}

/** A form in a dialog: what is wrong is said at its fields, and what has no field below them. */
export const FormDialog = (props: FormDialogProps) => {
  const { opened, onClose, title, children, save, onSave, busy, failure, places, shown = /^$/ } = props;
  const words = useWords(common);
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    onSave();
  };
  const overtaken = failure?.code === 'precondition_failed' && props.onShow !== undefined;
  const placed = places !== undefined && failure !== null && failure.issues.length > 0 && !overtaken;
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      size="lg"
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': words.close }}
    >
      <form onSubmit={submit} noValidate>
        <Stack>
          {children}
          {placed ? <Elsewhere places={places} shown={shown} /> : null}
          <DialogEnd
            confirm={save}
            busy={busy}
            failure={placed ? null : failure}
            disabled={props.disabled ?? false}
            onClose={onClose}
            {...(props.onShow === undefined ? {} : { onShow: props.onShow })}
          />
        </Stack>
      </form>
    </Modal>
  );
};
