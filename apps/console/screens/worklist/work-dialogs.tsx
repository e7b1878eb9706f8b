import { Button, Group, Modal, Select, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type ReactNode, type SyntheticEvent, useState } from 'react';
import type { WorklistItem } from '#libs/contracts';
import { today } from '../../app/platform.js';
import type { AskFailure } from '../../ask/ask.js';
import { useDo, useRead } from '../../ask/queries.js';
import { ChangedMeanwhile } from '../../parts/changed-meanwhile.js';
import { Failure } from '../../parts/failure.js';
import { common } from '../../words/common.js';
import { useWords } from '../../words/language.js';
import { worklistWords } from './words.js';

/** As the gateway names a version. */
export const tagOf = ({ version }: Pick<WorklistItem, 'version'>): string => `"v${version}"`;

interface WorkDialogProps {
  readonly item: WorklistItem;
  readonly onClose: () => void;
  /** Reads the list again. */
  readonly onReadAgain: () => void;
}

interface FrameProps {
  readonly title: string;
  readonly confirm: string;
  readonly busy: boolean;
  readonly failure: AskFailure | null;
  readonly onClose: () => void;
  readonly onReadAgain: () => void;
  readonly onSubmit: () => void;
  readonly children: ReactNode;
}

const Frame = (props: FrameProps) => {
  const { cancel, close } = useWords(common);
  const { failure } = props;
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    props.onSubmit();
  };
  return (
    <Modal opened onClose={props.onClose} title={props.title} closeButtonProps={{ 'aria-label': close }}>
      <form onSubmit={submit} noValidate>
        <Stack>
          {props.children}
          {failure === null ? null : failure.code === 'precondition_failed' ? (
            <ChangedMeanwhile onShow={props.onReadAgain} />
          ) : (
            <Failure error={failure} />
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={props.onClose}>
              {cancel}
            </Button>
            <Button type="submit" loading={props.busy}>
              {props.confirm}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
};

export const AssignDialog = ({ item, onClose, onReadAgain }: WorkDialogProps) => {
  const words = useWords(worklistWords);
  const people = useRead('GET /v1/staff', {});
  const [staff, setStaff] = useState(item.assignee?.id ?? null);
  const assign = useDo('PUT /v1/worklist/items/{id}/assignment', {
    then: () => {
      notifications.show({ message: words.assigned });
      onClose();
    },
  });
  return (
    <Frame
      title={words.assignTitle}
      confirm={words.assignTitle}
      busy={assign.isPending}
      failure={assign.error}
      {...{ onClose, onReadAgain }}
      onSubmit={() => assign.mutate({ params: { id: item.id }, body: { staff }, ifMatch: tagOf(item) })}
    >
      <Select
        label={words.assignTo}
        placeholder={words.nobody}
        data={(people.data?.rows ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        value={staff}
        onChange={setStaff}
        clearable
        clearButtonProps={{ 'aria-label': words.nobody }}
        data-autofocus
      />
    </Frame>
  );
};

export const SnoozeDialog = ({ item, onClose, onReadAgain }: WorkDialogProps) => {
  const words = useWords(worklistWords);
  const [until, setUntil] = useState('');
  const [refused, setRefused] = useState(false);
  const snooze = useDo('PUT /v1/worklist/items/{id}/snooze', {
    then: () => {
      notifications.show({ message: words.snoozedDone });
      onClose();
    },
  });
  const wrong = until <= today();
  const submit = (): void => {
    setRefused(wrong);
    if (!wrong) snooze.mutate({ params: { id: item.id }, body: { until }, ifMatch: tagOf(item) });
  };
  return (
    <Frame
      title={words.snoozeTitle}
      confirm={words.snoozeTitle}
      busy={snooze.isPending}
      failure={snooze.error}
      {...{ onClose, onReadAgain }}
      onSubmit={submit}
    >
      <Text size="sm">{words.snoozeAbout}</Text>
      <TextInput
        type="date"
        label={words.until}
        required
        value={until}
        error={refused && wrong ? words.later : undefined}
        onChange={(event) => setUntil(event.currentTarget.value)}
      />
    </Frame>
  );
};
