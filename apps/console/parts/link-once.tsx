import { Button, Code, CopyButton, Group, Stack, Text } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import type { SigningLinkMade } from '#libs/contracts';
import { catalogue, useWords } from '../words/language.js';

const onceWords = catalogue({
  en: {
    link: 'Link for the client',
    code: 'Code to tell by phone',
    copy: 'Copy',
    copied: 'Copied',
    copyWhat: (what: string) => `Copy: ${what}`,
  },
});

const Secret = ({ label, value }: { readonly label: string; readonly value: string }) => {
  const words = useWords(onceWords);
  return (
    <Group gap="xs" align="center">
      <Text size="sm" fw={600}>
        {label}
      </Text>
      <Code maw="100%" style={{ overflowWrap: 'anywhere' }}>
        {value}
      </Code>
      <CopyButton value={value}>
        {({ copied, copy }) => (
          <Button
            size="compact-sm"
            variant="default"
            aria-label={words.copyWhat(label)}
            leftSection={copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
            onClick={copy}
          >
            {copied ? words.copied : words.copy}
          </Button>
        )}
      </CopyButton>
    </Group>
  );
};

/** A signing link with its secret: shown here, and by nobody ever again. */
export const LinkOnce = ({ link }: { readonly link: SigningLinkMade }) => {
  const words = useWords(onceWords);
  return (
    <Stack gap={4}>
      <Secret label={words.link} value={`${window.location.origin}${link.path}`} />
      {link.code === undefined ? null : <Secret label={words.code} value={link.code} />}
    </Stack>
  );
};
