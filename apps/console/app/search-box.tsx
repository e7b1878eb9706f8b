import { Button, Group, Modal, Stack, Text, TextInput, UnstyledButton } from '@mantine/core';
import { useDebouncedValue, useDisclosure } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useRead } from '../ask/queries.js';
import { Loaded } from '../parts/loaded.js';
import { StatusChip } from '../parts/status-chip.js';
import { common } from '../words/common.js';
import { documentWords } from '../words/documents.js';
import { useWords } from '../words/language.js';
import { useShortcuts } from './shortcuts.js';

/** What is found stands in a dialog: what was searched for may be a client’s code and so never reaches an address. */
const Found = ({ text, onOpen }: { readonly text: string; readonly onOpen: (id: string) => void }) => {
  const words = useWords(common);
  const { format: formats } = useWords(documentWords);
  const found = useRead('GET /v1/search', { query: { q: text } }, { enabled: text.length > 1, keep: true });
  if (text.length < 2) return null;
  return (
    <Loaded of={found}>
      {({ rows }) =>
        rows.length === 0 ? (
          <Text role="status">{words.nothing}</Text>
        ) : (
          <Stack gap={4} component="ul" m={0} p={0} role="list">
            {rows.map((row) => (
              <li key={row.id}>
                <UnstyledButton p="xs" w="100%" onClick={() => onOpen(row.document)}>
                  <Group justify="space-between" wrap="nowrap">
                    <Text size="sm">
                      {row.client.code} · {row.insurer.name} · {formats[row.format]}
                    </Text>
                    <StatusChip status={row.status} />
                  </Group>
                </UnstyledButton>
              </li>
            ))}
          </Stack>
        )
      }
    </Loaded>
  );
};

export const SearchBox = () => {
  const words = useWords(common);
  const navigate = useNavigate();
  const [open, dialog] = useDisclosure(false);
  const [text, setText] = useState('');
  const [asked] = useDebouncedValue(text.trim(), 250);
  const close = (): void => {
    dialog.close();
    setText('');
  };
  useShortcuts([{ key: '/', does: words.shortcutSearch, run: dialog.open }]);
  return (
    <>
      <Button variant="default" leftSection={<IconSearch size={16} aria-hidden />} onClick={dialog.open}>
        {words.searchShort}
      </Button>
      <Modal
        opened={open}
        onClose={close}
        title={words.searchShort}
        size="lg"
        closeButtonProps={{ 'aria-label': words.close }}
      >
        <Stack>
          <TextInput
            label={words.search}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            autoComplete="off"
            spellCheck={false}
            maxLength={80}
            data-autofocus
          />
          <Found
            text={asked}
            onOpen={(id) => {
              close();
              void navigate({ to: '/claims', search: { document: id } });
            }}
          />
        </Stack>
      </Modal>
    </>
  );
};
