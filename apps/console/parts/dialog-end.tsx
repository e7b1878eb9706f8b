import { Button, Group } from '@mantine/core';
import type { AskFailure } from '../ask/ask.js';
import { common } from '../words/common.js';
import { useWords } from '../words/language.js';
import { ChangedMeanwhile } from './changed-meanwhile.js';
import { Failure } from './failure.js';

interface DialogEndProps {
  readonly confirm: string;
  readonly busy: boolean;
  readonly failure: AskFailure | null;
  readonly disabled?: boolean;
  readonly onClose: () => void;
  /** Reads what is there now, where somebody else can have been faster. */
  readonly onShow?: () => void;
}

/** The end of a form in a dialog: why it was refused, the way out and the way on. */
export const DialogEnd = ({ confirm, busy, failure, disabled = false, onClose, onShow }: DialogEndProps) => {
  const words = useWords(common);
  const overtaken = failure?.code === 'precondition_failed' && onShow !== undefined;
  return (
    <>
      {failure === null ? null : overtaken ? <ChangedMeanwhile onShow={onShow} /> : <Failure error={failure} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {words.cancel}
        </Button>
        <Button type="submit" loading={busy} disabled={disabled}>
          {confirm}
        </Button>
      </Group>
    </>
  );
};
