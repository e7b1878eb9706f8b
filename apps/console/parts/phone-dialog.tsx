import { Button, CopyButton, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconCheck, IconCopy, IconPhone } from '@tabler/icons-react';
import { common } from '../words/common.js';
import { useWords } from '../words/language.js';
import { disclosureWords } from './disclosure-words.js';

/** The text to read out, in a dialog of its own. */
export const PhoneDialog = ({ text }: { readonly text: string }) => {
  const { phone: words } = useWords(disclosureWords);
  const { close } = useWords(common);
  const [open, dialog] = useDisclosure(false);
  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconPhone size={14} aria-hidden />}
        onClick={dialog.open}
      >
        {words.button}
      </Button>
      <Modal
        opened={open}
        onClose={dialog.close}
        title={words.title}
        size="lg"
        closeButtonProps={{ 'aria-label': close }}
      >
        <Stack gap="sm">
          <Text size="sm" c="dimmed">
            {words.about}
          </Text>
          <Textarea aria-label={words.title} value={text} readOnly autosize minRows={4} maxRows={16} data-autofocus />
          <Group>
            <CopyButton value={text}>
              {({ copied, copy }) => (
                <Button
                  leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
                  onClick={copy}
                >
                  {copied ? words.copied : words.copy}
                </Button>
              )}
            </CopyButton>
          </Group>
        </Stack>
      </Modal>
    </>
  );
};
