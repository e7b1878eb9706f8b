import { Button, Group, Modal, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { common } from '../words/common.js';
import { useWords } from '../words/language.js';
import { Failure } from './failure.js';

interface ConfirmProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly title: string;
  /** States what will leave, or what will be so afterwards. */
  readonly children: ReactNode;
  /** What the button does, as a verb. */
  readonly confirm: string;
  readonly onConfirm: () => void;
  readonly busy: boolean;
  readonly failure?: Error | null;
  readonly danger?: boolean;
  readonly disabled?: boolean;
  readonly size?: 'md' | 'lg' | 'xl';
}

/** Before something is done that cannot be undone: what it is, and one button that does it. */
export const Confirm = (props: ConfirmProps) => {
  const { opened, onClose, title, children, confirm, onConfirm, busy, failure, danger = false } = props;
  const words = useWords(common);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      size={props.size ?? 'md'}
      closeOnClickOutside={!busy}
      closeButtonProps={{ 'aria-label': words.close }}
    >
      <Stack>
        {children}
        {failure ? <Failure error={failure} /> : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {words.cancel}
          </Button>
          <Button
            {...(danger ? { color: 'red' } : {})}
            loading={busy}
            disabled={props.disabled ?? false}
            onClick={onConfirm}
          >
            {confirm}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
};
