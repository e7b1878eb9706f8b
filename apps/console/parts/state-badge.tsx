import { Badge } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconCircleDashed, IconClock, IconX } from '@tabler/icons-react';

const LOOKS = {
  good: { color: 'green', icon: IconCheck },
  busy: { color: 'blue', icon: IconClock },
  look: { color: 'yellow', icon: IconAlertTriangle },
  bad: { color: 'red', icon: IconX },
  off: { color: 'gray', icon: IconCircleDashed },
} as const;

export type Tone = keyof typeof LOOKS;

/** How something stands, in a word, with a sign that does not need its colour. */
export const StateBadge = ({ tone, children }: { readonly tone: Tone; readonly children: string }) => {
  const { color, icon: Icon } = LOOKS[tone];
  return (
    <Badge color={color} variant="light" leftSection={<Icon size={14} aria-hidden />} tt="none" miw="fit-content">
      {children}
    </Badge>
  );
};
