import { Button, Group, Modal, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { common } from '../words/common.js';
import { useWords } from '../words/language.js';
import { Failure } from './failure.js';

interface ConfirmDialogProps {
  readonly opened: boolean;
  readonly title: string;
  /** What will be so afterwards. */
  readonly children: ReactNode;
  /** The verb of what is done, never “OK”. */
  readonly confirm: string;
  readonly dangerous?: boolean;
  readonly busy: boolean;
  readonly disabled?: boolean;
  readonly error?: Error | null;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** States what is about to happen and asks once. */
export const ConfirmDialog = (props: ConfirmDialogProps) => {
  const words = useWords(common);
  const { opened, title, children, confirm, busy, error, onConfirm, onClose } = props;
  return (
    <Modal opened={opened} onClose={onClose} title={title} closeButtonProps={{ 'aria-label': words.close }}>
      <Stack>
        {children}
        {error === undefined || error === null ? null : <Failure error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {words.cancel}
          </Button>
          <Button
            {...(props.dangerous === true ? { color: 'red' } : {})}
            loading={busy}
            disabled={props.disabled === true}
            onClick={onConfirm}
          >
            {confirm}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
};
