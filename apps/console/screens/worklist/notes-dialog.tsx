import { Button, Group, Modal, Paper, Stack, Text, Textarea } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type SyntheticEvent, useState } from 'react';
import { useDo, useRead } from '../../ask/queries.js';
import { Failure } from '../../parts/failure.js';
import { instant } from '../../parts/format.js';
import { Loaded } from '../../parts/loaded.js';
import { common } from '../../words/common.js';
import { useWords } from '../../words/language.js';
import classes from './worklist.module.css';
import { worklistWords } from './words.js';

interface NotesDialogProps {
  readonly id: string;
  readonly onClose: () => void;
}

/** What people have written about an item, newest first, and a new note. */
export const NotesDialog = ({ id, onClose }: NotesDialogProps) => {
  const words = useWords(worklistWords);
  const { close } = useWords(common);
  const notes = useRead('GET /v1/worklist/items/{id}/notes', { params: { id } });
  const [text, setText] = useState('');
  const [refused, setRefused] = useState(false);
  const write = useDo('POST /v1/worklist/items/{id}/notes', {
    then: () => {
      setText('');
      notifications.show({ message: words.noteWritten });
    },
  });
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    setRefused(text.trim() === '');
    if (text.trim() !== '') write.mutate({ params: { id }, body: { text: text.trim() } });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={words.notesTitle}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': close }}
    >
      <Stack>
        <form onSubmit={submit} noValidate>
          <Stack gap="xs">
            <Textarea
              label={words.newNote}
              description={words.noteAbout}
              value={text}
              maxLength={2_000}
              rows={3}
              required
              error={refused && text.trim() === '' ? words.needed : undefined}
              onChange={(event) => setText(event.currentTarget.value)}
              data-autofocus
            />
            {write.error === null ? null : <Failure error={write.error} />}
            <Group justify="flex-end">
              <Button type="submit" loading={write.isPending}>
                {words.writeNote}
              </Button>
            </Group>
          </Stack>
        </form>
        <Loaded of={notes}>
          {({ rows }) =>
            rows.length === 0 ? (
              <Text size="sm" c="dimmed">
                {words.notesEmpty}
              </Text>
            ) : (
              <Stack gap="xs" role="list">
                {rows.map((note) => (
                  <Paper key={note.id} withBorder p="xs" role="listitem">
                    <Text size="sm" className={classes.note}>
                      {note.text}
                    </Text>
                    <Text size="xs" c="dimmed">
                      {note.authorName ?? note.author} · {instant(note.writtenAt)}
                    </Text>
                  </Paper>
                ))}
              </Stack>
            )
          }
        </Loaded>
      </Stack>
    </Modal>
  );
};
