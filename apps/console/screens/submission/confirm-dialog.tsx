import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { AskFailure } from '../../ask/ask.js';
import { ChangedMeanwhile } from '../../parts/changed-meanwhile.js';
import { Failure } from '../../parts/failure.js';
import { common } from '../../words/common.js';
import { useWords } from '../../words/language.js';

interface ConfirmDialogProps {
  readonly title: string;
  /** What will be disclosed, to whom, under what. */
  readonly statement: string;
  readonly confirm: string;
  readonly busy: boolean;
  readonly failure: AskFailure | null;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
  readonly onShow: () => void;
  readonly children?: ReactNode;
}

/** Says what will happen before it does. */
export const ConfirmDialog = (props: ConfirmDialogProps) => {
  const words = useWords(common);
  const { title, statement, confirm, busy, failure } = props;
  return (
    <Modal opened onClose={props.onClose} title={title} closeButtonProps={{ 'aria-label': words.close }}>
      <Stack>
        <Text size="sm">{statement}</Text>
        {props.children}
        {failure === null ? null : failure.code === 'precondition_failed' ? (
          <ChangedMeanwhile onShow={props.onShow} />
        ) : (
          <Failure error={failure} />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={props.onClose}>
            {words.cancel}
          </Button>
          <Button loading={busy} onClick={props.onConfirm}>
            {failure !== null && failure.status === 0 ? words.retry : confirm}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
};
