import { Select, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import type { WorklistItem } from '#libs/contracts';
import { useToday } from '../../app/today.js';
import { useDo, useRead } from '../../ask/queries.js';
import { FormDialog } from '../../parts/form-dialog.js';
import { day } from '../../parts/format.js';
import { NotRead } from '../../parts/not-read.js';
import { errorAt, usePlaces } from '../../parts/places.js';
import { useWords } from '../../words/language.js';
import { worklistWords } from './words.js';

/** As the gateway names a version. */
export const tagOf = ({ version }: Pick<WorklistItem, 'version'>): string => `"v${version}"`;

interface WorkDialogProps {
  readonly item: WorklistItem;
  readonly onClose: () => void;
  /** Reads the list again, and tells how the item stands in it now. */
  readonly onReadAgain: () => Promise<WorklistItem | undefined>;
}

/** The item as it was seen: saved over is what was on the screen, and nothing that came since. */
const useSeen = ({ item, onReadAgain, onClose }: WorkDialogProps) => {
  const words = useWords(worklistWords);
  const [seen, setSeen] = useState(item);
  const [again, setAgain] = useState(false);
  const show = (): void =>
    void onReadAgain().then((now) => {
      if (now === undefined) {
        notifications.show({ message: words.gone });
        onClose();
        return;
      }
      setSeen(now);
      setAgain(true);
    });
  return { seen, again, show };
};

/** What somebody else made of it. */
const Now = ({ item }: { readonly item: WorklistItem }) => {
  const words = useWords(worklistWords);
  return (
    <Text size="sm" role="status">
      {words.assigneeNow(item.assignee?.name ?? words.nobody)}
      {item.snoozedUntil === undefined ? '' : ` · ${words.snoozedNow(day(item.snoozedUntil))}`}
    </Text>
  );
};

export const AssignDialog = (props: WorkDialogProps) => {
  const { item, onClose } = props;
  const words = useWords(worklistWords);
  const { seen, again, show } = useSeen(props);
  const people = useRead('GET /v1/staff', {});
  const [staff, setStaff] = useState(item.assignee?.id ?? null);
  const assign = useDo('PUT /v1/worklist/items/{id}/assignment', {
    then: () => {
      notifications.show({ message: words.assigned });
      onClose();
    },
  });
  const places = usePlaces(assign.error?.issues ?? []);
  return (
    <FormDialog
      opened
      title={words.assignTitle}
      save={words.assignTitle}
      busy={assign.isPending}
      failure={assign.error}
      places={places}
      shown={/^\/staff$/}
      onClose={onClose}
      onShow={show}
      onSave={() => assign.mutate({ params: { id: item.id }, body: { staff }, ifMatch: tagOf(seen) })}
    >
      {again ? <Now item={seen} /> : null}
      <NotRead of={[people]} />
      <Select
        label={words.assignTo}
        placeholder={words.nobody}
        data={(people.data?.rows ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        value={staff}
        onChange={(next) => {
          if (assign.isError) assign.reset();
          setStaff(next);
        }}
        {...errorAt(places, '/staff')}
        clearable
        clearButtonProps={{ 'aria-label': words.nobody }}
        data-autofocus
      />
    </FormDialog>
  );
};

export const SnoozeDialog = (props: WorkDialogProps) => {
  const { item, onClose } = props;
  const words = useWords(worklistWords);
  const { seen, again, show } = useSeen(props);
  const today = useToday();
  const [until, setUntil] = useState('');
  const [refused, setRefused] = useState(false);
  const snooze = useDo('PUT /v1/worklist/items/{id}/snooze', {
    then: () => {
      notifications.show({ message: words.snoozedDone });
      onClose();
    },
  });
  const places = usePlaces(snooze.error?.issues ?? []);
  const wrong = until <= today;
  const submit = (): void => {
    setRefused(wrong);
    if (!wrong) snooze.mutate({ params: { id: item.id }, body: { until }, ifMatch: tagOf(seen) });
  };
  return (
    <FormDialog
      opened
      title={words.snoozeTitle}
      save={words.snoozeTitle}
      busy={snooze.isPending}
      failure={snooze.error}
      places={places}
      shown={/^\/until$/}
      onClose={onClose}
      onShow={show}
      onSave={submit}
    >
      <Text size="sm">{words.snoozeAbout}</Text>
      {again ? <Now item={seen} /> : null}
      <TextInput
        type="date"
        label={words.until}
        required
        value={until}
        error={refused && wrong ? words.later : places['/until']}
        onChange={(event) => {
          if (snooze.isError) snooze.reset();
          setUntil(event.currentTarget.value);
        }}
      />
    </FormDialog>
  );
};
