import { ActionIcon, Group, Kbd, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconKeyboard } from '@tabler/icons-react';
import { useRouter } from '@tanstack/react-router';
import { common } from '../words/common.js';
import { useWords } from '../words/language.js';
import { useShortcutList, useShortcuts } from './shortcuts.js';

/** The keys of the screen that is open. */
export const ShortcutHelp = () => {
  const words = useWords(common);
  const router = useRouter();
  const [open, dialog] = useDisclosure(false);
  useShortcuts([
    { key: '?', does: words.shortcutHelp, run: dialog.open },
    { key: 'Escape', does: words.shortcutBack, run: () => router.history.back() },
  ]);
  const list = useShortcutList(open);
  return (
    <>
      <ActionIcon variant="default" size="lg" aria-label={words.help} onClick={dialog.open} visibleFrom="sm">
        <IconKeyboard size={18} aria-hidden />
      </ActionIcon>
      <Modal opened={open} onClose={dialog.close} title={words.help} closeButtonProps={{ 'aria-label': words.close }}>
        <Stack gap="xs">
          {list.map(({ key, does }) => (
            <Group key={`${key} ${does}`} justify="space-between">
              <Text size="sm">{does}</Text>
              <Kbd>{key === 'Escape' ? 'Esc' : key}</Kbd>
            </Group>
          ))}
        </Stack>
      </Modal>
    </>
  );
};
